import { openText, seal } from "../../crypto/seal.ts";
import { newToken } from "../../lib/ids.ts";
import type { Store } from "../store.ts";

/** The provider's own system that is asked about products. */
export type ProductHook = { url: string; secret: string };

const context = (ispId: number): string => `isp:${ispId}:product-hook`;

/** The hook of a provider with its secret opened; undefined when it has none. */
export async function maybeHook({ db, vault }: Store, ispId: number): Promise<ProductHook | undefined> {
  const [row] = await db<{ url: string; dataKey: Buffer; secretSealed: Buffer }[]>`
    select url, data_key, secret_sealed from isp_product_hooks where isp_id = ${ispId}`;
  return (
    row && { url: row.url, secret: openText(vault.unwrap(row.dataKey), row.secretSealed, context(ispId)) }
  );
}

/** Sets the hook with a new secret and gives the secret: it is shown once. */
export async function setHook({ db, vault }: Store, ispId: number, url: string): Promise<string> {
  const secret = newToken();
  const { key, wrapped } = vault.newDataKey();
  await db`
    insert into isp_product_hooks (isp_id, url, data_key, secret_sealed)
    values (${ispId}, ${url}, ${wrapped}, ${seal(key, secret, context(ispId))})
    on conflict (isp_id) do update set url = excluded.url, data_key = excluded.data_key,
      secret_sealed = excluded.secret_sealed, updated_at = now()`;
  return secret;
}

/** Writes the settings of 产品核验 that are given; the others stay. */
export async function changeProductSettings(
  { db }: Store,
  ispId: number,
  changes: Record<string, unknown>,
): Promise<void> {
  await db`
    update isps set settings = settings || jsonb_build_object('products',
      coalesce(settings -> 'products', '{}') || ${db.json(changes as never)}::jsonb)
    where id = ${ispId}`;
}
