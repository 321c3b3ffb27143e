import { open } from "../../crypto/seal.ts";
import type { Registrant } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Files } from "../material/files.ts";
import type { Store } from "../store.ts";
import { certificateContext, ownRow } from "./rows.ts";

/** The bytes of a copy for the owner of the certificate; throws NotFound for everybody else, and where there is none. */
export async function openCertificate(
  store: Store,
  files: Files,
  actor: Registrant,
  { id, copy }: { id: number; copy: "full" | "thumbnail" },
): Promise<Buffer> {
  const row = await ownRow(store, actor, id);
  const file = copy === "full" ? row.fullFile : row.thumbnailFile;
  if (file === null) throw new NotFound(`no ${copy} of certificate ${id}`);
  return open(store.vault.unwrap(row.dataKey), await files.get(file), certificateContext(row, copy));
}
