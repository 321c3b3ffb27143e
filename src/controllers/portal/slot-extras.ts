import type { Ctx } from "../../middleware/env.ts";
import { certificatesByMaterial } from "../../models/certificate/in-filings.ts";
import { isCertificateKind } from "../../models/certificate/kinds.ts";
import { hasCertificates } from "../../models/certificate/list.ts";
import type { Filing } from "../../models/filing/rows.ts";
import type { Store } from "../../models/store.ts";
import { writer } from "../desk.ts";
import { type Phone, phonesOf } from "./handover.ts";
import type { Card } from "./material-cards.ts";
import type { Group } from "./materials-page.ts";

/** 证件管理 at a slot: whether one may be chosen, whether its picture may be kept, where the kept one is. */
export type Shelf = { choose: boolean; keep: boolean; kept: string | null };

/** A card with the ways to fill its slot besides the form: from a phone, and from the account's own certificates. */
export type FullCard = Card & { phone: Phone | null; shelf: Shelf | null };

/** Adds to the cards of a page what belongs to the person who looks at it. */
export async function withExtras(
  c: Ctx,
  store: Store,
  filing: Filing,
  groups: readonly Group[],
): Promise<(Omit<Group, "cards"> & { cards: FullCard[] })[]> {
  const [phoneOf, shelfOf] = await Promise.all([phonesOf(c, store, filing), shelvesOf(c, store, filing)]);
  const full = (card: Card): FullCard => ({
    ...card,
    phone: card.mayChange ? phoneOf({ ...card, supplementId: null }) : null,
    shelf: shelfOf(card),
  });
  return groups.map((group) => ({ ...group, cards: group.cards.map(full) }));
}

/** Staff who write for somebody see nothing of their certificates. */
async function shelvesOf(c: Ctx, store: Store, filing: Filing): Promise<(card: Card) => Shelf | null> {
  const actor = writer(c);
  if (actor.kind === "staff") return () => null;
  const [any, kept] = await Promise.all([
    hasCertificates(store.db, actor),
    certificatesByMaterial(store, actor, filing.id),
  ]);
  return ({ slot, materialId, mayTurn }) => {
    if (!isCertificateKind(slot)) return null;
    const id = materialId === null ? undefined : kept.get(materialId);
    return { choose: any, keep: mayTurn, kept: id === undefined ? null : `/certificates/${id}` };
  };
}
