import type { Values } from "../../vocabulary/filing.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { openRecordValues } from "./values.ts";

type Recorded = { id: number; values: Values };

/** A record with everything in force below it, opened; each under its record's id, numbers among the values. */
export type RecordTree = Recorded & { websites: (Recorded & { accesses: Recorded[] })[] };

type SubjectRow = Recorded & { number: string; dataKey: Buffer };
type WebsiteRow = Recorded & { number: string };
type AccessRow = Recorded & { websiteId: number };

/**
 * The record of a subject of an account, as a filing copies it; what was cancelled is left out. Throws NotFound for a
 * record that is another's or is cancelled itself.
 */
export async function openRecord(
  { db, vault }: Store,
  { accountId, ispId }: { accountId: number; ispId: number },
  subjectId: number,
): Promise<RecordTree> {
  const [subject] = await db<SubjectRow[]>`
    select id, number, data_key, values from subjects
    where id = ${subjectId} and account_id = ${accountId} and isp_id = ${ispId} and cancelled_at is null`;
  if (!subject) throw new NotFound(`no record ${subjectId} in force for this account`);
  const [websites, accesses] = await Promise.all([
    db<WebsiteRow[]>`
      select id, number, values from websites where subject_id = ${subjectId} and cancelled_at is null order by id`,
    db<AccessRow[]>`
      select a.id, a.website_id, a.values from accesses a join websites w on w.id = a.website_id
      where w.subject_id = ${subjectId} and a.cancelled_at is null order by a.id`,
  ]);
  const key = vault.unwrap(subject.dataKey);
  const open = ({ id, values }: Recorded) => ({ id, values: openRecordValues(key, { ispId, id }, values) });
  const numbered = (row: WebsiteRow) => {
    const { id, values } = open(row);
    return { id, values: { ...values, number: row.number } };
  };
  return {
    ...numbered(subject),
    websites: websites.map((website) => ({
      ...numbered(website),
      accesses: accesses.filter(({ websiteId }) => websiteId === website.id).map(open),
    })),
  };
}
