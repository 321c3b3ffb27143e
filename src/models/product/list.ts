import { productType, storedTypeNames } from "../../vocabulary/product-types.ts";
import type { Store } from "../store.ts";
import { keyHash, type Product, productColumns } from "./rows.ts";

export type ProductSearch = {
  /** A look-up key in full (address, order, account, domain), part of a name, or a 客户账号. */
  words?: string;
  /** Those with an id below it. */
  before?: number | undefined;
  limit?: number;
};

const escaped = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** The digests that the words have as a key, for each type that could have such a key. */
const hashesOf = (store: Store, ispId: number, words: string): string[] =>
  storedTypeNames.flatMap((type) => {
    const key = productType(type).key.clean(words);
    return key === "" ? [] : [keyHash(store, ispId, type, key).toString("hex")];
  });

/** Products of a provider, newest first. Keys are found by their digest: in full or not at all. */
export async function listProducts(
  store: Store,
  ispId: number,
  { words = "", before = Number.MAX_SAFE_INTEGER, limit = 50 }: ProductSearch = {},
): Promise<Product[]> {
  const { db } = store;
  const matches =
    words === ""
      ? db`true`
      : db`(p.key_hash in (select decode(k, 'hex') from unnest(${hashesOf(store, ispId, words)}::text[]) k)
          or lower(p.customer_account) = lower(${words}) or p.name ilike ${`%${escaped(words)}%`})`;
  return db<Product[]>`
    select ${productColumns(db)} from products p
    where p.isp_id = ${ispId} and p.id < ${before} and ${matches} order by p.id desc limit ${limit}`;
}

/** Filings that stand on a product, newest first. */
export const filingsOnProduct = (
  { db }: Store,
  ispId: number,
  productId: number,
  limit = 50,
): Promise<{ number: string; state: string; websites: number; since: Date }[]> =>
  db<{ number: string; state: string; websites: number; since: Date }[]>`
    select f.number, b.state, b.websites, b.verified_at as since
    from filing_products b join filings f on f.id = b.filing_id
    where b.product_id = ${productId} and b.isp_id = ${ispId} order by b.id desc limit ${limit}`;
