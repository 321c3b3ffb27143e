import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { newId } from "../../lib/ids.ts";
import { actorId, type Registrant, type Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";

const context = (id: string): string => `search:${id}`;

/** The column of whoever searched. */
const owner = (db: Db, { kind }: Staff | Registrant) => db(kind === "staff" ? "staff_id" : "account_id");

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Keeps what was searched for, sealed, for 24 hours, and gives the id that stands in the address in its place. */
export async function storeSearch(
  { db, vault }: Store,
  actor: Staff | Registrant,
  words: string,
): Promise<string> {
  const id = newId();
  const { key, wrapped } = vault.newDataKey();
  await db`delete from stored_searches where expires_at < now()`;
  await db`
    insert into stored_searches (id, isp_id, ${owner(db, actor)}, data_key, sealed)
    values (${id}, ${actor.ispId}, ${actorId(actor)}, ${wrapped}, ${seal(key, words, context(id))})`;
  return id;
}

/** What was searched for; throws NotFound after its day, and for everybody but the person who searched. */
export async function storedSearch(
  { db, vault }: Store,
  actor: Staff | Registrant,
  id: string,
): Promise<string> {
  const [row] = UUID.test(id)
    ? await db<{ dataKey: Buffer; sealed: Buffer }[]>`
        select data_key, sealed from stored_searches
        where id = ${id} and ${owner(db, actor)} = ${actorId(actor)} and isp_id = ${actor.ispId} and expires_at > now()`
    : [];
  if (!row) throw new NotFound("no such search of this person");
  return openText(vault.unwrap(row.dataKey), row.sealed, context(id));
}
