import { joinPictures } from "../../src/documents/join-pictures.ts";
import { turnedHash } from "../../src/documents/perceptual-hash.ts";
import { type PreparedPicture, preparePicture } from "../../src/documents/picture.ts";
import { isPictureProblem, type PictureProblem } from "../../src/documents/picture-problem.ts";
import { sameDetails } from "../../src/documents/same-details.ts";
import { type Files, putPicture, readPicture, removeFiles } from "../../src/models/material/files.ts";
import { alikeByPrint, isCompared, type Likeness } from "../../src/models/material/likeness.ts";
import {
  abandonOriginal,
  maybeUnprepared,
  recordCopies,
  recordFailure,
  type Unprepared,
} from "../../src/models/material/prepare.ts";
import type { Material } from "../../src/models/material/rows.ts";
import { sidesOf } from "../../src/models/material/sides.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

type Deps = Pick<WorkerDeps, "db" | "vault"> & { files: Files };

/**
 * Turns an uploaded picture into its three copies. The copies are safe before the row names them, and the original is
 * removed after the row has let go of it: whenever this stops, the next run or the sweep goes on, and no picture is lost.
 */
export const prepareMaterial =
  (deps: Deps): Task<"prepare-material"> =>
  async ({ materialId }, { progress }) => {
    const waiting = await maybeUnprepared(deps, materialId);
    if (!waiting) return progress(await forget(deps, materialId));
    const prepared = await copiesOf(deps, waiting).catch((error) => unlessSettled(deps, materialId, error));
    if (!prepared) return progress("another run was faster");
    const settled = isPictureProblem(prepared)
      ? await recordFailure(deps, materialId, prepared.code)
      : await keep(deps, waiting, prepared);
    // Another run was faster, or the picture was replaced meanwhile.
    if (!settled) return progress(await forget(deps, materialId));
    await removeFiles(deps.files, [waiting.originalFile]);
    progress(isPictureProblem(prepared) ? `no picture: ${prepared.code}` : `${prepared.bureau.length} bytes`);
  };

/** Another run may have finished and removed the original while this one was about to read it: then all is well. */
async function unlessSettled(deps: Deps, materialId: number, error: unknown): Promise<undefined> {
  if (await maybeUnprepared(deps, materialId)) throw error;
}

/** Replaced or deleted before its turn: only its original is left to remove. */
async function forget(deps: Deps, materialId: number): Promise<string> {
  const original = await abandonOriginal(deps, materialId);
  if (original) await removeFiles(deps.files, [original]);
  return original ? "its original was removed" : "nothing to prepare";
}

async function copiesOf({ files }: Deps, waiting: Unprepared): Promise<PreparedPicture | PictureProblem> {
  const { material, key, limitBytes } = waiting;
  const original = await readPicture(files, key, material, "original");
  const [front = original, back] = sidesOf(original);
  const picture = back ? await joinPictures(front, back) : front;
  if (isPictureProblem(picture)) return picture;
  const { quarterTurns, crop } = material;
  return preparePicture(picture, { limitBytes, quarterTurns, crop: crop ?? undefined });
}

/** Stores the copies and names them in the row; false, and nothing of them stays, when the row wants them no more. */
async function keep(
  { files, ...store }: Deps,
  waiting: Unprepared,
  prepared: PreparedPicture,
): Promise<boolean> {
  const { material, key } = waiting;
  const likeness = isCompared(material)
    ? await likenessOf({ files, ...store }, material, prepared)
    : undefined;
  const put = (copy: "full" | "bureau" | "thumbnail") =>
    putPicture(files, key, material, copy, prepared[copy]);
  const copies = {
    fullFile: await put("full"),
    bureauFile: await put("bureau"),
    thumbnailFile: await put("thumbnail"),
    bureauBytes: prepared.bureau.length,
    width: prepared.width,
    height: prepared.height,
    faults: prepared.faults,
  };
  const isKept = await recordCopies(store, material.id, copies, likeness);
  if (!isKept) await removeFiles(files, [copies.fullFile, copies.bureauFile, copies.thumbnailFile]);
  return isKept;
}

/** Looks for the same picture in other filings of the provider, whichever way it was turned there. */
async function likenessOf(
  { files, ...store }: Deps,
  material: Material,
  { print, thumbnail }: PreparedPicture,
): Promise<Likeness> {
  const sameAs = new Set<number>();
  for (let [turns, hash] = [0, print]; turns < 4; [turns, hash] = [turns + 1, turnedHash(hash)])
    for (const { material: other, key } of await alikeByPrint(store, material, hash)) {
      // Its file may be gone by now: then there is nothing to compare.
      const bytes = await readPicture(files, key, other, "thumbnail").catch(() => undefined);
      if (bytes && (await sameDetails(bytes, thumbnail, turns))) sameAs.add(other.id);
    }
  return { print, sameAs: [...sameAs] };
}
