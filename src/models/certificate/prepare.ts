import { open } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { type Files, removeFiles } from "../material/files.ts";
import type { Store } from "../store.ts";
import { putCopy } from "./change.ts";
import { type CertificateRow, certificateColumns, certificateContext } from "./rows.ts";

/** A picture that waits for its copies: the original as it came, opened. */
export type Waiting = { row: CertificateRow; originalFile: string; original: Buffer };

/** Undefined when nothing waits: it is prepared, failed, or gone. */
export async function maybeWaiting(store: Store, files: Files, id: number): Promise<Waiting | undefined> {
  const { db, vault } = store;
  const [row] = await db<CertificateRow[]>`
    select ${certificateColumns(db)} from certificates c join accounts a on a.id = c.account_id
    where c.id = ${id} and c.state = 'processing' and c.original_file is not null`;
  if (!row?.originalFile) return undefined;
  const sealed = await files.get(row.originalFile);
  const original = open(vault.unwrap(row.dataKey), sealed, certificateContext(row, "original"));
  return { row, originalFile: row.originalFile, original };
}

/** Stores the copies and lets go of the original; false, and nothing of them stays, when the picture is wanted no more. */
export async function keepCopies(
  store: Store,
  files: Files,
  { row, originalFile }: Waiting,
  copies: { full: Buffer; thumbnail: Buffer },
): Promise<boolean> {
  const key = store.vault.unwrap(row.dataKey);
  const fullFile = await putCopy(files, key, row, "full", copies.full);
  const thumbnailFile = await putCopy(files, key, row, "thumbnail", copies.thumbnail);
  const bytes = copies.full.byteLength + copies.thumbnail.byteLength;
  const rows = await store.db`
    update certificates set state = 'ready', original_file = null, full_file = ${fullFile},
      thumbnail_file = ${thumbnailFile}, bytes = ${bytes}
    where id = ${row.id} and original_file = ${originalFile} returning id`;
  await removeFiles(files, rows.length > 0 ? [originalFile] : [fullFile, thumbnailFile]);
  return rows.length > 0;
}

/** No copies can be made of it; the original is let go. */
export async function failCopies({ db }: Store, files: Files, { row, originalFile }: Waiting): Promise<void> {
  const rows = await db`
    update certificates set state = 'failed', original_file = null, bytes = 0
    where id = ${row.id} and original_file = ${originalFile} returning id`;
  if (rows.length > 0) await removeFiles(files, [originalFile]);
}

/** Lets go of originals that nothing was made of in a day; their bytes go with the files that no row names. */
export const giveUpCertificates = async (db: Db): Promise<number> =>
  (
    await db`
      update certificates set original_file = null, bytes = 0,
        state = case when state = 'processing' then 'failed' else state end
      where original_file is not null and picture_at < now() - interval '24 hours'`
  ).count;
