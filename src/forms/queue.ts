import type { Cursor, QueueFilter } from "../models/filing/queues.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import { kindChoices } from "../vocabulary/filing.ts";

/** What the filters of a queue say, each "" where nothing is chosen; to be shown back. */
export type FilterValues = { province: string; nature: string; kind: string; claimed: string; age: string };

const oneOf = <T extends string>(value: string, ...known: T[]): T | undefined =>
  known.find((one) => one === value);

/** Reads the address of a queue: unknown words count as not chosen. */
export function readFilter(query: Record<string, string>): { values: FilterValues; filter: QueueFilter } {
  const { province = "", nature = "" } = query;
  const kind = kindChoices.find(({ code }) => code === query.kind);
  const claimed = oneOf(query.claimed ?? "", "nobody", "me");
  const age = oneOf(query.age ?? "", "overdue", "soon");
  const filter: QueueFilter = {
    ...(/^\d{6}$/.test(province) ? { province } : {}),
    ...(codeRow("unit_nature", nature) ? { nature: Number(nature) } : {}),
    ...(kind ? { kind: kind.kind } : {}),
    ...(kind?.scope ? { scope: kind.scope } : {}),
    ...(claimed ? { claimed } : {}),
    ...(age ? { age } : {}),
  };
  const chosen = { kind: kind?.code ?? "", claimed: claimed ?? "", age: age ?? "" };
  return { values: { province, nature, ...chosen }, filter };
}

/** The filters as they stand in an address, after `stage`; empty ones left out. */
export function filterQuery(values: FilterValues): string {
  const chosen = Object.entries(values).filter(([, value]) => value !== "");
  return chosen.map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join("");
}

/** 1795340000000.42: due time in milliseconds (a hyphen without one) and id of the last filing of the page before. */
export function readCursor(text: string | undefined): Cursor | undefined {
  const [, due = "", id = ""] = /^(\d{1,13}|-)\.(\d{1,15})$/.exec(text ?? "") ?? [];
  if (id === "") return undefined;
  return { dueAt: due === "-" ? null : new Date(Number(due)), id: Number(id) };
}

export const cursorText = ({ dueAt, id }: Cursor): string => `${dueAt?.getTime() ?? "-"}.${id}`;
