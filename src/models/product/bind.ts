import type { Values } from "../../vocabulary/filing.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { save } from "../filing/save.ts";
import { sectionsOf } from "../filing/sections.ts";
import type { Store } from "../store.ts";
import { isFor } from "./codes.ts";
import { carrierOf } from "./give-back.ts";
import { lockRunningProduct, type Product } from "./rows.ts";

/** What a verified product is known by between two pages; nothing of it is a secret. */
export type Verified = { productId: number; codeId: number | null };

export type Binding = { bound: true } | { bound: false; reason: "quota" | "wrong" };

/** Filings whose websites are new here; a change takes a place only where it goes to another product. */
const TAKES_PLACES = ["first", "add", "join"];

/**
 * Puts a filing on a product that was verified, and fills its addresses, place and access method into accesses where
 * nothing stands yet. Runs in the caller's transaction, which is rolled back when it is not bound: another filing took
 * the last place (`quota`), or the product or code is not for this account any more (`wrong`).
 */
export async function bindProduct(
  store: Store,
  filing: { id: number },
  { productId, codeId }: Verified,
): Promise<Binding> {
  const { db } = store;
  const locked = await lockFiling(db, filing.id, { kind: "system" });
  const product = await lockRunningProduct(db, locked.ispId, productId);
  if (!product) return { bound: false, reason: "wrong" };
  const needed = await placesNeeded(store, locked, productId);
  const free =
    codeId === null ? product.used + needed <= product.quota : await takeCode(store, locked, product, codeId);
  if (!free && !(await isBound(store, locked, { productId, codeId })))
    return { bound: false, reason: "quota" };
  await db`
    insert into filing_products (filing_id, product_id, isp_id, code_id, websites)
    values (${locked.id}, ${productId}, ${locked.ispId}, ${codeId}, ${codeId === null ? needed : Math.min(needed, 1)})
    on conflict do nothing`;
  if (TAKES_PLACES.includes(locked.kind)) await fillAccesses(store, locked, product);
  return { bound: true };
}

const websitesOf = async (store: Store, filing: Filing): Promise<number> =>
  (await sectionsOf(store, filing)).filter(({ kind }) => kind === "website").length;

const placesNeeded = async (store: Store, filing: Filing, productId?: number): Promise<number> => {
  if (TAKES_PLACES.includes(filing.kind)) return Math.max(1, await websitesOf(store, filing));
  return (await movesHere(store, filing, productId)) ? 1 : 0;
};

/** Whether a change of an access puts its website on a product that does not carry it yet. */
async function movesHere({ db }: Store, { kind, targetId, scope }: Filing, productId: number | undefined) {
  if (kind !== "change" || scope !== "access") return false;
  const [access] = await db<{ websiteId: number }[]>`select website_id from accesses where id = ${targetId}`;
  return !access || (await carrierOf(db, access.websiteId))?.productId !== productId;
}

/** The row of the code decides a race: one filing gets it. */
async function takeCode({ db }: Store, filing: Filing, product: Product, codeId: number): Promise<boolean> {
  const { count } = await db`
    update authorisation_codes set state = 'bound', updated_at = now()
    where id = ${codeId} and product_id = ${product.id} and state = 'open'
      and ${isFor(db, filing.accountId)}`;
  return count > 0;
}

/** A request that is sent again finds what it did. */
async function isBound({ db }: Store, filing: Filing, { productId, codeId }: Verified): Promise<boolean> {
  const [row] = await db`
    select 1 from filing_products where filing_id = ${filing.id} and product_id = ${productId}
      and code_id is not distinct from ${codeId} and state = 'open'`;
  return row !== undefined;
}

async function fillAccesses(store: Store, filing: Filing, product: Product): Promise<void> {
  const known: Values = {
    ips: product.ips,
    serverPlaces: product.serverPlace ? [product.serverPlace] : [],
    accessModes: product.accessMode ? [product.accessMode] : [],
  };
  for (const section of await sectionsOf(store, filing)) {
    if (section.kind !== "access") continue;
    const missing = Object.entries(known).filter(
      ([key, value]) => value.length > 0 && (section.values[key] ?? "").length === 0,
    );
    if (missing.length > 0)
      await save(store, filing, section, { ...section.values, ...Object.fromEntries(missing) });
  }
}

/**
 * Makes the product carry as many websites as the filing has now; false when it can't: then the caller rolls back what
 * added one. A filing that stands on no product is not asked. Codes carry one website each.
 */
export async function coverWebsites(store: Store, filing: Filing): Promise<boolean> {
  const { db } = store;
  const held = await db<{ id: number; productId: number; codeId: number | null; websites: number }[]>`
    select id, product_id, code_id, websites from filing_products
    where filing_id = ${filing.id} and state = 'open' order by id`;
  if (held.length === 0) return true;
  const codes = held.filter(({ codeId }) => codeId !== null).length;
  const needed = Math.max(0, (await placesNeeded(store, filing)) - codes);
  const direct = held.find(({ codeId }) => codeId === null);
  if (needed <= (direct?.websites ?? 0) && !direct) return true;
  const product = direct && (await lockRunningProduct(db, filing.ispId, direct.productId));
  if (!direct || !product) return needed <= (direct?.websites ?? 0);
  if (needed > direct.websites && product.used - direct.websites + needed > product.quota) return false;
  await db`update filing_products set websites = ${needed} where id = ${direct.id}`;
  if (needed > direct.websites) await fillAccesses(store, filing, product);
  return true;
}
