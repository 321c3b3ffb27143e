import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import { type ListedFiling, listColumns, visibleTo } from "../filing/rows.ts";
import { ended } from "../filing/states.ts";

/** Filings that wrote a record or work on it, as ids. */
const filingIdsOfRecord = (db: Db, recordId: number) => db`
  select id from filings where subject_id = ${recordId}
  union select filing_id from subjects where id = ${recordId}
  union select filing_id from websites where subject_id = ${recordId}
  union select a.filing_id from accesses a join websites w on w.id = a.website_id where w.subject_id = ${recordId}`;

/** The filings of a record that an actor may see, newest first. */
export const filingsOfRecord = (
  db: Db,
  actor: Registrant | Staff,
  recordId: number,
  limit = 50,
): Promise<ListedFiling[]> => db<ListedFiling[]>`
  select ${listColumns(db)} from filings f
  where f.id in (${filingIdsOfRecord(db, recordId)}) and ${visibleTo(db, actor)} order by f.id desc limit ${limit}`;

/** The filing that is under way on a record: there is never more than one. */
export async function openFilingOfRecord(
  db: Db,
  actor: Registrant | Staff,
  recordId: number,
): Promise<ListedFiling | undefined> {
  const [filing] = await db<ListedFiling[]>`
    select ${listColumns(db)} from filings f
    where f.subject_id = ${recordId} and f.state <> all(${[...ended]}) and ${visibleTo(db, actor)}
    order by f.id desc limit 1`;
  return filing;
}

/** The same filings as numbers, newest first. */
export async function listFilingIdsOfRecord(db: Db, recordId: number): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select o.id from (${filingIdsOfRecord(db, recordId)}) o where o.id is not null order by o.id desc limit 500`;
  return rows.map(({ id }) => id);
}
