import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { Registrant } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { openRecordValues, recordContext } from "./values.ts";

/** A record (备案信息) as lists show it. */
export type RecordSummary = {
  id: number;
  ispId: number;
  filingId: number;
  number: string;
  province: string;
  nature: number;
  name: string;
  numberedAt: Date;
  websites: { id: number; number: string; name: string; domains: string[] }[];
};

type SubjectRow = Omit<RecordSummary, "websites" | "name"> & { dataKey: Buffer; nameSealed: Buffer };
type WebsiteRow = { id: number; subjectId: number; number: string; name: string; domains: string[] };

/** The records of an account, newest first. */
export async function recordsOfAccount(
  store: Store,
  { accountId, ispId }: Registrant,
): Promise<RecordSummary[]> {
  const rows = await store.db<SubjectRow[]>`
    select id, isp_id, filing_id, number, province, nature, data_key, name_sealed, numbered_at from subjects
    where account_id = ${accountId} and isp_id = ${ispId} order by id desc limit 200`;
  return summaries(store, rows);
}

/** A record of this account by its id; throws NotFound for any other. */
export async function findRecord(
  store: Store,
  id: number,
  { accountId, ispId }: Registrant,
): Promise<RecordSummary> {
  const rows = await store.db<SubjectRow[]>`
    select id, isp_id, filing_id, number, province, nature, data_key, name_sealed, numbered_at from subjects
    where id = ${id} and account_id = ${accountId} and isp_id = ${ispId}`;
  const [record] = await summaries(store, rows);
  if (!record) throw new NotFound(`no record ${id} for this account`);
  return record;
}

/** The record that a filing became; undefined before it is numbered. */
export async function recordOfFiling(store: Store, filingId: number): Promise<RecordSummary | undefined> {
  const rows = await store.db<SubjectRow[]>`
    select id, isp_id, filing_id, number, province, nature, data_key, name_sealed, numbered_at from subjects
    where filing_id = ${filingId}`;
  return (await summaries(store, rows))[0];
}

async function summaries(store: Store, rows: readonly SubjectRow[]): Promise<RecordSummary[]> {
  const websites = await websitesOf(
    store.db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ dataKey, nameSealed, ...row }) => ({
    ...row,
    name: openText(store.vault.unwrap(dataKey), nameSealed, recordContext(row.ispId, row.id, "subject-name")),
    websites: websites
      .filter(({ subjectId }) => subjectId === row.id)
      .map(({ subjectId: _, ...website }) => website),
  }));
}

const websitesOf = (db: Db, subjectIds: readonly number[]): Promise<WebsiteRow[]> => db<WebsiteRow[]>`
  select w.id, w.subject_id, w.number, w.name,
    array(select d.domain from domains d where d.website_id = w.id order by d.id) as domains
  from websites w where w.subject_id = any(${[...subjectIds]}::bigint[]) order by w.id`;

/** The values of the subject of a record, opened. */
export async function subjectValues(store: Store, subjectId: number): Promise<Values | undefined> {
  const [row] = await store.db<{ ispId: number; dataKey: Buffer; values: Values }[]>`
    select isp_id, data_key, values from subjects where id = ${subjectId}`;
  if (!row) return undefined;
  return openRecordValues(store.vault.unwrap(row.dataKey), { ispId: row.ispId, id: subjectId }, row.values);
}
