import type { Ctx } from "../../middleware/env.ts";
import type { Filing } from "../../models/filing/rows.ts";
import type { Store } from "../../models/store.ts";
import { type Phone, phonesOf } from "./handover.ts";
import type { Card } from "./material-cards.ts";
import type { Group } from "./materials-page.ts";

/** A card with the ways to fill its slot besides the form: from a phone, and from the account's own certificates. */
export type FullCard = Card & { phone: Phone | null; shelf: null };

/** Adds to the cards of a page what belongs to the person who looks at it. */
export async function withExtras(
  c: Ctx,
  store: Store,
  filing: Filing,
  groups: readonly Group[],
): Promise<(Omit<Group, "cards"> & { cards: FullCard[] })[]> {
  const phoneOf = await phonesOf(c, store, filing);
  const full = (card: Card): FullCard => ({
    ...card,
    phone: card.mayChange ? phoneOf({ ...card, supplementId: null }) : null,
    shelf: null,
  });
  return groups.map((group) => ({ ...group, cards: group.cards.map(full) }));
}
