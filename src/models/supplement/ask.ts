import type { Staff } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { transition } from "../filing/transition.ts";
import { type Place, slotAt, slotsOf } from "../material/slots.ts";
import type { RootStore } from "../store.ts";
import { findSupplement } from "./decide.ts";
import { sealWords } from "./rows.ts";

type Act = { filingId: number; actor: Staff; requestId: string };

/** Row 34: staff ask for a paper while the filing is locked; the registrant is told. Throws NotFound for no slot of it. */
export async function askSupplement(
  store: RootStore,
  act: Act,
  { wish, ...place }: Place & { wish: string },
): Promise<void> {
  await transition(store, {
    ...act,
    action: "ask-supplement",
    input: { words: wish, detail: place },
    within: async (context) => {
      const { filing, actor } = context;
      const { slot, sectionId } = slotAt(await slotsOf(context.store, filing), place);
      await context.store.db`
        insert into supplements (filing_id, isp_id, state, slot, section_id, wish_sealed, asked_by)
        values (${filing.id}, ${filing.ispId}, 'wanted', ${slot}, ${sectionId},
          ${sealWords(context.store, filing, "wish", wish)}, ${actor.kind === "staff" ? actor.staffId : null})`;
    },
  });
}

/** Staff need it no more; what came meanwhile stays to be looked at. Throws NotFound for one of another provider. */
export async function dropSupplement(
  store: RootStore,
  { supplementId, ...act }: Omit<Act, "filingId"> & { supplementId: number },
): Promise<void> {
  const { filingId, slot } = await findSupplement(store, act.actor, supplementId);
  await transition(store, {
    ...act,
    filingId,
    action: "drop-supplement",
    input: { detail: { slot, supplement: supplementId } },
    within: async ({ store: { db } }) => {
      const rows = await db`
        update supplements set state = 'dropped', decided_at = now(), decided_by = ${act.actor.staffId}
        where id = ${supplementId} and state = 'wanted' returning id`;
      if (rows.length === 0) throw new TransitionRefused("drop-supplement", "supplement_settled");
    },
  });
}
