import type { Db, Sql } from "../../db/client.ts";
import { removeLapsed } from "../account/lapse.ts";
import { giveUpCertificates } from "../certificate/prepare.ts";
import { lapseMoves } from "../transfer/rows.ts";

/** Removes what is over and gives how many rows that were; repeating it changes nothing. */
type Sweep = (db: Sql) => Promise<number>;

/** Codes are kept for a day after their end, so that the limits on asking for new ones can count them. */
const spentCodes: Sweep = async (db) => {
  const rows = await db`
    with old as (select id from codes where expires_at < now() - interval '1 day'),
      loosened as (update notices set code_id = null where code_id in (select id from old) returning 1)
    select id from old`;
  if (rows.length > 0) await db`delete from codes where id = any(${rows.map(({ id }) => id as number)})`;
  return rows.length;
};

const count = async (rows: Promise<{ count: number }>): Promise<number> => (await rows).count;

/**
 * How long what happened is kept once it is over: network logs for not less than six months (网络安全法 第二十一条), and
 * persons' data no longer than it is needed (个人信息保护法 第十九条). What answers to a bureau stays, as proof that the
 * provider did its part: packages, downloads, 核实任务, 核查结果, 未备案网站, 非法接入, 断开接入.
 */
const LOGGED = "6 months";

/** What the task `sweep` does, by the words it reports with. */
export const sweeps: Record<string, Sweep> = {
  "lapsed accounts": (db) => db.begin((tx) => removeLapsed(tx)) as Promise<number>,
  "expired sessions of registrants": (db) => count(db`delete from account_sessions where expires_at < now()`),
  "expired sessions of staff": (db) => count(db`delete from staff_sessions where expires_at < now()`),
  "spent codes": spentCodes,
  "expired captchas": (db) => count(db`delete from captchas where expires_at < now()`),
  // the longest window of a limit is a day
  "old rate limits": (db) =>
    count(db`delete from rate_limits where window_start < now() - interval '2 days'`),
  "moves that ran out": (db) => lapseMoves(db),
  "uploads that ran out": (db) => count(db`delete from uploads where expires_at < now()`),
  "searches long done": (db) => count(db`delete from stored_searches where expires_at < now()`),
  "links to phones that are over": (db) =>
    count(db`delete from handovers where expires_at < now() - interval '1 day'`),
  "certificates whose copies were never made": (db) => giveUpCertificates(db),
  "type checks that led to no filing": (db) =>
    count(db`delete from type_checks where filing_id is null and expires_at < now()`),
  "tables uploaded a week ago": (db) =>
    count(db`delete from batches where created_at < now() - interval '7 days'`),
  // Its task may still be open: then a person wants to know what the provider's system was told.
  "messages to providers' systems long settled": (db) =>
    count(db`
      delete from hook_deliveries d where settled_at < now() - ${LOGGED}::interval
        and not exists (select 1 from cuts c where c.id = d.cut_id and c.state = 'open')`),
  "entries long taken out of a blacklist": (db) =>
    count(db`delete from blacklist_entries where removed_at < now() - ${LOGGED}::interval`),
  "words long ago about who is in no blacklist": (db) =>
    count(db`
      delete from blacklist_words w using bureau_answers a
      where a.id = w.answer_id and a.received_at < now() - ${LOGGED}::interval
        and not exists (select 1 from blacklist_keys k join blacklist_entries e on e.id = k.entry_id
          where e.bureau_id = w.bureau_id and (k.certificate = w.certificate or k.domain = w.domain))`),
  "differences long gone": (db) =>
    count(db`
      delete from record_differences d where state = 'gone' and settled_at < now() - ${LOGGED}::interval
        and not exists (select 1 from record_revisions r where r.difference_id = d.id)`),
  "records of comparisons long over": (db) =>
    count(db`
      delete from reconciliation_records r using reconciliations c
      where c.id = r.reconciliation_id and coalesce(c.closed_at, c.compared_at) < now() - ${LOGGED}::interval`),
  "rows of workers long gone": (db) =>
    count(db`delete from workers where beat_at < now() - interval '1 hour'`),
};

/**
 * Lets go of the pictures as they came: of those whose copies are ready, and of every other after 24 hours, when one
 * that is still not done has failed. Gives the ids of files that may be removed now; a file that is not removed after
 * all has no row and goes with the next `filesWithoutRow`.
 */
export async function releaseOriginals(db: Db): Promise<string[]> {
  const rows = await db<{ file: string }[]>`
    with due as (
      select id, original_file as file from materials
      where original_file is not null and (state = 'ready' or uploaded_at < now() - interval '24 hours')
      order by uploaded_at limit 1000 for update skip locked)
    update materials m set original_file = null,
      state = case when m.state = 'processing' then 'failed' else m.state end,
      problem = case when m.state = 'processing' then 'broken' else m.problem end
    from due where m.id = due.id returning due.file`;
  return rows.map(({ file }) => file);
}

/** Those of the given files that no row names. */
export async function filesWithoutRow(db: Db, files: readonly string[]): Promise<string[]> {
  const ids = [...files];
  const rows = await db<{ file: string }[]>`
    select file from unnest(${ids}::text[]) as file
    except (
      select original_file from materials where original_file = any(${ids})
      union all select full_file from materials where full_file = any(${ids})
      union all select bureau_file from materials where bureau_file = any(${ids})
      union all select thumbnail_file from materials where thumbnail_file = any(${ids})
      union all select original_file from certificates where original_file = any(${ids})
      union all select full_file from certificates where full_file = any(${ids})
      union all select thumbnail_file from certificates where thumbnail_file = any(${ids})
      union all select file from bureau_packages where file = any(${ids})
      union all select file from bureau_answers where file = any(${ids}))`;
  return rows.map(({ file }) => file);
}
