import { seal } from "../../crypto/seal.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";
import {
  endEntries,
  entriesWith,
  entryContext,
  insertEntry,
  keysOf,
  type Listed,
  lockLists,
} from "./entries.ts";

const mayChange = (actor: Staff): void => {
  if (!hasRole(actor, "supervisor")) throw new Forbidden("only 主管 change the provider's own list");
};

/** Puts somebody or a domain into the provider's own list. "there": it stands there; "nobody": nothing to find it by. */
export async function addOwnEntry(
  root: RootStore,
  actor: Staff,
  listed: Listed,
  requestId: string,
): Promise<"added" | "there" | "nobody"> {
  mayChange(actor);
  const keys = keysOf(root, listed);
  if (keys.length === 0) return "nobody";
  return inTransaction(root, async (store) => {
    const source = { ispId: actor.ispId, bureauId: null, staffId: actor.staffId, requestId };
    await lockLists(store.db, actor.ispId);
    const [twice] = await store.db`
      select 1 from blacklist_entries where isp_id = ${actor.ispId} and request_id = ${requestId}`;
    if (twice) return "added";
    if ((await entriesWith(store, source, keys)).length > 0) return "there";
    await insertEntry(store, source, listed, keys);
    await recordLook(store.db, actor, "add-blacklist-entry", [null], { kind: listed.kind });
    return "added";
  });
}

/** Takes an own entry out, with a reason; false when it is out already. A bureau's is the bureau's to take out. */
export async function removeOwnEntry(
  root: RootStore,
  actor: Staff,
  id: number,
  reason: string,
): Promise<boolean> {
  mayChange(actor);
  return inTransaction(root, async ({ db, vault }) => {
    await lockLists(db, actor.ispId);
    const [entry] = await db<{ dataKey: Buffer; over: boolean }[]>`
      select data_key, removed_at is not null as over from blacklist_entries
      where id = ${id} and isp_id = ${actor.ispId} and bureau_id is null`;
    if (!entry) throw new NotFound(`no own entry ${id}`);
    if (entry.over) return false;
    await endEntries(db, [id], null);
    const sealed = seal(vault.unwrap(entry.dataKey), reason, entryContext(actor.ispId, id, "removal"));
    await db`
      update blacklist_entries set removed_by = ${actor.staffId}, removal_sealed = ${sealed} where id = ${id}`;
    await recordLook(db, actor, "remove-blacklist-entry", [null], { entry: id });
    return true;
  });
}
