import { enqueue } from "../../jobs.ts";
import { derivedId } from "../../lib/ids.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { type Filing, filingKey, filingsById } from "../filing/rows.ts";
import { type Context, transition } from "../filing/transition.ts";
import type { RootStore, Store } from "../store.ts";
import { digestOf } from "./digest.ts";
import { type Files, putPicture, readPicture, removeFiles } from "./files.ts";
import { currentMaterials, type Material } from "./rows.ts";
import { changeableSlot, type Place } from "./slots.ts";

/**
 * A change of one slot. `requestId` is that of the page it was sent from, one for all its slots: the event's own id is
 * made of it and of what was done, so that the same picture sent twice counts once and another picture counts.
 */
export type Change = Place & { filingId: number; requestId: string };

/** Where a picture came from, when not from the form of its slot. */
export type Origin = {
  /** Goes into the event besides the place: ids only. */
  detail?: Record<string, unknown>;
  /** Further writes about the new picture, in its transaction; what it throws leaves nothing of it. */
  also?: (store: Store, materialId: number) => Promise<void>;
};

export type Upload = Change &
  Origin & {
    /** The picture as it came; its kind and size were checked by the caller. */
    bytes: Uint8Array;
    /** Quarter turns clockwise, besides the orientation that the picture itself names. */
    quarterTurns?: number;
    /** Percent cut off at the left, top, right and bottom, before it is turned. */
    crop?: [number, number, number, number];
    /** 签字日期 of the form, YYYY-MM-DD; null: none was given. Looked at for the slot `form` only. */
    formSignedOn?: string | null;
    /** Staff who take the photo at a 面签 do it by an action of their own. */
    action?: "change-material" | "take-photo";
  };

/**
 * Puts a picture into a slot in the place of what lay there. The bytes are safe before the row is; the row, the event
 * and the job are one transaction. Throws NotFound and TransitionRefused, and then nothing of the picture stays.
 */
export async function uploadMaterial(
  store: RootStore,
  files: Files,
  actor: Actor,
  upload: Upload,
): Promise<void> {
  const filing = await visibleFiling(store, actor, upload.filingId);
  const place = placeOf(await changeableSlot(store, filing, upload));
  const digest = digestOf(store.vault, upload.bytes);
  const belonging = { ispId: filing.ispId, filingId: filing.id, ...place };
  const file = await putPicture(files, filingKey(store, filing), belonging, "original", upload.bytes);
  let isKept = false;
  try {
    await change(store, actor, filing, { ...upload, ...place }, digest, async ({ store: inside }) => {
      await retire(inside, filing.id, place);
      await insert(inside, filing, { ...upload, ...place }, file, digest, actor);
      isKept = true;
    });
  } catch (error) {
    // After a failed commit nobody can say whether the row is there: the sweep decides later by the rows.
    if (!isKept) await removeFiles(files, [file]);
    throw error;
  }
  if (!isKept) await removeFiles(files, [file]);
}

/** Turns the picture of a slot by quarters: the same picture is put in anew and goes through the same job. */
export async function rotateMaterial(
  store: RootStore,
  files: Files,
  actor: Actor,
  { materialId, ...rest }: Change & { materialId: number; quarterTurns: number },
): Promise<void> {
  const filing = await visibleFiling(store, actor, rest.filingId);
  const material = (await currentMaterials(store.db, filing.id)).find(({ id }) => id === materialId);
  if (!material) throw new NotFound("no picture that could be turned");
  const bytes = await readPicture(files, filingKey(store, filing), material, "full");
  const upload = { ...rest, bytes, requestId: derivedId(rest.requestId, "turn", materialId) };
  await uploadMaterial(store, files, actor, { ...upload, formSignedOn: filing.formSignedOn });
}

