import type { Filing } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { type Carrier, carrierOf, giveBack } from "./give-back.ts";

type Held = { id: number; codeId: number | null };

/** Ends what the filing holds of its products; the caller holds the filing's lock. */
async function settle(
  { db }: Store,
  filing: { id: number },
  to: { binding: "spent" | "freed"; code: "spent" | "open" },
): Promise<void> {
  const held = await db<Held[]>`
    update filing_products set state = ${to.binding}, settled_at = now()
    where filing_id = ${filing.id} and state = 'open' returning id, code_id`;
  const codes = held.flatMap(({ codeId }) => (codeId === null ? [] : [codeId]));
  if (codes.length > 0)
    await db`
      update authorisation_codes set state = ${to.code}, updated_at = now()
      where id = any(${codes}) and state = 'bound'`;
}

/** The filing is over without a number: its places are free again, and its codes may be used again. */
export const releaseProduct = (store: Store, filing: { id: number }): Promise<void> =>
  settle(store, filing, { binding: "freed", code: "open" });

/**
 * The filing has its number: places and codes stay taken. A change that took its website to another product gives back
 * the place that carried it before.
 */
export async function spendProduct(store: Store, filing: Settled): Promise<void> {
  const before = await leftBehind(store, filing);
  await settle(store, filing, { binding: "spent", code: "spent" });
  if (before) await giveBack(store.db, before);
}

type Settled = Pick<Filing, "id" | "kind" | "targetId">;

async function leftBehind({ db }: Store, { id, kind, targetId }: Settled): Promise<Carrier | undefined> {
  if (kind !== "change") return undefined;
  const [access] = await db<{ websiteId: number }[]>`
    select a.website_id from accesses a join filing_products b on b.filing_id = ${id}
    where a.id = ${targetId} and b.state = 'open' and b.websites > 0`;
  return access && carrierOf(db, access.websiteId);
}
