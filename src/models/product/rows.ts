import type { Db } from "../../db/client.ts";
import {
  type ProductTypeName,
  type StoredTypeName,
  storedTypeNames,
} from "../../vocabulary/product-types.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";

export type ProductState = "active" | "retired";
export type ProductSource = "import" | "hand" | "api" | "webhook";

/** A row of `products` with the places that are taken. Never carries the secret's hash. */
export type Product = {
  id: number;
  ispId: number;
  type: StoredTypeName;
  keyShown: string;
  name: string;
  customerAccount: string | null;
  ips: string[];
  serverPlace: string | null;
  accessMode: string | null;
  quota: number;
  validUntil: string | null;
  state: ProductState;
  source: ProductSource;
  updatedAt: Date;
  /** Places taken by filings and by codes. */
  used: number;
};

/** Digest by which a product is found; an ISP's keys are its own. */
export const keyHash = ({ vault }: Pick<Store, "vault">, ispId: number, type: string, key: string): Buffer =>
  vault.lookup("product", `${ispId}:${type}:${key}`);

/** Digest of a code. */
export const codeHash = ({ vault }: Pick<Store, "vault">, ispId: number, code: string): Buffer =>
  vault.lookup("authorisation-code", `${ispId}:${code}`);

/** Every code that is not revoked holds a place, used or not; filings without a code hold theirs. */
export const usedPlaces = (db: Db) => db`
  (coalesce((select sum(b.websites) from filing_products b
     where b.product_id = p.id and b.state <> 'freed' and b.code_id is null), 0)
   + (select count(*) from authorisation_codes a where a.product_id = p.id and a.state <> 'revoked'))::int`;

export const productColumns = (db: Db) => db`
  p.id, p.isp_id, p.type, p.key_shown, p.name, p.customer_account, p.ips, p.server_place, p.access_mode, p.quota,
  to_char(p.valid_until, 'YYYY-MM-DD') as valid_until, p.state, p.source, p.updated_at, ${usedPlaces(db)} as used`;

/** Whether the product may carry anything now; its last day counts whole, in Shanghai. */
export const isRunning = (db: Db) => db`
  (p.state = 'active' and (p.valid_until is null or p.valid_until >= (now() at time zone 'Asia/Shanghai')::date))`;

/** A product of the provider; throws NotFound. */
export async function findProduct(db: Db, ispId: number, id: number): Promise<Product> {
  const [product] = await db<Product[]>`
    select ${productColumns(db)} from products p where p.id = ${id} and p.isp_id = ${ispId}`;
  if (!product) throw new NotFound(`no product ${id}`);
  return product;
}

/** The same as long as it runs, locked until the transaction ends: whoever takes a place of it waits here. */
export async function lockRunningProduct(db: Db, ispId: number, id: number): Promise<Product | undefined> {
  const [locked] = await db<{ id: number }[]>`
    select p.id from products p where p.id = ${id} and p.isp_id = ${ispId} and ${isRunning(db)} for update`;
  // Counted after the lock is held: a statement that waited for it would count what stood before.
  return locked && findProduct(db, ispId, id);
}

/** The product of a key, with what its proof is judged by; undefined when there is none that runs. */
export async function runningProductByKey(
  store: Store,
  ispId: number,
  type: ProductTypeName,
  key: string,
): Promise<(Product & { secretHash: string | null }) | undefined> {
  const { db } = store;
  if (!(storedTypeNames as readonly string[]).includes(type)) return undefined;
  const [product] = await db<(Product & { secretHash: string | null })[]>`
    select ${productColumns(db)}, p.secret_hash from products p
    where p.isp_id = ${ispId} and p.type = ${type} and p.key_hash = ${keyHash(store, ispId, type, key)}
      and ${isRunning(db)}`;
  return product;
}
