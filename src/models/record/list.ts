import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import type { Store } from "../store.ts";
import { matching, type OfPersons, type RecordFilter, recordsVisibleTo } from "./filter.ts";
import { recordIdsOfPersons } from "./persons.ts";
import { recordContext } from "./values.ts";

/** A website as a list of records shows it. */
export type ListedWebsite = {
  id: number;
  number: string;
  name: string;
  domains: string[];
  cancelledAt: Date | null;
};

/** A record (备案信息) as lists show it: its first websites, and how many more there are. */
export type ListedRecord = {
  id: number;
  ispId: number;
  number: string;
  province: string;
  nature: number;
  name: string;
  numberedAt: Date;
  cancelledAt: Date | null;
  websites: ListedWebsite[];
  more: number;
};

type SubjectRow = Omit<ListedRecord, "websites" | "more" | "name"> & { dataKey: Buffer; nameSealed: Buffer };
type WebsiteRow = ListedWebsite & { subjectId: number; total: number };

/** Websites of a record that a list shows. */
const SHOWN = 10;

/** A page of the records that an actor may see and that match, newest first: those with an id below `before`. */
export async function listRecords(
  store: Store,
  actor: Registrant | Staff,
  filter: RecordFilter,
  before = Number.MAX_SAFE_INTEGER,
  limit = 20,
): Promise<ListedRecord[]> {
  const { db } = store;
  const ids = await idsOfPersons(store, actor, filter);
  const rows = await db<SubjectRow[]>`
    select s.id, s.isp_id, s.number, s.province, s.nature, s.data_key, s.name_sealed, s.numbered_at, s.cancelled_at
    from subjects s
    where ${recordsVisibleTo(db, actor)} and s.id < ${before} ${matching(db, actor.ispId, filter, ids)}
    order by s.id desc limit ${limit}`;
  const websites = await firstWebsites(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ dataKey, nameSealed, ...row }) => {
    const own = websites.filter(({ subjectId }) => subjectId === row.id);
    return {
      ...row,
      name: openText(
        store.vault.unwrap(dataKey),
        nameSealed,
        recordContext(row.ispId, row.id, "subject-name"),
      ),
      websites: own.map(({ subjectId: _, total: __, ...website }) => website),
      more: Math.max(0, (own[0]?.total ?? 0) - own.length),
    };
  });
}

async function idsOfPersons(
  store: Store,
  actor: Registrant | Staff,
  { persons, name }: RecordFilter,
): Promise<OfPersons> {
  const named = name ? await recordIdsOfPersons(store, actor, [{ kind: "name", value: name }]) : [];
  return persons ? { named, persons: await recordIdsOfPersons(store, actor, persons) } : { named };
}

/** The first websites of each subject, those in force before those that are cancelled. */
const firstWebsites = (db: Db, subjectIds: readonly number[]): Promise<WebsiteRow[]> => db<WebsiteRow[]>`
  select w.id, w.subject_id, w.number, w.name, w.cancelled_at, w.total,
    array(select d.domain from domains d where d.website_id = w.id order by d.id limit 20) as domains
  from (
    select id, subject_id, number, name, cancelled_at, count(*) over (partition by subject_id) as total,
      row_number() over (partition by subject_id order by cancelled_at is not null, id) as place
    from websites where subject_id = any(${[...subjectIds]}::bigint[])) w
  where w.place <= ${SHOWN} order by w.subject_id desc, w.place`;
