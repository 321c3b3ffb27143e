import { openText, seal } from "../../crypto/seal.ts";
import { newToken } from "../../lib/ids.ts";
import type { HookEvent } from "../../vocabulary/hook-events.ts";
import type { Store } from "../store.ts";

/** The provider's own system that is told what happened (网络回调). */
export type Hook = { url: string; events: HookEvent[]; updatedAt: Date };

/** Where a message goes and what it is signed with. */
export type HookTarget = { url: string; secret: string };

const context = (ispId: number): string => `isp:${ispId}:hook`;

/** The hook of a provider without its secret; undefined when it has none. */
export async function maybeHook({ db }: Pick<Store, "db">, ispId: number): Promise<Hook | undefined> {
  const [row] = await db<Hook[]>`select url, events, updated_at from isp_hooks where isp_id = ${ispId}`;
  return row;
}

/** Its address with the secret opened; undefined when there is none. */
export async function hookTarget({ db, vault }: Store, ispId: number): Promise<HookTarget | undefined> {
  const [row] = await db<{ url: string; dataKey: Buffer; secretSealed: Buffer }[]>`
    select url, data_key, secret_sealed from isp_hooks where isp_id = ${ispId}`;
  return (
    row && { url: row.url, secret: openText(vault.unwrap(row.dataKey), row.secretSealed, context(ispId)) }
  );
}

/** Sets the hook with a new secret and gives the secret: it is shown once. */
export async function setHook(
  { db, vault }: Store,
  ispId: number,
  { url, events }: { url: string; events: readonly HookEvent[] },
): Promise<string> {
  const secret = newToken();
  const { key, wrapped } = vault.newDataKey();
  await db`
    insert into isp_hooks (isp_id, url, events, data_key, secret_sealed)
    values (${ispId}, ${url}, ${[...events]}, ${wrapped}, ${seal(key, secret, context(ispId))})
    on conflict (isp_id) do update set url = excluded.url, events = excluded.events, data_key = excluded.data_key,
      secret_sealed = excluded.secret_sealed, updated_at = now()`;
  return secret;
}

/** Takes the hook away; what was not delivered yet is given up. False when there was none. */
export async function removeHook({ db }: Pick<Store, "db">, ispId: number): Promise<boolean> {
  const rows = await db`delete from isp_hooks where isp_id = ${ispId} returning isp_id`;
  await db`
    update hook_deliveries set state = 'failed', settled_at = now(), last_problem = 'the hook was removed'
    where isp_id = ${ispId} and state = 'queued'`;
  return rows.length > 0;
}
