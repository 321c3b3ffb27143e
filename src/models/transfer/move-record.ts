import type { Db } from "../../db/client.ts";
import { ended } from "../filing/states.ts";

export type Parties = { ispId: number; from: number; to: number };

/** `gone`: the record is not the giver's any more, or is cancelled. `open_filing`: something is under way on it. */
export type MoveRefusal = "gone" | "open_filing";

/**
 * Locks both accounts until the transaction ends, always in one order. Whoever opens a filing locks its account first
 * (`createFiling`), so that of a filing and a move at once the second sees the first. Rows that only point at an
 * account are not held up.
 */
export async function lockAccounts(db: Db, ids: readonly number[]): Promise<void> {
  await db`select 1 from accounts where id = any(${[...ids]}::bigint[]) order by id for no key update`;
}

/** Filings that made a record, or worked on it, or never came to that. */
export const filingsOf = (db: Db, subjectIds: readonly number[]) => db`
  select f.id from filings f
  where f.subject_id = any(${[...subjectIds]}::bigint[])
    or f.id in (
      select filing_id from subjects where id = any(${[...subjectIds]}::bigint[])
      union select filing_id from websites where subject_id = any(${[...subjectIds]}::bigint[])
      union select a.filing_id from accesses a join websites w on w.id = a.website_id
        where w.subject_id = any(${[...subjectIds]}::bigint[]))`;

/** Whether a record can move now; the caller holds the locks of both accounts, so that it stays so. */
export async function refusalOf(
  db: Db,
  { ispId, from }: Pick<Parties, "ispId" | "from">,
  subjectIds: readonly number[],
): Promise<MoveRefusal | undefined> {
  const records = await db`
    select 1 from subjects
    where id = any(${[...subjectIds]}::bigint[]) and isp_id = ${ispId} and account_id = ${from} and cancelled_at is null
    for no key update`;
  if (records.length < subjectIds.length) return "gone";
  const open = await db`
    select 1 from filings
    where id in (${filingsOf(db, subjectIds)}) and state <> all(${[...ended]}::text[]) limit 1`;
  return open.length > 0 ? "open_filing" : undefined;
}

/**
 * Moves records with all their filings: what the giver could see of them is the receiver's from then on, and not the
 * giver's. Runs in the caller's transaction, under the locks of both accounts.
 */
export async function moveRecords(
  db: Db,
  parties: Parties,
  subjectIds: readonly number[],
): Promise<MoveRefusal | undefined> {
  const refusal = await refusalOf(db, parties, subjectIds);
  if (refusal) return refusal;
  const { ispId, from, to } = parties;
  await db`
    update filings set account_id = ${to}
    where id in (${filingsOf(db, subjectIds)}) and account_id = ${from} and isp_id = ${ispId}`;
  // 取消接入 that runs is noticed to, and objected to by, whoever has the record.
  await db`
    update terminations set account_id = ${to}
    where subject_id = any(${[...subjectIds]}::bigint[]) and account_id = ${from}`;
  await db`
    update subjects set account_id = ${to} where id = any(${[...subjectIds]}::bigint[]) and isp_id = ${ispId}`;
  return undefined;
}
