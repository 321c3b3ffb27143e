import type { Store } from "../store.ts";

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

/** The filing has its number: places and codes stay taken. */
export const spendProduct = (store: Store, filing: { id: number }): Promise<void> =>
  settle(store, filing, { binding: "spent", code: "spent" });
