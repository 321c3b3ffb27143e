import type { Db } from "../../db/client.ts";
import type { Registrant } from "../actor.ts";
import { ispSettings } from "../isp/settings.ts";
import { giveBackOfFilings } from "../product/give-back.ts";
import { productsOfAccount } from "../product/owners.ts";
import { lockRunningProduct, type Product } from "../product/rows.ts";
import type { Store } from "../store.ts";
import { filingsOf } from "./move-record.ts";

/**
 * 产品核验 at a 转移: the receiver's products with places for the websites; undefined where the provider asks for none.
 * A product of one's own was verified before (核验产品).
 */
export async function productsToChoose(
  db: Db,
  actor: Registrant,
  websites: number,
): Promise<Product[] | undefined> {
  const { products } = await ispSettings(db, actor.ispId);
  if (!products.required) return undefined;
  const own = await productsOfAccount(db, actor);
  return own.filter(({ state, quota, used }) => state === "active" && quota - used >= websites);
}

type Wanted = { ispId: number; to: number; subjectIds: readonly number[]; productId: number | null };

/**
 * Lets the receiver's product carry the websites in the place of the giver's; false when it is not the receiver's, does
 * not run, or has too few places. Where no product is asked for and none is named, the giver's places are free all the
 * same.
 */
export async function moveToProduct(
  { db }: Store,
  { ispId, to, subjectIds, productId }: Wanted,
): Promise<boolean> {
  if (productId === null) {
    if ((await ispSettings(db, ispId)).products.required) return false;
    await giveBackOfFilings(db, await idsOf(db, subjectIds));
    return true;
  }
  const [own] = await db`select 1 from product_owners where product_id = ${productId} and account_id = ${to}`;
  const product = own && (await lockRunningProduct(db, ispId, productId));
  const ids = [...subjectIds];
  const [row] = await db<{ websites: number; filingId: number | null }[]>`
    select (select count(*) from websites where subject_id = any(${ids}::bigint[]) and cancelled_at is null)::int as websites,
      (select min(filing_id) from subjects where id = any(${ids}::bigint[])) as filing_id`;
  if (!product || !row || product.used + row.websites > product.quota) return false;
  await giveBackOfFilings(db, await idsOf(db, ids));
  if (row.filingId !== null)
    await db`
      insert into filing_products (filing_id, product_id, isp_id, websites, state, settled_at)
      values (${row.filingId}, ${productId}, ${ispId}, ${row.websites}, 'spent', now())`;
  return true;
}

const idsOf = async (db: Db, subjectIds: readonly number[]): Promise<number[]> =>
  (await db<{ id: number }[]>`${filingsOf(db, subjectIds)}`).map(({ id }) => id);
