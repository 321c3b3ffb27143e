import type { DataKey } from "../../crypto/vault.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { Store } from "../store.ts";
import type { RecordSummary } from "./rows.ts";
import { openRecordValues } from "./values.ts";

/** All that a record (备案信息) says, opened. */
export type RecordContents = {
  subject: Values;
  websites: { id: number; values: Values; accesses: Values[] }[];
  /** 备案单号 of the filing it came from; null where it came from the bureau, or from another account. */
  filingNumber: string | null;
};

type SubjectRow = { dataKey: Buffer; values: Values; filingNumber: string | null };
type Row = { id: number; values: Values };
type AccessRow = Row & { websiteId: number };

/** Opens the values of a record; whose it is was settled by whoever found it (`findRecord`). */
export async function recordContents(
  { db, vault }: Store,
  { id, ispId }: Pick<RecordSummary, "id" | "ispId">,
): Promise<RecordContents> {
  const [[subject], websites, accesses] = await Promise.all([
    db<SubjectRow[]>`
      select s.data_key, s.values, f.number as filing_number from subjects s
      left join filings f on f.id = s.filing_id and f.account_id = s.account_id where s.id = ${id}`,
    db<Row[]>`select id, values from websites where subject_id = ${id} order by id`,
    db<AccessRow[]>`
      select a.id, a.website_id, a.values from accesses a join websites w on w.id = a.website_id
      where w.subject_id = ${id} order by a.id`,
  ]);
  if (!subject) throw new Error(`the record ${id} is gone`);
  const key: DataKey = vault.unwrap(subject.dataKey);
  const open = (row: Row): Values => openRecordValues(key, { ispId, id: row.id }, row.values);
  return {
    subject: open({ id, values: subject.values }),
    websites: websites.map((website) => ({
      id: website.id,
      values: open(website),
      accesses: accesses.filter(({ websiteId }) => websiteId === website.id).map(open),
    })),
    filingNumber: subject.filingNumber,
  };
}
