import { derivedId } from "../../lib/ids.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { type Filing, filingKey } from "../filing/rows.ts";
import type { RootStore, Store } from "../store.ts";
import { type Change, uploadMaterial, visibleFiling } from "./change.ts";
import { type Files, readPicture } from "./files.ts";
import { currentMaterials, type Material } from "./rows.ts";
import { changeableSlot, type Place } from "./slots.ts";

/** The picture of a slot as it may be cropped now; throws NotFound where none is ready, TransitionRefused. */
export async function croppable(
  store: Store,
  filing: Filing,
  place: Place,
): Promise<{ material: Material; label: string }> {
  const slot = await changeableSlot(store, filing, place);
  const material = (await currentMaterials(store.db, filing.id)).find(
    (one) => one.slot === slot.slot && one.sectionId === slot.sectionId && one.state === "ready",
  );
  if (!material) throw new NotFound("no picture that could be cropped");
  return { material, label: slot.label };
}

/**
 * Cuts off the edges of a slot's picture, `crop` in percent at the left, top, right and bottom: made anew from the full
 * copy, through the same job as any picture.
 */
export async function cropMaterial(
  store: RootStore,
  files: Files,
  actor: Actor,
  { materialId, ...rest }: Change & { materialId: number; crop: [number, number, number, number] },
): Promise<void> {
  const filing = await visibleFiling(store, actor, rest.filingId);
  const { material } = await croppable(store, filing, rest);
  if (material.id !== materialId) throw new NotFound("another picture lies there by now");
  const bytes = await readPicture(files, filingKey(store, filing), material, "full");
  const requestId = derivedId(rest.requestId, "crop", materialId, rest.crop.join());
  await uploadMaterial(store, files, actor, { ...rest, bytes, requestId, formSignedOn: filing.formSignedOn });
}
