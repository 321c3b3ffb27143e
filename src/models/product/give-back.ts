import type { Db } from "../../db/client.ts";

/** What carries a website on record: a row of `filing_products` with places that are spent. */
export type Carrier = { id: number; productId: number; codeId: number | null; websites: number };

/**
 * What carries a website: the product of the newest change of its access, of the filing that brought it, or, after a
 * 转移, of the filing that brought its subject. Undefined where it was filed without a product.
 */
export async function carrierOf(db: Db, websiteId: number): Promise<Carrier | undefined> {
  const [row] = await db<Carrier[]>`
    select b.id, b.product_id, b.code_id, b.websites
    from websites w join subjects s on s.id = w.subject_id
    join filing_products b on b.isp_id = w.isp_id and b.state = 'spent' and b.websites > 0
    join filings f on f.id = b.filing_id
    where w.id = ${websiteId} and (b.filing_id = w.filing_id
      or (f.kind = 'change' and f.scope = 'access'
        and f.target_id in (select id from accesses where website_id = w.id))
      or (b.filing_id = s.filing_id
        and exists (select 1 from filing_products o where o.filing_id = w.filing_id and o.state = 'freed')))
    order by f.kind = 'change' desc, b.filing_id = w.filing_id desc, b.id desc limit 1 for update of b`;
  return row;
}

/** Gives the place of each website back; a code that carried one is used up. Nothing happens where none was taken. */
export async function giveBackPlaces(db: Db, websiteIds: readonly number[]): Promise<void> {
  for (const websiteId of websiteIds) {
    const carrier = await carrierOf(db, websiteId);
    if (carrier) await giveBack(db, carrier);
  }
}

/** One place of it is free again. */
export async function giveBack(db: Db, { id, codeId, websites }: Carrier): Promise<void> {
  if (websites > 1) await db`update filing_products set websites = websites - 1 where id = ${id}`;
  else await db`update filing_products set state = 'freed', settled_at = now() where id = ${id}`;
  if (codeId !== null) await useUp(db, [codeId]);
}

/** All that filings hold of products, for records that go to another account. */
export async function giveBackOfFilings(db: Db, filingIds: readonly number[]): Promise<void> {
  const rows = await db<{ codeId: number | null }[]>`
    update filing_products set state = 'freed', settled_at = now()
    where filing_id = any(${[...filingIds]}::bigint[]) and state <> 'freed' returning code_id`;
  await useUp(
    db,
    rows.flatMap(({ codeId }) => (codeId === null ? [] : [codeId])),
  );
}

/** A code is good for one website, once; the place that it held is the product's again. */
const useUp = (db: Db, codes: readonly number[]) => db`
  update authorisation_codes set state = 'revoked', updated_at = now()
  where id = any(${[...codes]}::bigint[]) and state in ('bound', 'spent')`;
