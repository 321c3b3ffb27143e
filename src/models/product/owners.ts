import type { Db } from "../../db/client.ts";
import { type Product, productColumns } from "./rows.ts";

/**
 * An account owns a product once it has shown the product's secret, or when the provider named it in its table. The
 * 客户账号 of an account proves nothing: anybody may type anybody's at registration.
 */
export async function rememberOwner(db: Db, productId: number, accountId: number): Promise<void> {
  await db`
    insert into product_owners (product_id, account_id) values (${productId}, ${accountId}) on conflict do nothing`;
}

/** The products of an account, newest first. */
export const productsOfAccount = (
  db: Db,
  { accountId, ispId }: { accountId: number; ispId: number },
  limit = 100,
): Promise<Product[]> => db<Product[]>`
  select ${productColumns(db)} from products p join product_owners o on o.product_id = p.id
  where o.account_id = ${accountId} and p.isp_id = ${ispId} order by p.id desc limit ${limit}`;
