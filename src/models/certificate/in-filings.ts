import { isoDate } from "../../lib/dates.ts";
import { derivedId } from "../../lib/ids.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import { isValidity } from "../../vocabulary/validity.ts";
import type { Registrant } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { type Filing, filingKey } from "../filing/rows.ts";
import { sectionsOf } from "../filing/sections.ts";
import { type Change, uploadMaterial } from "../material/change.ts";
import { type Files, readPicture, removeFiles } from "../material/files.ts";
import { currentMaterials, type Material } from "../material/rows.ts";
import type { Place } from "../material/slots.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { knownAs, lockLibrary, nextId, putCopy } from "./change.ts";
import { isCertificateKind } from "./kinds.ts";
import { termOf } from "./list.ts";
import { openCertificate } from "./opening.ts";
import { type About, opened, ownRow, sealedAbout } from "./rows.ts";

/**
 * 选择证件: puts the picture of a certificate into a slot of the owner's filing. The bytes are sealed anew under the
 * filing's key and go through the same job as any upload. Throws NotFound for a certificate that is not there, not ready
 * or over, and for a slot that takes none; TransitionRefused as `uploadMaterial` does.
 */
export async function useCertificate(
  store: RootStore,
  files: Files,
  actor: Registrant,
  { certificateId, ...change }: Change & { certificateId: number },
): Promise<void> {
  if (!isCertificateKind(change.slot)) throw new NotFound("this slot takes no picture that was used before");
  const row = await ownRow(store, actor, certificateId);
  if (row.state !== "ready" || termOf(opened(store, row), isoDate(new Date())) === "over")
    throw new NotFound("this certificate cannot be used");
  const bytes = await openCertificate(store, files, actor, { id: certificateId, copy: "full" });
  await uploadMaterial(store, files, actor, {
    ...change,
    bytes,
    detail: { certificate: certificateId },
    also: (inside, materialId) => recordUse(inside, certificateId, materialId),
  });
}

/** It may have been taken out of the library in this very moment: the filing has its picture all the same. */
const recordUse = async ({ db }: Store, certificateId: number, materialId: number): Promise<void> => {
  await db`
    insert into certificate_uses (certificate_id, material_id)
    select id, ${materialId}::bigint from certificates where id = ${certificateId} for key share on conflict do nothing`;
};

/** The certificates that the pictures of a filing belong to, by the picture's id: only those of the actor. */
export async function certificatesByMaterial(
  { db }: Store,
  { accountId }: Registrant,
  filingId: number,
): Promise<Map<number, number>> {
  const rows = await db<{ materialId: number; certificateId: number }[]>`
    select u.material_id, max(u.certificate_id) as certificate_id
    from certificate_uses u join materials m on m.id = u.material_id
      join certificates c on c.id = u.certificate_id and c.account_id = ${accountId}
    where m.filing_id = ${filingId} group by u.material_id`;
  return new Map(rows.map(({ materialId, certificateId }) => [materialId, certificateId]));
}

export type Keeping = Place & { filing: Filing; requestId: string };

/**
 * 存入证件管理: makes a certificate of a picture that is ready in a slot, with what the filing says of it, and gives its
 * id. A picture that belongs to one already gives that one. Throws NotFound and LibraryFull, and then nothing stays.
 */
export async function keepMaterial(
  store: RootStore,
  files: Files,
  actor: Registrant,
  { filing, requestId, ...place }: Keeping,
): Promise<number> {
  const material = await readyIn(store, filing, place);
  const [full, thumbnail, about] = await Promise.all([
    readPicture(files, filingKey(store, filing), material, "full"),
    readPicture(files, filingKey(store, filing), material, "thumbnail"),
    aboutOf(store, filing, place),
  ]);
  const once = derivedId(requestId, "keep", material.id);
  const put: string[] = [];
  try {
    return await inTransaction(store, async (inside) => {
      const bytes = full.byteLength + thumbnail.byteLength;
      const key = await lockLibrary(inside, actor, { rows: 1, bytes });
      const known =
        (await certificatesByMaterial(inside, actor, filing.id)).get(material.id) ??
        (await knownAs(inside, actor, once));
      if (known !== undefined) return known;
      const row = { id: await nextId(inside), accountId: actor.accountId };
      for (const [copy, of] of [
        ["full", full],
        ["thumbnail", thumbnail],
      ] as const)
        put.push(await putCopy(files, key, row, copy, of));
      const [fullFile, thumbnailFile] = put.splice(0);
      const columns = { ...row, ispId: actor.ispId, ...sealedAbout(key, row, about), state: "ready", bytes };
      await inside.db`
        insert into certificates ${inside.db({ ...columns, fullFile, thumbnailFile, requestId: once })}`;
      await recordUse(inside, row.id, material.id);
      return row.id;
    });
  } catch (error) {
    await removeFiles(files, put);
    throw error;
  }
}

async function readyIn({ db }: Store, filing: Filing, { slot, sectionId }: Place): Promise<Material> {
  if (!isCertificateKind(slot)) throw new NotFound("a picture for one filing alone");
  const material = (await currentMaterials(db, filing.id)).find(
    (one) => one.slot === slot && one.sectionId === sectionId,
  );
  if (material?.state !== "ready") throw new NotFound("no picture that is ready");
  return material;
}

/** Fields that say whose paper a slot holds, and until when. */
const fields: Record<string, { holder: string; until: string }> = {
  certificate: { holder: "name", until: "certValidUntil" },
  leader: { holder: "person", until: "idValidUntil" },
  siteLeader: { holder: "leaderName", until: "leaderIdValidUntil" },
};

/** What the filing says of the paper in a slot; its owner may change it. */
async function aboutOf(store: Store, filing: Filing, { slot, sectionId }: Place): Promise<About> {
  const section = (await sectionsOf(store, filing)).find(({ id }) => id === sectionId);
  const named = fields[slot];
  const holder = named && section ? textOf(section.values, named.holder) : "";
  const until = named && section ? textOf(section.values, named.until) : "";
  return { kind: slot, note: "", holder, validUntil: isValidity(until) ? until : "" };
}
