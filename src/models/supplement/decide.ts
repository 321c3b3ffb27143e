import type { Staff } from "../actor.ts";
import { Forbidden, NotFound, TransitionRefused } from "../errors.ts";
import { wakeBureau } from "../filing/effects.ts";
import type { Filing } from "../filing/rows.ts";
import { openUpload } from "../filing/states.ts";
import { type Context, transition } from "../filing/transition.ts";
import { ispSettings } from "../isp/settings.ts";
import type { RootStore, Store } from "../store.ts";
import { type SupplementState, sealWords } from "./rows.ts";

type Act = { supplementId: number; actor: Staff; requestId: string };

type Locked = {
  id: number;
  filingId: number;
  slot: string;
  sectionId: number;
  state: SupplementState;
  takenBy: number | null;
  isTaken: boolean;
};

/** A supplement of the provider; throws NotFound for any other. */
export async function findSupplement(
  { db }: Pick<Store, "db">,
  { ispId }: Staff,
  id: number,
): Promise<Locked> {
  const [row] = await db<Locked[]>`
    select id, filing_id, slot, section_id, state, taken_by, coalesce(taken_until > now(), false) as is_taken
    from supplements where id = ${id} and isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no supplement ${id}`);
  return row;
}

/** Takes it for as long as a claim lasts; false when somebody else holds it or it is settled. */
export async function takeSupplement({ db }: RootStore, actor: Staff, id: number): Promise<boolean> {
  if (actor.roles.every((role) => role === "administrator" || role === "service"))
    throw new Forbidden("客服 see no pictures");
  await findSupplement({ db }, actor, id);
  const { claimMinutes } = await ispSettings(db, actor.ispId);
  const rows = await db`
    update supplements set taken_by = ${actor.staffId}, taken_until = now() + make_interval(mins => ${claimMinutes})
    where id = ${id} and isp_id = ${actor.ispId} and state in ('received', 'to_send')
      and (taken_until is null or taken_until < now() or taken_by = ${actor.staffId})
    returning id`;
  return rows.length > 0;
}

/**
 * Takes a supplement in: it goes into its slot where the filing is with us, or waits to be sent where the bureau has it.
 * Throws TransitionRefused when somebody else holds it or has decided.
 */
export const acceptSupplement = (store: RootStore, act: Act): Promise<Filing> =>
  decide(store, act, "accept-supplement", ["received"], "", async (context, one) => {
    const isOut = openUpload.includes(context.filing.state);
    if (!isOut) await intoSlot(context, one);
    await settle(context, one, isOut ? "to_send" : "checked", act.actor, null);
    if (isOut && context.filing.bureauId) await wakeBureau(context.store.db, context.filing.bureauId);
  });

/** Refuses it with a reason that the registrant reads. */
export const rejectSupplement = (store: RootStore, act: Act, reason: string): Promise<Filing> =>
  decide(store, act, "reject-supplement", ["received"], reason, ({ store: inside, filing }, one) =>
    settle({ store: inside }, one, "rejected", act.actor, sealWords(inside, filing, "answer", reason)),
  );

/** 已线下提交: the bureau has it on paper or over its own site. */
export const supplementSent = (store: RootStore, act: Act): Promise<Filing> =>
  decide(store, act, "send-supplement", ["to_send"], "", async ({ store: { db } }, { id }) => {
    await db`update supplements set state = 'sent', sent_at = now() where id = ${id}`;
  });

async function decide(
  store: RootStore,
  { supplementId, ...act }: Act,
  action: "accept-supplement" | "reject-supplement" | "send-supplement",
  from: readonly SupplementState[],
  words: string,
  write: (context: Context, one: Locked) => Promise<void>,
): Promise<Filing> {
  const { filingId, slot, sectionId } = await findSupplement(store, act.actor, supplementId);
  return transition(store, {
    ...act,
    filingId,
    action,
    input: { words, detail: { slot, sectionId, supplement: supplementId } },
    within: async (context) => {
      // The filing's lock is held: whoever comes second sees what the first did.
      const one = await findSupplement(context.store, act.actor, supplementId);
      if (!from.includes(one.state)) throw new TransitionRefused(action, "supplement_settled");
      if (one.isTaken && one.takenBy !== act.actor.staffId)
        throw new TransitionRefused(action, "claimed_by_other");
      await write(context, one);
    },
  });
}

async function settle(
  { store: { db } }: Pick<Context, "store">,
  { id }: Locked,
  state: SupplementState,
  actor: Staff,
  answer: Buffer | null,
): Promise<void> {
  await db`
    update supplements set state = ${state}, answer_sealed = ${answer}, decided_by = ${actor.staffId}, decided_at = now(),
      taken_until = null where id = ${id}`;
}

/** A copy of the row takes the place of what lies in the slot; the same files, so nothing is copied but names. */
async function intoSlot({ store: { db }, filing }: Context, { id, slot, sectionId }: Locked): Promise<void> {
  const [ready] = await db`
    select 1 from materials where supplement_id = ${id} and retired_at is null and state = 'ready'`;
  if (!ready) throw new TransitionRefused("accept-supplement", "materials_processing");
  const [lain] = await db`
    select 1 from materials where filing_id = ${filing.id} and slot = ${slot} and section_id = ${sectionId}
      and retired_at is null and supplement_id is null`;
  // 其他材料 may hold many papers: the first lies in the slot, the others beside it.
  if (lain && slot === "other") return;
  await db`
    update materials set retired_at = now() where filing_id = ${filing.id} and slot = ${slot}
      and section_id = ${sectionId} and retired_at is null and supplement_id is null`;
  await db`
    insert into materials (filing_id, isp_id, slot, section_id, state, full_file, bureau_file, thumbnail_file,
      original_bytes, bureau_bytes, width, height, quarter_turns, digest, uploaded_at, ready_at)
    select filing_id, isp_id, slot, section_id, state, full_file, bureau_file, thumbnail_file, original_bytes,
      bureau_bytes, width, height, quarter_turns, digest, uploaded_at, ready_at
    from materials where supplement_id = ${id} and retired_at is null`;
  if (slot === "form") await db`update filings set form_signed_on = null where id = ${filing.id}`;
}
