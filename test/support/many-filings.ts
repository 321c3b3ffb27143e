import { seal } from "../../src/crypto/seal.ts";
import type { Sql } from "../../src/db/client.ts";
import { filingContext } from "../../src/models/filing/rows.ts";
import { inTransaction, type RootStore, type Store } from "../../src/models/store.ts";

/** How many filings, whose, and to whom a handful of the newest belong. All ids are below `rows` + 1. */
export type Load = {
  rows: number;
  /** Half of all filings are the first one's, the others share the rest. */
  isps: readonly [number, ...number[]];
  /** An account of the first provider that gets `OWN` filings, spread over the whole. */
  accountId: number;
  /** Staff of the first provider that hold a claim on every tenth filing under review. */
  staffIds: readonly [number, ...number[]];
};

/** Filings of the one account that is looked at. */
export const OWN = 60;

const CHUNK = 20_000;
const PER_DAY = 1_000;

/** The newest part is under way; of a hundred thousand of those so many are in each state, the rest are drafts. */
const OPEN_SHARE = 0.06;
/** A small installation too has enough under way to fill a page of each large queue. */
const OPEN_LEAST = 2_000;
const underWay = {
  initial_review: 5_000,
  returned: 9_000,
  photo_due: 5_000,
  verification: 2_000,
  ready: 1_000,
  uploading: 400,
  upload_failed: 100,
  sms_pending: 1_000,
  at_bureau: 25_000,
  bureau_returned: 400,
  approved: 1_500,
} as const;

const stages = ["initial_review", "verification", "ready", "bureau_returned"];

/** Every third filing is a person's: its name is sealed under the filing's own id, as in a real installation. */
const isPersonal = (id: number): boolean => id % 3 === 0;

const cities = [
  "北京",
  "上海",
  "杭州",
  "广州",
  "成都",
  "武汉",
  "西安",
  "长沙",
  "青岛",
  "昆明",
  "贵阳",
  "兰州",
];
const brands = [..."明远青禾长风瑞丰云启知行博雅恒信安和致远嘉木晨光启明海纳百川星河万象"];
const trades = [
  "茶业",
  "科技",
  "网络",
  "商贸",
  "文化传播",
  "教育咨询",
  "机械制造",
  "生物医药",
  "建筑设计",
  "食品",
];
const sites = ["商城", "官网", "资讯", "社区", "博客", "在线课堂", "图书馆", "花店", "摄影", "预约平台"];

/**
 * Writes filings as a large installation has them: mostly numbered, the newest ones under way, with domains and look-ups,
 * into an empty table, in about a minute a million. Indexes are taken away and made again; nothing checks foreign keys.
 */
export async function manyFilings(store: RootStore, load: Load): Promise<void> {
  const { db } = store;
  const indexes = await db<{ name: string; definition: string }[]>`
    select i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.tablename in ('filings', 'filing_domains', 'filing_lookups')
      and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`;
  for (const { name } of indexes) await db`drop index ${db(name)}`;
  await manyAccounts(store, load);
  for (let from = 1; from <= load.rows; from += CHUNK)
    await inTransaction(store, async (inside) => {
      await inside.db`set local session_replication_role = replica`;
      await writeChunk(inside, load, from, Math.min(from + CHUNK - 1, load.rows));
    });
  await inTransaction(store, async (inside) => {
    await inside.db`set local maintenance_work_mem = '512MB'`;
    for (const { definition } of indexes) await inside.db.unsafe(definition);
  });
  await db`select setval(pg_get_serial_sequence('filings', 'id'), ${load.rows + 1})`;
  await db`vacuum analyze`;
}

/** One account for four filings; nobody signs in with them. */
const manyAccounts = ({ db }: { db: Sql }, { rows, isps }: Load) => db`
  insert into accounts (isp_id, user_name, password_hash, state, data_key, name_sealed, email_sealed, mobile_sealed,
    email_hash, mobile_hash, division, agreement_version, agreed_at, lapses_at)
  select (${[...isps]}::bigint[])[1 + a % ${isps.length}::int], 'account' || a, '-', 'active', '', '', '', '',
    decode(md5('e' || a), 'hex'), decode(md5('m' || a), 'hex'), '330108', '1', now(), null
  from generate_series(1, ${rows}::int / 4) a`;

