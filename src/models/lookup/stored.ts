import { openText, seal } from "../../crypto/seal.ts";
import { newId } from "../../lib/ids.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import type { Scope } from "./public-records.ts";

const context = (id: string): string => `public-query:${id}`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Keeps what was asked for, sealed, for an hour, and gives the id that stands in the address in its place. */
export async function storeQuery({ db, vault }: Store, scope: Scope, words: string): Promise<string> {
  const id = newId();
  const { key, wrapped } = vault.newDataKey();
  await db`delete from public_queries where expires_at < now()`;
  await db`
    insert into public_queries (id, isp_id, data_key, sealed)
    values (${id}, ${scope}, ${wrapped}, ${seal(key, words, context(id))})`;
  return id;
}

/** What was asked for on a host of this provider; throws NotFound after its hour. */
export async function storedQuery({ db, vault }: Store, scope: Scope, id: string): Promise<string> {
  const [row] = UUID.test(id)
    ? await db<{ dataKey: Buffer; sealed: Buffer }[]>`
        select data_key, sealed from public_queries
        where id = ${id} and isp_id is not distinct from ${scope}::bigint and expires_at > now()`
    : [];
  if (!row) throw new NotFound("no such look-up");
  return openText(vault.unwrap(row.dataKey), row.sealed, context(id));
}
