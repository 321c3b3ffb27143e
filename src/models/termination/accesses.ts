import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";

/** An access in force of the provider, with what it is known by. */
export type AccessOnRecord = {
  id: number;
  subjectId: number;
  site: string;
  number: string;
  domains: string[];
  /** Whether an account has the record; without one there is nobody to notify. */
  hasAccount: boolean;
  /** The open termination of it; null where none is under way. */
  terminationId: number | null;
};

const columns = (db: Db) => db`
  a.id, w.subject_id, w.name as site, w.number, s.account_id is not null as has_account,
  (select coalesce(array_agg(d.domain order by d.id), '{}') from domains d
    where d.website_id = w.id and d.cancelled_at is null) as domains,
  (select t.id from terminations t
    where t.access_id = a.id and t.state in ('noticed', 'objected', 'upheld')) as termination_id
  from accesses a join websites w on w.id = a.website_id join subjects s on s.id = w.subject_id`;

/** One access that may be ended; throws NotFound. */
export async function findAccess(db: Db, id: number, { ispId }: Staff): Promise<AccessOnRecord> {
  const [row] = await db<AccessOnRecord[]>`
    select ${columns(db)} where a.id = ${id} and a.isp_id = ${ispId} and a.cancelled_at is null`;
  if (!row) throw new NotFound(`no access ${id} in force`);
  return row;
}

/** The accesses under a 备案号 (of the subject or the website) or a domain; at most 50. */
export async function accessesNamed(db: Db, { ispId }: Staff, words: string): Promise<AccessOnRecord[]> {
  return db<AccessOnRecord[]>`
    select ${columns(db)} where a.isp_id = ${ispId} and a.cancelled_at is null and w.id in (
      select id from websites where number = ${words}
      union select w2.id from websites w2 join subjects s2 on s2.id = w2.subject_id where s2.number = ${words}
      union select website_id from domains where domain = ${words.toLowerCase()} and cancelled_at is null)
    order by a.id limit 50`;
}