/** Empties a slot; what was submitted with the picture stays known by its row. Throws as `uploadMaterial` does. */
export async function deleteMaterial(
  store: RootStore,
  actor: Actor,
  { materialId, ...rest }: Change & { materialId: number },
): Promise<void> {
  const filing = await visibleFiling(store, actor, rest.filingId);
  const place = placeOf(await changeableSlot(store, filing, rest));
  const act = { ...rest, ...place, requestId: derivedId(rest.requestId, "delete", materialId) };
  await change(store, actor, filing, act, null, async ({ store: inside }) => {
    await retire(inside, filing.id, place, materialId);
    if (place.slot === "form") await setFormSignedOn(inside, filing.id, null);
  });
}

/** Changes only the day on which the form was signed. */
export async function changeFormDate(
  store: RootStore,
  actor: Actor,
  { formSignedOn, ...rest }: Change & { formSignedOn: string },
): Promise<void> {
  const filing = await visibleFiling(store, actor, rest.filingId);
  const place = placeOf(await changeableSlot(store, filing, rest));
  const act = { ...rest, ...place, requestId: derivedId(rest.requestId, "form-date", formSignedOn) };
  await change(store, actor, filing, act, null, ({ store: inside }) =>
    setFormSignedOn(inside, filing.id, formSignedOn),
  );
}

const placeOf = ({ slot, sectionId }: Place): Place => ({ slot, sectionId });

/** The filing as this actor may see it; throws NotFound. */
export async function visibleFiling({ db }: RootStore, actor: Actor, id: number): Promise<Filing> {
  const filing = (await filingsById(db, actor, [id])).get(id);
  if (!filing) throw new NotFound(`no filing ${id} for this ${actor.kind}`);
  return filing;
}

async function change(
  store: RootStore,
  actor: Actor,
  filing: Filing,
  act: Change & Pick<Upload, "action" | "detail">,
  digest: Buffer | null,
  write: (context: Context) => Promise<void>,
): Promise<void> {
  const { slot, sectionId, requestId, action = "change-material" } = act;
  await transition(store, {
    filingId: filing.id,
    action,
    actor,
    requestId: derivedId(requestId, slot, sectionId, digest?.toString("hex") ?? ""),
    input: { detail: { slot, sectionId, digest: digest?.toString("hex") ?? null, ...act.detail } },
    within: async (context) => {
      // The rules are asked again under the lock: a section may have changed since, or the filing been submitted.
      await changeableSlot(context.store, context.filing, act);
      await write(context);
    },
  });
}

const retire = async (
  { db }: Store,
  filingId: number,
  { slot, sectionId }: Place,
  id?: number,
): Promise<void> => {
  await db`
    update materials set retired_at = now()
    where filing_id = ${filingId} and slot = ${slot} and section_id = ${sectionId} and retired_at is null
      and supplement_id is null ${id === undefined ? db`` : db`and id = ${id}`}`;
};

async function insert(
  store: Store,
  filing: Filing,
  upload: Upload,
  file: string,
  digest: Buffer,
  actor: Actor,
): Promise<void> {
  const [row] = await store.db<Pick<Material, "id">[]>`
    insert into materials (filing_id, isp_id, slot, section_id, original_file, original_bytes, quarter_turns, crop,
      digest, uploaded_by_staff)
    values (${filing.id}, ${filing.ispId}, ${upload.slot}, ${upload.sectionId}, ${file}, ${upload.bytes.byteLength},
      ${upload.quarterTurns ?? 0}, ${upload.crop ?? null}, ${digest}, ${actor.kind === "staff" ? actor.staffId : null})
    returning id`;
  if (!row) throw new Error("a picture was not written");
  await upload.also?.(store, row.id);
  if (upload.slot === "form") await setFormSignedOn(store, filing.id, upload.formSignedOn ?? null);
  await enqueue(store.db, "prepare-material", { materialId: row.id }, { key: `prepare-material:${row.id}` });
}

const setFormSignedOn = async ({ db }: Store, filingId: number, day: string | null): Promise<void> => {
  await db`update filings set form_signed_on = ${day} where id = ${filingId}`;
};
