import type { Db } from "../../db/client.ts";
import type { Found } from "./compare.ts";

export type DifferenceState = "open" | "repaired" | "kept" | "gone";
export type RepairDecision = "bureau" | "ours" | "keep";

/** A row of `record_differences`: one place where a record and the bureau do not agree, values sealed. */
export type DifferenceRow = Omit<Found, "ours" | "theirs"> & {
  id: number;
  ispId: number;
  bureauId: number;
  subjectId: number | null;
  sealed: Buffer | null;
  dataKey: Buffer | null;
  reasonSealed: Buffer | null;
  state: DifferenceState;
  decision: RepairDecision | null;
  foundAt: Date;
  seenAt: Date;
  settledAt: Date | null;
};

export const differenceColumns = (db: Db) => db`
  d.id, d.isp_id, d.bureau_id, d.kind, d.subject_id, d.website_id, d.access_id, d.key, d.place, d.sealed, d.data_key,
  d.reason_sealed, d.state, d.decision, d.found_at, d.seen_at, d.settled_at`;

/** Differences of a provider by their ids, in the order in which they are repaired: a subject before what is below it. */
export const differencesById = (db: Db, ispId: number, ids: readonly number[]): Promise<DifferenceRow[]> =>
  db<DifferenceRow[]>`
    select ${differenceColumns(db)} from record_differences d
    where d.id = any(${[...ids]}::bigint[]) and d.isp_id = ${ispId}
    order by d.subject_id, d.website_id nulls first, d.access_id nulls first, d.place <> 'state', d.id`;

/** The same, locked until the transaction ends, as far as they still wait for somebody or were only kept. */
export const lockDifferences = (db: Db, ispId: number, ids: readonly number[]): Promise<DifferenceRow[]> =>
  db<DifferenceRow[]>`
    select ${differenceColumns(db)} from record_differences d
    where d.id = any(${[...ids]}::bigint[]) and d.isp_id = ${ispId} and d.state in ('open', 'kept')
    order by d.website_id nulls first, d.access_id nulls first, d.place <> 'state', d.id for update`;
