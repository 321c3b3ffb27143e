import type { Ctx } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { arrange, type StoredSection, sectionsOf } from "../../models/filing/sections.ts";
import type { RootStore } from "../../models/store.ts";
import type { FilingData } from "../../vocabulary/filing.ts";

import { deskFiling } from "../desk.ts";

/** A section of one's own filing, as its address names it: websites and their accesses count from 1. */
export type SectionPlace = {
  filing: Filing;
  section: StoredSection;
  tree: Pick<FilingData, "subject" | "websites" | "cancellation">;
};

/** Address of why something is cancelled, below a filing's. */
const REASON = /\/reason$/;

/** Finds the section of `…/subject`, `…/reason`, `…/websites/:n` or `…/accesses/:m`; throws NotFound. */
export async function findSection(c: Ctx, store: RootStore): Promise<SectionPlace> {
  const filing = await deskFiling(c, store);
  const sections = await sectionsOf(store, filing);
  const tree = arrange(sections);
  const id = REASON.test(c.req.path) ? tree.cancellation?.id : idAt(tree, c.req.param("n"), c.req.param("m"));
  const section = sections.find((one) => one.id === id);
  if (!section) throw new NotFound("no such section");
  return { filing, section, tree };
}

function idAt(
  { subject, websites }: SectionPlace["tree"],
  n: string | undefined,
  m: string | undefined,
): number | undefined {
  if (n === undefined) return subject.id;
  const website = websites[placeOf(n)];
  return m === undefined ? website?.id : website?.accesses[placeOf(m)]?.id;
}

/** 1 → 0; -1, which no list has, for what is not written as a counting number. */
const placeOf = (text: string): number => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) - 1 : -1);
