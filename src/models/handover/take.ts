import { LinkOver, NotFound, TransitionRefused } from "../errors.ts";
import { uploadMaterial } from "../material/change.ts";
import type { Files } from "../material/files.ts";
import type { RootStore, Store } from "../store.ts";
import { sendSupplement } from "../supplement/send.ts";
import type { Handover } from "./find.ts";

/** A picture from the phone; its kind and size were checked by the caller. */
export type Sent = { bytes: Uint8Array; formSignedOn: string | null; requestId: string };

/**
 * Puts a picture into the slot of a link, as an act of whoever made the link; the event names the link. Throws LinkOver,
 * and then nothing of the picture stays, when the link was ended or the filing went on while it was being sent.
 */
export async function takePicture(
  store: RootStore,
  files: Files,
  { id, actor, filing, slot, supplementId }: Handover,
  sent: Sent,
): Promise<void> {
  const change = {
    ...{ ...sent, filingId: filing.id, slot: slot.slot, sectionId: slot.sectionId, detail: { handover: id } },
    also: (inside: Store, materialId: number) => use(inside, id, materialId),
  };
  try {
    if (supplementId === null) await uploadMaterial(store, files, actor, change);
    else if (actor.kind === "registrant")
      await sendSupplement(store, files, actor, { ...change, note: "", wanted: supplementId });
    else throw new LinkOver("staff send no supplements");
  } catch (error) {
    if (error instanceof NotFound || error instanceof TransitionRefused)
      throw new LinkOver("the slot may not be filled any more");
    throw error;
  }
}

/** Asked under the link's own lock: whoever ends it meanwhile comes before this picture, or after it. */
async function use({ db }: Store, id: string, materialId: number): Promise<void> {
  const rows = await db`
    update handovers set used_at = now(), material_id = ${materialId}
    where id = ${id} and revoked_at is null returning id`;
  if (rows.length === 0) throw new LinkOver("the link was ended meanwhile");
}
