import { enqueue } from "../../jobs.ts";
import { derivedId } from "../../lib/ids.ts";
import type { Registrant } from "../actor.ts";
import { NotFound, TransitionRefused } from "../errors.ts";
import { type Filing, filingKey, filingsById } from "../filing/rows.ts";
import { type Context, transition } from "../filing/transition.ts";
import type { Origin } from "../material/change.ts";
import { digestOf } from "../material/digest.ts";
import { type Files, putPicture, removeFiles } from "../material/files.ts";
import { type Place, slotAt, slotsOf } from "../material/slots.ts";
import type { RootStore } from "../store.ts";
import { sealWords } from "./rows.ts";

export type Sent = Place &
  Origin & {
    filingId: number;
    requestId: string;
    /** The picture as it came; its kind and size were checked by the caller. */
    bytes: Uint8Array;
    note: string;
    /** The request of staff that it answers; undefined: sent unasked. */
    wanted?: number | undefined;
  };

/**
 * Row 34: a picture for a locked filing. It lies beside the slots and changes nothing of what is under review. The bytes
 * are safe before the row is; the same picture sent twice from one page counts once. Throws NotFound and
 * TransitionRefused, and then nothing of the picture stays.
 */
export async function sendSupplement(
  store: RootStore,
  files: Files,
  actor: Registrant,
  sent: Sent,
): Promise<void> {
  const filing = (await filingsById(store.db, actor, [sent.filingId])).get(sent.filingId);
  if (!filing) throw new NotFound(`no filing ${sent.filingId} for this account`);
  const { slot, sectionId } = slotAt(await slotsOf(store, filing), sent);
  const belonging = { ispId: filing.ispId, filingId: filing.id, slot, sectionId };
  const digest = digestOf(store.vault, sent.bytes);
  const file = await putPicture(files, filingKey(store, filing), belonging, "original", sent.bytes);
  let isKept = false;
  try {
    await transition(store, {
      ...{ filingId: filing.id, action: "supplement", actor },
      requestId: derivedId(sent.requestId, "supplement", slot, sectionId, digest.toString("hex")),
      input: { detail: { slot, sectionId, digest: digest.toString("hex"), ...sent.detail } },
      within: async (context) => {
        await insert(context, { ...sent, slot, sectionId }, file, digest);
        isKept = true;
      },
    });
  } catch (error) {
    // After a failed commit nobody can say whether the row is there: the sweep decides later by the rows.
    if (!isKept) await removeFiles(files, [file]);
    throw error;
  }
  if (!isKept) await removeFiles(files, [file]);
}

async function insert({ store, filing }: Context, sent: Sent, file: string, digest: Buffer): Promise<void> {
  const { db } = store;
  const supplement = sent.wanted ? await answered(store, filing, sent) : await added(store, filing, sent);
  await db`
    update materials set retired_at = now() where supplement_id = ${supplement} and retired_at is null`;
  const [row] = await db<{ id: number }[]>`
    insert into materials (filing_id, isp_id, slot, section_id, original_file, original_bytes, digest, supplement_id)
    values (${filing.id}, ${filing.ispId}, ${sent.slot}, ${sent.sectionId}, ${file}, ${sent.bytes.byteLength}, ${digest},
      ${supplement})
    returning id`;
  if (!row) throw new Error("a picture was not written");
  await sent.also?.(store, row.id);
  await enqueue(db, "prepare-material", { materialId: row.id }, { key: `prepare-material:${row.id}` });
}

async function added(store: Context["store"], filing: Filing, sent: Sent): Promise<number> {
  const [row] = await store.db<{ id: number }[]>`
    insert into supplements (filing_id, isp_id, state, slot, section_id, note_sealed, received_at)
    values (${filing.id}, ${filing.ispId}, 'received', ${sent.slot}, ${sent.sectionId},
      ${sealWords(store, filing, "note", sent.note)}, now())
    returning id`;
  return row?.id ?? 0;
}

/** What staff asked for; it can be sent once more as long as nobody has decided and its picture came to nothing. */
async function answered(store: Context["store"], filing: Filing, sent: Sent): Promise<number> {
  const [row] = await store.db<{ id: number }[]>`
    update supplements s set state = 'received', received_at = now(), taken_by = null, taken_until = null,
      note_sealed = ${sealWords(store, filing, "note", sent.note)}
    where s.id = ${sent.wanted ?? 0} and s.filing_id = ${filing.id} and s.slot = ${sent.slot}
      and s.section_id = ${sent.sectionId} and (s.state = 'wanted' or s.state = 'received' and exists (
        select 1 from materials m where m.supplement_id = s.id and m.retired_at is null and m.state = 'failed'))
    returning s.id`;
  if (!row) throw new TransitionRefused("supplement", "supplement_settled");
  return row.id;
}
