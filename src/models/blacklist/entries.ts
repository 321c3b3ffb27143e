import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { registrableOf, toAscii } from "../../vocabulary/domain.ts";
import { certificateHash } from "../record/insert.ts";
import type { Store } from "../store.ts";

/** What an entry of the 黑名单 says; a document is of a subject, domains are of a website. */
export type Listed = {
  kind: "subject" | "website";
  name: string;
  certificate?: { type: number; number: string };
  domains: string[];
  homePage?: string;
  /** Why the provider listed it itself. */
  reason?: string;
};

/** What an entry is found by: a digest or a domain. */
export type Key = { certificate: string | null; domain: string | null };

/** With the domain that it lies under. */
type FullKey = Key & { registrable: string | null };

/** Whose list it is, and what brought the entry: a file of a bureau, or a member of staff. */
export type Source =
  | { ispId: number; bureauId: number; answerId: number }
  | { ispId: number; bureauId: null; staffId: number; requestId: string };

export const entryContext = (ispId: number, id: number, what: "entry" | "removal"): string =>
  `isp:${ispId}:blacklist:${id}:${what}`;

/**
 * A host in the spelling in which it is looked up, with the domain that it lies under: a leading www is no name of its
 * own. Undefined for what lies under none: a public suffix in the list must not stop everybody below it.
 */
export function listedHost(text: string): { host: string; registrable: string } | undefined {
  const whole = toAscii(text.trim().replace(/^\*\./, ""));
  const registrable = registrableOf(whole);
  if (registrable === undefined) return undefined;
  return { host: whole === registrable ? whole : whole.replace(/^www\./, ""), registrable };
}

/** Digests and domains by which the entry is found; none: nobody could ever be meant. */
export function keysOf(store: Store, { certificate, domains }: Listed): FullKey[] {
  if (certificate) {
    const hash = certificateHash(store, String(certificate.type), certificate.number).toString("hex");
    return [{ certificate: hash, domain: null, registrable: null }];
  }
  const hosts = new Map(
    domains.map(listedHost).flatMap((one) => (one ? [[one.host, one.registrable] as const] : [])),
  );
  return [...hosts].map(([domain, registrable]) => ({ certificate: null, domain, registrable }));
}

/** One change of a provider's lists at a time: two files, or a file and a form, never write the same entry twice. */
export const lockLists = async (db: Db, ispId: number): Promise<void> => {
  await db`select pg_advisory_xact_lock(hashtextextended(${`blacklist:${ispId}`}, 0))`;
};

/** Ids of the entries of one list that have any of these keys, oldest first. */
export async function entriesWith(
  { db }: Store,
  { ispId, bureauId }: Pick<Source, "ispId" | "bureauId">,
  keys: readonly Key[],
): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select distinct e.id from blacklist_keys k join blacklist_entries e on e.id = k.entry_id
    where k.isp_id = ${ispId} and e.bureau_id is not distinct from ${bureauId}
      and (k.certificate in (select decode(c, 'hex') from unnest(${keys.flatMap(({ certificate }) => certificate ?? [])}::text[]) c)
        or k.domain = any(${keys.flatMap(({ domain }) => domain ?? [])}::text[]))
    order by e.id`;
  return rows.map(({ id }) => id);
}

/** Writes an entry with its keys. The caller holds the lists' lock. */
export async function insertEntry(
  store: Store,
  source: Source,
  listed: Listed,
  keys: readonly FullKey[],
): Promise<void> {
  const { db, vault } = store;
  const { ispId, bureauId } = source;
  const own = "staffId" in source ? source : undefined;
  const answerId = "answerId" in source ? source.answerId : null;
  const { key, wrapped } = vault.newDataKey();
  const [row] = await db<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('blacklist_entries', 'id')) as id`;
  const id = Number(row?.id);
  const sealed = seal(key, JSON.stringify(listed), entryContext(ispId, id, "entry"));
  await db`
    insert into blacklist_entries (id, isp_id, bureau_id, kind, data_key, sealed, answer_id, added_by, request_id)
    values (${id}, ${ispId}, ${bureauId}, ${listed.kind}, ${wrapped}, ${sealed}, ${answerId}, ${own?.staffId ?? null},
      ${own?.requestId ?? null})`;
  await writeKeys(db, ispId, id, keys);
}

/** The entry as it reads now takes the place of what it said. */
export async function rewriteEntry(
  { db, vault }: Store,
  id: number,
  source: Source,
  listed: Listed,
  keys: readonly FullKey[],
): Promise<void> {
  const answerId = "answerId" in source ? source.answerId : null;
  const [row] = await db<{ dataKey: Buffer }[]>`select data_key from blacklist_entries where id = ${id}`;
  if (!row) throw new Error("an entry went away under its lock");
  const context = entryContext(source.ispId, id, "entry");
  const sealed = seal(vault.unwrap(row.dataKey), JSON.stringify(listed), context);
  await db`
    update blacklist_entries set sealed = ${sealed}, answer_id = ${answerId}, changed_at = now() where id = ${id}`;
  await db`delete from blacklist_keys where entry_id = ${id}`;
  await writeKeys(db, source.ispId, id, keys);
}

const writeKeys = async (db: Db, ispId: number, id: number, keys: readonly FullKey[]): Promise<void> => {
  await db`
    insert into blacklist_keys (entry_id, isp_id, certificate, domain, registrable)
    select ${id}, ${ispId}, decode(k.certificate, 'hex'), k.domain, k.registrable
    from unnest(${keys.map(({ certificate }) => certificate)}::text[], ${keys.map(({ domain }) => domain)}::text[],
      ${keys.map(({ registrable }) => registrable)}::text[]) k (certificate, domain, registrable)`;
};

/** Takes entries out of force: they stay to be read, and are found by nothing any more. */
export async function endEntries(db: Db, ids: readonly number[], answerId: number | null): Promise<void> {
  await db`delete from blacklist_keys where entry_id = any(${[...ids]}::bigint[])`;
  await db`
    update blacklist_entries set removed_at = now(), answer_id = coalesce(${answerId}, answer_id)
    where id = any(${[...ids]}::bigint[]) and removed_at is null`;
}

/** What an entry says. */
export const openEntry = (
  { vault }: Pick<Store, "vault">,
  { id, ispId, dataKey, sealed }: { id: number; ispId: number; dataKey: Buffer; sealed: Buffer },
): Listed => JSON.parse(openText(vault.unwrap(dataKey), sealed, entryContext(ispId, id, "entry"))) as Listed;
