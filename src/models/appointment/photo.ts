import type { Staff } from "../actor.ts";
import type { Filing } from "../filing/rows.ts";
import { transition } from "../filing/transition.ts";
import { uploadMaterial } from "../material/change.ts";
import type { Files } from "../material/files.ts";
import type { RootStore } from "../store.ts";

type Shot = { filingId: number; sectionId: number; bytes: Uint8Array; requestId: string };

/**
 * Row 11: the photo that the verifier took of whoever came, put into the slot `photo` of a website; the history and the
 * picture name who did it. Throws NotFound, TransitionRefused `not_met` before the person came.
 */
export const takePhoto = (store: RootStore, files: Files, actor: Staff, shot: Shot): Promise<void> =>
  uploadMaterial(store, files, actor, { ...shot, slot: "photo", action: "take-photo" });

/** Row 12: the verifier sends it to the verification for the registrant, who came and signed. */
export const submitOnSite = (
  store: RootStore,
  actor: Staff,
  { filingId, requestId }: { filingId: number; requestId: string },
): Promise<Filing> => transition(store, { filingId, action: "submit-on-site", actor, requestId });
