import { openText, seal } from "../../crypto/seal.ts";
import { field as fieldOf, maskedValue, summaryLabelOf } from "../../vocabulary/fields/index.ts";
import type { SectionKind, Values } from "../../vocabulary/filing.ts";
import type { Staff } from "../actor.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { RootStore, Store } from "../store.ts";
import { findingsOf } from "./findings.ts";
import { writeNote } from "./notes.ts";
import { type Filing, filingContext, filingKey } from "./rows.ts";
import { save } from "./save.ts";
import { sectionsOf } from "./sections.ts";
import { transition } from "./transition.ts";

/** One field of a section that staff correct for the registrant; `values` are all values of the section. */
export type Correction = {
  sectionId: number;
  /** That the form was drawn with. */
  version: number;
  field: string;
  values: Values;
  /** Why, for colleagues; may be empty. */
  note: string;
};

/** Both values of a corrected field, as they were. */
type Kept = { field: string; kind: SectionKind; before: Values; after: Values };

/**
 * Row 33, 代为更正: saves one field for the registrant, keeps both values sealed with the event, looks at the rules again.
 * Throws TransitionRefused, NotFound for a section of another filing, Conflict when somebody saved it in between.
 */
export const correctField = (
  store: RootStore,
  act: { filingId: number; actor: Staff; requestId: string },
  { sectionId, version, field, values, note }: Correction,
): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "correct",
    input: { detail: { sectionId, field } },
    within: async ({ store: inside, filing }, eventId) => {
      const section = (await sectionsOf(inside, filing)).find(({ id }) => id === sectionId);
      // What is on record is changed by a filing of its own, never on the way.
      if (!section?.open) throw new NotFound(`no section ${sectionId} to fill in`);
      if (section.version !== version) throw new Conflict(`section ${sectionId} was saved in between`);
      await save(inside, filing, section, values);
      await keepBoth(inside, filing, eventId, sectionId, {
        ...{ field, kind: section.kind },
        ...{ before: section.values, after: values },
      });
      if (note !== "") await writeNote(inside, filing, eventId, note);
      await countAgain(inside, filing);
    },
  });

async function keepBoth(
  { db, vault }: Store,
  filing: Filing,
  eventId: number,
  sectionId: number,
  kept: Kept,
): Promise<void> {
  const keys = fieldOf(kept.kind, kept.field).parts.map(({ key }) => key);
  // What the mask and the words of a field hang on: 性质, 证件类型.
  const beside = ["nature", "certType", "idType", "leaderIdType", "samePerson"];
  const only = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([key]) => [...keys, ...beside].includes(key)));
  const text = JSON.stringify({ ...kept, before: only(kept.before), after: only(kept.after) });
  const sealed = seal(filingKey({ db, vault }, filing), text, filingContext(filing, `correction:${eventId}`));
  await db`
    insert into filing_revisions (filing_id, event_id, section_id, sealed)
    values (${filing.id}, ${eventId}, ${sectionId}, ${sealed})`;
}

/** The counts that lists show. */
async function countAgain(store: Store, filing: Filing): Promise<void> {
  const { findings } = await findingsOf(store, filing);
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  await store.db`
    update filings set errors = ${count("error")}, warnings = ${count("warning")} where id = ${filing.id}`;
}

/** 网站名称由“example茶”改为“示例茶叶商城”: what was corrected, by event; numbers masked. For both sides' histories. */
export async function correctionWords(store: Store, filing: Filing): Promise<ReadonlyMap<number, string>> {
  const rows = await store.db<{ eventId: number; sealed: Buffer }[]>`
    select event_id, sealed from filing_revisions
    where filing_id = ${filing.id} and section_id is not null order by id`;
  const key = filingKey(store, filing);
  return new Map(
    rows.map(({ eventId, sealed }) => {
      const context = filingContext(filing, `correction:${eventId}`);
      const { kind, field, before, after }: Kept = JSON.parse(openText(key, sealed, context));
      const one = fieldOf(kind, field);
      const read = (values: Values) => maskedValue(one, values).replaceAll("\n", "、") || "空";
      return [eventId, `${summaryLabelOf(one, after)}由“${read(before)}”改为“${read(after)}”`];
    }),
  );
}
