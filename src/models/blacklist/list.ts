import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { codeTable } from "../../vocabulary/code-tables.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { certificateHash } from "../record/insert.ts";
import type { Store } from "../store.ts";
import { entryContext, type Listed, listedHost, openEntry } from "./entries.ts";

/** An entry of a 黑名单 as staff see it. */
export type BlacklistEntry = {
  id: number;
  listed: Listed;
  /** Whose list; null: the provider's own. */
  bureau: string | null;
  fileName: string | null;
  addedBy: string | null;
  addedAt: Date;
  changedAt: Date;
  removedAt: Date | null;
  removedBy: string | null;
  removal: string;
};

type Row = Omit<BlacklistEntry, "listed" | "removal"> & {
  ispId: number;
  dataKey: Buffer;
  sealed: Buffer;
  removalSealed: Buffer | null;
};

const columns = (db: Db) => db`
  e.id, e.isp_id, e.data_key, e.sealed, e.removal_sealed, b.name as bureau, a.file_name, t.name as added_by, e.added_at,
  e.changed_at, e.removed_at, r.name as removed_by
  from blacklist_entries e left join isp_bureaus b on b.id = e.bureau_id left join bureau_answers a on a.id = e.answer_id
  left join staff t on t.id = e.added_by left join staff r on r.id = e.removed_by`;

function opened(store: Store, { removalSealed, dataKey, sealed, ispId, ...row }: Row): BlacklistEntry {
  const removal = removalSealed
    ? openText(store.vault.unwrap(dataKey), removalSealed, entryContext(ispId, row.id, "removal"))
    : "";
  return { ...row, listed: openEntry(store, { id: row.id, ispId, dataKey, sealed }), removal };
}

/** What the list is searched by: a domain, or the number of a document of whichever kind. */
export type BlacklistSearch = { domain?: string; document?: string };

function found(store: Store, ispId: number, { domain, document }: BlacklistSearch) {
  const { db } = store;
  if (domain !== undefined) {
    const { host = domain, registrable = domain } = listedHost(domain) ?? {};
    return db`and e.id in (
      select entry_id from blacklist_keys where isp_id = ${ispId} and domain = ${host}
      union select entry_id from blacklist_keys where isp_id = ${ispId} and registrable = ${registrable})`;
  }
  if (document === undefined) return db``;
  const hashes = codeTable("cert_type").rows.map(({ code }) =>
    certificateHash(store, code, document).toString("hex"),
  );
  return db`and e.id in (
    select entry_id from blacklist_keys where isp_id = ${ispId}
      and certificate in (select decode(h, 'hex') from unnest(${hashes}::text[]) h))`;
}

/** A page of the entries that hold for the provider, newest first; those that were taken out too, unless searched for. */
export async function blacklistOf(
  store: Store,
  { ispId }: Staff,
  search: BlacklistSearch,
  { before = Number.MAX_SAFE_INTEGER, limit = 50 }: { before?: number | undefined; limit?: number } = {},
): Promise<BlacklistEntry[]> {
  const { db } = store;
  const rows = await db<Row[]>`
    select ${columns(db)} where e.isp_id = ${ispId} and e.id < ${before} ${found(store, ispId, search)}
    order by e.id desc limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

/** One entry of the provider; throws NotFound. */
export async function findEntry(store: Store, { ispId }: Staff, id: number): Promise<BlacklistEntry> {
  const [row] = await store.db<Row[]>`select ${columns(store.db)} where e.id = ${id} and e.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no entry ${id}`);
  return opened(store, row);
}
