import { hashPassword } from "../../crypto/password.ts";
import type { Db } from "../../db/client.ts";
import { productType, type StoredTypeName } from "../../vocabulary/product-types.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { rememberOwner } from "./owners.ts";
import { keyHash, type ProductSource, type ProductState } from "./rows.ts";

/** A product as it is written: `key` and `secret` in clear, here and nowhere else. */
export type ProductInput = {
  type: StoredTypeName;
  key: string;
  /** null: the one that is known stays. */
  secret: string | null;
  name: string;
  customerAccount: string | null;
  /** User name of the account here that owns it. */
  owner: string | null;
  ips: readonly string[];
  serverPlace: string | null;
  accessMode: string | null;
  quota: number;
  /** Last day, YYYY-MM-DD. */
  validUntil: string | null;
  state: ProductState;
};

/** What became of one product, in the order they were given. */
export type Written =
  | { outcome: "added" | "changed"; id: number | undefined }
  | { outcome: "refused"; why: "secret_missing" | "owner_unknown" };

type Known = { hash: string; id: number; hasSecret: boolean };

type Batch = { ispId: number; products: readonly ProductInput[]; source: ProductSource; dryRun?: boolean };

/**
 * Writes products by (provider, type, key), all of a batch in one transaction; those that can't be written are told and
 * left out. With `dryRun` it only tells. Secrets are hashed before the transaction begins, several at once.
 */
export async function upsertProducts(store: RootStore, batch: Batch): Promise<Written[]> {
  const hashes = batch.dryRun ? [] : await Promise.all(batch.products.map(hashOf));
  return inTransaction(store, async (inside) => {
    const known = await knownProducts(inside, batch);
    const owners = await ownersNamed(inside, batch);
    const written: Written[] = [];
    for (const [at, product] of batch.products.entries()) {
      const before = known.get(digest(inside, batch.ispId, product));
      const why = refusalOf(batch, product, before, owners);
      if (why) written.push({ outcome: "refused", why });
      else if (batch.dryRun) written.push({ outcome: before ? "changed" : "added", id: before?.id });
      else {
        const id = await write(inside, batch, product, hashes[at] ?? null);
        const owner = product.owner && owners.get(product.owner.toLowerCase());
        if (owner) await rememberOwner(inside.db, id, owner);
        written.push({ outcome: before ? "changed" : "added", id });
      }
    }
    return written;
  });
}

const hashOf = async ({ type, secret }: ProductInput): Promise<string | null> =>
  secret !== null && productType(type).proves === "secret" ? hashPassword(secret) : null;

const digest = (store: Store, ispId: number, { type, key }: ProductInput): string =>
  keyHash(store, ispId, type, key).toString("hex");

async function knownProducts(store: Store, { ispId, products }: Batch): Promise<Map<string, Known>> {
  const hashes = products.map((product) => digest(store, ispId, product));
  const rows = await store.db<Known[]>`
    select encode(key_hash, 'hex') as hash, id, secret_hash is not null as has_secret from products
    where isp_id = ${ispId} and key_hash in (select decode(k, 'hex') from unnest(${hashes}::text[]) k)`;
  return new Map(rows.map((row) => [row.hash, row]));
}

async function ownersNamed({ db }: Store, { ispId, products }: Batch): Promise<Map<string, number>> {
  const names = products.flatMap(({ owner }) => (owner ? [owner.toLowerCase()] : []));
  if (names.length === 0) return new Map();
  const rows = await db<{ name: string; id: number }[]>`
    select lower(user_name) as name, id from accounts
    where isp_id = ${ispId} and lower(user_name) = any(${names}) and state = 'active'`;
  return new Map(rows.map(({ name, id }) => [name, id]));
}

function refusalOf(
  { source }: Batch,
  { type, secret, owner }: ProductInput,
  before: Known | undefined,
  owners: ReadonlyMap<string, number>,
): "secret_missing" | "owner_unknown" | undefined {
  // The provider's own system judges the secrets of its products: we never have them.
  const needsSecret = productType(type).proves === "secret" && source !== "webhook";
  if (needsSecret && secret === null && !before?.hasSecret) return "secret_missing";
  return owner && !owners.has(owner.toLowerCase()) ? "owner_unknown" : undefined;
}

/** The provider's own system knows of a product, not that staff took it out of use here: that stays. */
const stateAfter = (db: Db, source: ProductSource) =>
  source === "webhook"
    ? db`case products.state when 'retired' then 'retired' else excluded.state end`
    : db`excluded.state`;

async function write(
  store: Store,
  { ispId, source }: Pick<Batch, "ispId" | "source">,
  product: ProductInput,
  secretHash: string | null,
): Promise<number> {
  const { db } = store;
  const [row] = await db<{ id: number }[]>`
    insert into products (isp_id, type, key_hash, key_shown, secret_hash, name, customer_account, ips, server_place,
      access_mode, quota, valid_until, state, source)
    values (${ispId}, ${product.type}, ${keyHash(store, ispId, product.type, product.key)},
      ${productType(product.type).shown(product.key)}, ${secretHash}, ${product.name}, ${product.customerAccount},
      ${db.json([...product.ips])}, ${product.serverPlace}, ${product.accessMode}, ${product.quota},
      ${product.validUntil}, ${product.state}, ${source})
    on conflict (isp_id, type, key_hash) do update set
      key_shown = excluded.key_shown, secret_hash = coalesce(excluded.secret_hash, products.secret_hash),
      name = excluded.name, customer_account = excluded.customer_account, ips = excluded.ips,
      server_place = excluded.server_place, access_mode = excluded.access_mode, quota = excluded.quota,
      valid_until = excluded.valid_until, state = ${stateAfter(db, source)}, source = excluded.source, updated_at = now()
    returning id`;
  return row?.id ?? 0;
}

/** Takes a product out of use, or into it again. Filings that stand on it stay. Gives whether there was such a product. */
export async function setProductState(
  { db }: Store,
  ispId: number,
  id: number,
  state: ProductState,
): Promise<boolean> {
  const { count } = await db`
    update products set state = ${state}, updated_at = now() where id = ${id} and isp_id = ${ispId}`;
  return count > 0;
}