/** States of the newest filings, as limits of i % 100000. */
function stateOf(db: Store["db"]) {
  let limit = 0;
  const limits = Object.entries(underWay).map(([state, count]) => {
    limit += count;
    return { state, limit };
  });
  return db`coalesce(
    (select l.state from unnest(${limits.map(({ state }) => state)}::text[], ${limits.map((one) => one.limit)}::int[]) l (state, "limit")
      where (i.id::bigint * 7919) % 100000 < l."limit" order by l."limit" limit 1), 'draft')`;
}

async function writeChunk(store: Store, load: Load, from: number, to: number): Promise<void> {
  const { db, vault } = store;
  const { key, wrapped } = vault.newDataKey();
  const ispOf = (id: number): number => load.isps[id % 2 === 0 ? 0 : id % load.isps.length] ?? load.isps[0];
  const ids = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const isps = ids.map(ispOf);
  const names = ids.map((id, at) =>
    isPersonal(id)
      ? seal(key, "张三", filingContext({ id, ispId: isps[at] ?? 0 }, "subject-name")).toString("hex")
      : "",
  );
  const newest =
    load.rows - Math.floor(Math.max(load.rows * OPEN_SHARE, Math.min(load.rows / 2, OPEN_LEAST)));
  const every = Math.max(Math.floor(load.rows / OWN), 1);
  const pick = (words: readonly string[], by: number) =>
    db`(${[...words]}::text[])[1 + (i.id / ${by}::int + i.id) % ${words.length}::int]`;
  await db`
    insert into filings (id, number, isp_id, account_id, kind, state, returned_from, state_since, round, nature, province,
      claimed_by, claimed_until, due_at, data_key, subject_name, subject_name_sealed, site_name, domain, warnings,
      created_at, submitted_at, updated_at)
    overriding system value
    select n.id, to_char(n.day, 'YYYYMMDD') || '-' || to_char(n.id % ${PER_DAY} + 1, 'FM0000'), n.isp,
      case when n.id % ${every} = 0 then ${load.accountId} else 1 + (n.id::bigint * 7919) % greatest(${load.rows}::int / 4, 1) end,
      'first', n.state, case when n.state = 'returned' then 'initial' end, now() - make_interval(hours => n.id % 200),
      case when n.state = 'draft' then 0 when n.id % 5 = 0 then 2 else 1 end,
      case when n.name = '' then 4 else 5 end, (array['330000', '110000', '440000', '510000', '310000'])[1 + n.id % 5],
      case when n.state = any(${stages}) and n.id % 10 = 0 then (${[...load.staffIds]}::bigint[])[1 + n.id % ${load.staffIds.length}::int] end,
      case when n.state = any(${stages}) and n.id % 10 = 0 then now() + interval '1 day' end,
      case when n.state = any(${stages}) then now() + make_interval(mins => (n.id::bigint * 7919 % 7200)::int - 2000) end,
      ${wrapped}, case when n.name = '' then n.city || n.brand || n.trade || '有限公司' end,
      case when n.name <> '' then decode(n.name, 'hex') else '\\x00'::bytea end,
      n.brand || n.trade || n.site || n.id % 997, 'site' || n.id || '.cn', n.id % 3,
      n.day, case when n.state <> 'draft' then n.day end, n.day
    from (
      select i.id, i.isp, i.name, date '2016-01-01' + i.id / ${PER_DAY} as day,
        case when i.id > ${newest} then ${stateOf(db)} when i.id % 12 = 0 then 'closed' when i.id % 23 = 0 then 'cancelled' else 'numbered' end as state,
        ${pick(cities, 7)} as city, ${pick(brands, 11)} || ${pick(brands, 13)} as brand, ${pick(trades, 17)} as trade, ${pick(sites, 19)} as site
      from unnest(${ids}::int[], ${isps}::bigint[], ${names}::text[]) i (id, isp, name)
    ) n`;
  await db`
    insert into filing_domains (filing_id, isp_id, section_id, domain)
    select f.id, f.isp_id, f.id, f.domain from filings f where f.id between ${from} and ${to}`;
  await db`
    insert into filing_lookups (isp_id, kind, key, filing_id)
    select f.isp_id, 'document', decode(md5((f.id / 3)::text), 'hex'), f.id from filings f where f.id between ${from} and ${to}`;
}
