import { z } from "zod";
import { readData } from "./data.ts";

/** A public page, standard or ordinance that a rule was taken from. */
export type Source = {
  title: string;
  /** Where it can be read; "" for a manual that has no public address. */
  address: string;
  /** Its own date as it gives it: 2025-12, about 2020, current. */
  date: string;
  /** Chinese name and date, as shown. */
  name: string;
  dateText: string;
};

const schema = z.record(
  z.string(),
  z.object({
    title: z.string(),
    address: z.string(),
    date: z.string(),
    name: z.string().min(1),
    dateText: z.string().min(1),
  }),
);

const sources: Readonly<Record<string, Source>> = schema.parse(readData("sources"));

/** The source of a key, undefined where none is listed. */
export const maybeSource = (key: string): Source | undefined => sources[key];

/** Key and clause of a reference such as `V3 结果代码1039`. */
function split(reference: string): [key: string, clause: string] {
  const [key = "", ...clause] = reference.split(" ");
  return [key, clause.join(" ")];
}

/** What a reference names: undefined where its key is not listed. */
export const sourceOf = (reference: string): Source | undefined => sources[split(reference)[0]];

/**
 * Name, clause and date of a reference (a key, or a key, a blank and a clause) as shown; one that is not listed is
 * shown as it is, since an administrator may write where he asked.
 */
export function sourceText(reference: string): string {
  const [key, clause] = split(reference);
  const source = sources[key];
  if (!source) return reference;
  return `${source.name}${clause && ` ${clause}`}，${source.dateText}`;
}
