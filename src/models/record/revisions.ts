import { openText, seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Scope, Values } from "../../vocabulary/filing.ts";
import type { Store } from "../store.ts";
import { recordContext } from "./values.ts";

/** What a revision is about: the object on record and the subject under whose key it lies. */
export type Revised = { ispId: number; subjectId: number; kind: Scope; id: number };

/** One change of a record, newest first where listed. `before` and `after` are empty where it was cancelled. */
export type Revision = {
  id: number;
  kind: Scope;
  recordId: number;
  /** `restored`, `imported`: by 对账, as the bureau has it. */
  change: "changed" | "cancelled" | "restored" | "imported";
  /** Null where the bureau did it by itself, or where it came of 对账. */
  filingId: number | null;
  /** The difference (对账) that was repaired. */
  differenceId: number | null;
  createdAt: Date;
  before: Values;
  after: Values;
};

const context = ({ ispId, id }: Pick<Revised, "ispId" | "id">): string =>
  recordContext(ispId, id, "revision");

/**
 * Keeps both values of an object that was changed, by a filing or by the repair of a difference; the same values twice are
 * no change. Gives whether it was one.
 */
export async function keepRevision(
  db: Store["db"],
  key: DataKey,
  { ispId, subjectId, kind, id }: Revised,
  cause: number | { differenceId: number },
  { before, after }: { before: Values; after: Values },
): Promise<boolean> {
  if (same(before, after)) return false;
  const sealed = seal(key, JSON.stringify({ before, after }), context({ ispId, id }));
  const [filingId, differenceId] = typeof cause === "number" ? [cause, null] : [null, cause.differenceId];
  await db`
    insert into record_revisions (isp_id, subject_id, kind, record_id, change, filing_id, difference_id, sealed)
    values (${ispId}, ${subjectId}, ${kind}, ${id}, 'changed', ${filingId}, ${differenceId}, ${sealed})`;
  return true;
}

/** Notes that something came back into force, or was taken over from the bureau. */
export const noteRevision = (
  db: Store["db"],
  { ispId, subjectId, kind, id }: Revised,
  change: "restored" | "imported",
  differenceId: number,
) => db`
  insert into record_revisions (isp_id, subject_id, kind, record_id, change, difference_id)
  values (${ispId}, ${subjectId}, ${kind}, ${id}, ${change}, ${differenceId})`;

/** A value that was never written and an empty one are the same. */
function same(before: Values, after: Values): boolean {
  const filled = (value: Values[string] | undefined) => JSON.stringify(value === undefined ? "" : value);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const empty = new Set(['""', "[]"]);
  return [...keys].every((key) => {
    const [was, is] = [filled(before[key]), filled(after[key])];
    return was === is || (empty.has(was) && empty.has(is));
  });
}

type Row = Omit<Revision, "before" | "after"> & { ispId: number; sealed: Buffer | null };

/** How a subject with everything below it came to be as it is on record, newest first, opened. */
export async function revisionsOf(
  { db, vault }: Store,
  { id: subjectId, ispId }: { id: number; ispId: number },
  limit = 200,
): Promise<Revision[]> {
  const [subject] = await db<{ dataKey: Buffer }[]>`
    select data_key from subjects where id = ${subjectId} and isp_id = ${ispId}`;
  if (!subject) return [];
  const key = vault.unwrap(subject.dataKey);
  const rows = await db<Row[]>`
    select id, isp_id, kind, record_id, change, filing_id, difference_id, sealed, created_at from record_revisions
    where subject_id = ${subjectId} and isp_id = ${ispId} order by id desc limit ${limit}`;
  return rows.map(({ sealed, ispId: _, ...row }) => {
    const opened = sealed && openText(key, sealed, context({ ispId, id: row.recordId }));
    const { before, after } = opened ? JSON.parse(opened) : { before: {}, after: {} };
    return { ...row, before, after };
  });
}
