import type { Db } from "../../db/client.ts";
import { isAfter } from "../bureau/file-order.ts";
import type { Key } from "./entries.ts";

/** One thing that a file of a bureau says. */
type Word = { ispId: number; bureauId: number; answerId: number };

const isAmong = (db: Db, keys: readonly Key[]) => db`
  (k.certificate in (select decode(c, 'hex') from unnest(${keys.flatMap(({ certificate }) => certificate ?? [])}::text[]) c)
    or k.certificate is null and k.domain = any(${keys.flatMap(({ domain }) => domain ?? [])}::text[]))`;

/** Those of these keys of which no newer file has spoken, whether it put them in or took them out. */
export async function unspoken<K extends Key>(
  db: Db,
  { bureauId, answerId }: Word,
  keys: readonly K[],
): Promise<K[]> {
  const spoken = await db<Key[]>`
    select encode(k.certificate, 'hex') as certificate, k.domain
    from blacklist_words k join bureau_answers a on a.id = k.answer_id
    where k.bureau_id = ${bureauId} and ${isAmong(db, keys)} and ${isAfter(db, answerId)}`;
  return keys.filter(
    (key) =>
      !spoken.some(({ certificate, domain }) => certificate === key.certificate && domain === key.domain),
  );
}

/** Writes down that this file spoke of these keys last. The caller holds the lists' lock. */
export async function speak(
  db: Db,
  { ispId, bureauId, answerId }: Word,
  keys: readonly Key[],
): Promise<void> {
  await db`
    insert into blacklist_words (bureau_id, isp_id, certificate, domain, answer_id)
    select distinct ${bureauId}::bigint, ${ispId}::bigint, decode(k.certificate, 'hex'), k.domain, ${answerId}::bigint
    from unnest(${keys.map(({ certificate }) => certificate)}::text[], ${keys.map(({ domain }) => domain)}::text[])
      k (certificate, domain)
    on conflict (bureau_id, certificate, domain) do update set answer_id = excluded.answer_id`;
}

/** What these entries are found by now. */
export const keysOfEntries = (db: Db, entries: readonly number[]): Promise<Key[]> => db<Key[]>`
  select encode(certificate, 'hex') as certificate, domain from blacklist_keys
  where entry_id = any(${[...entries]}::bigint[])`;
