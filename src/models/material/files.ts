import { open, seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import { NotFound } from "../errors.ts";
import { type Belonging, type Copy, type Material, materialContext } from "./rows.ts";

/** Where pictures lie; what this model needs of the file store. */
export type Files = {
  put(bytes: Uint8Array): Promise<string>;
  get(fileId: string): Promise<Uint8Array>;
  remove(fileId: string): Promise<void>;
};

const columnOf = {
  original: "originalFile",
  full: "fullFile",
  bureau: "bureauFile",
  thumbnail: "thumbnailFile",
} as const satisfies Record<Copy, keyof Material>;

/** The id under which a copy lies, null when there is none. */
export const fileOf = (material: Material, copy: Copy): string | null => material[columnOf[copy]];

/** Seals a picture under the filing's key and stores it; gives the id under which it lies. */
export const putPicture = (
  files: Files,
  key: DataKey,
  place: Belonging,
  copy: Copy,
  bytes: Uint8Array,
): Promise<string> => files.put(seal(key, bytes, materialContext(place, copy)));

/** The bytes of a copy; throws NotFound when there is none, and when what lies there is not what was sealed. */
export async function readPicture(
  files: Files,
  key: DataKey,
  material: Material,
  copy: Copy,
): Promise<Buffer> {
  const file = fileOf(material, copy);
  if (file === null) throw new NotFound(`no ${copy} of picture ${material.id}`);
  return open(key, await files.get(file), materialContext(material, copy));
}

/** Takes files away that no row names any more. */
export async function removeFiles(files: Files, ids: readonly string[]): Promise<void> {
  for (const id of ids) await files.remove(id);
}
