import {
  endEntries,
  entriesWith,
  insertEntry,
  keysOf,
  type Listed,
  lockLists,
  rewriteEntry,
} from "../blacklist/entries.ts";
import { keysOfEntries, speak, unspoken } from "../blacklist/words.ts";
import type { Store } from "../store.ts";
import { type Of, parked } from "./applying.ts";
import { outdated, SAID_SINCE } from "./file-order.ts";
import type { Applied, BureauResult } from "./results.ts";

type Entry = Extract<BureauResult, { kind: "blacklist" }>;
type Keys = ReturnType<typeof keysOf>;

const applied = (note: string | null = null): Applied => ({ outcome: "applied", filingId: null, note });

/**
 * HMDLB, 黑名单: an entry is known again by its document, or by its domains. It holds for every filing of the provider
 * that the bureau sent it to. What names nobody, or asks for a change that nobody has seen, is parked. What a newer file
 * has spoken of stays as that one left it.
 */
export async function applyBlacklist(store: Store, { answer, result }: Of<Entry>): Promise<Applied> {
  const { item } = result;
  const listed = listedOf(item);
  const keys = keysOf(store, listed);
  if (item.change === undefined) return parked("黑名单的操作类型不认识");
  if (keys.length === 0)
    return parked(item.of === "subject" ? "黑名单里的主体没有完整的证件" : "黑名单里的网站没有域名");
  const source: Source = { ispId: answer.ispId, bureauId: answer.bureauId, answerId: answer.id };
  await lockLists(store.db, answer.ispId);
  const open = await unspoken(store.db, source, keys);
  if (open.length === 0) return outdated;
  const before = item.change === "change" ? await entriesWith(store, source, open) : [];
  const left = await unspoken(store.db, source, await keysOfEntries(store.db, before));
  const done = await changes[item.change](store, source, listed, open);
  await speak(store.db, source, [...open, ...left]);
  return open.length === keys.length ? done : { ...done, note: `部分域名：${SAID_SINCE}` };
}

type Source = { ispId: number; bureauId: number; answerId: number };

type Change = (store: Store, source: Source, listed: Listed, keys: Keys) => Promise<Applied>;

const changes: Record<NonNullable<Entry["item"]["change"]>, Change> = {
  // The same once more says it anew. A website that shares only some of its domains is another entry.
  add: async (store, source, listed, keys) => {
    const same = await sameEntry(store, source, listed, keys);
    if (same === undefined) await insertEntry(store, source, listed, keys);
    else await rewriteEntry(store, same, source, listed, keys);
    return same === undefined ? applied() : { ...applied(), outcome: "repeated" };
  },
  change: async (store, source, listed, keys) => {
    const [first, ...more] = await entriesWith(store, source, keys);
    if (first === undefined) await insertEntry(store, source, listed, keys);
    else await rewriteEntry(store, first, source, listed, keys);
    await endEntries(store.db, more, source.answerId);
    return applied(first === undefined ? "要变更的黑名单条目原来没有，按新增记下" : null);
  },
  delete: async (store, source, _listed, keys) => {
    const found = await entriesWith(store, source, keys);
    if (found.length === 0) return applied("要删除的黑名单条目原来没有");
    await leave(store, source, keys, found);
    return applied();
  },
};

/** The entry that has just these keys. */
async function sameEntry(
  store: Store,
  source: Source,
  { kind }: Listed,
  keys: Keys,
): Promise<number | undefined> {
  const found = await entriesWith(store, source, keys);
  if (kind === "subject") return found[0];
  const rows = await store.db<{ entryId: number; domains: string[] }[]>`
    select entry_id, array_agg(domain order by domain) as domains from blacklist_keys
    where entry_id = any(${found}::bigint[]) group by entry_id order by entry_id`;
  const wanted = keys.map(({ domain }) => domain).sort();
  return rows.find(({ domains }) => domains.sort().join() === wanted.join())?.entryId;
}

/** A domain leaves every entry that has it; an entry without any is over. A subject's entry is over at once. */
async function leave({ db }: Store, source: Source, keys: Keys, found: readonly number[]): Promise<void> {
  await db`
    delete from blacklist_keys
    where entry_id = any(${[...found]}::bigint[])
      and (certificate is not null or domain = any(${keys.flatMap(({ domain }) => domain ?? [])}::text[]))`;
  const over = await db<{ id: number }[]>`
    select e.id from blacklist_entries e
    where e.id = any(${[...found]}::bigint[]) and not exists (select 1 from blacklist_keys k where k.entry_id = e.id)`;
  await endEntries(
    db,
    over.map(({ id }) => id),
    source.answerId,
  );
}

function listedOf(item: Entry["item"]): Listed {
  if (item.of === "website") {
    const { name, domains, homePage } = item;
    return { kind: "website", name, domains, ...(homePage ? { homePage } : {}) };
  }
  const { name, certificate } = item;
  // A document without its type could be anybody's.
  const known = certificate && certificate.type > 0 && certificate.number !== "" ? certificate : undefined;
  return { kind: "subject", name, domains: [], ...(known ? { certificate: known } : {}) };
}
