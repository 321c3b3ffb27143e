import { seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import { enqueue } from "../../jobs.ts";
import { derivedId } from "../../lib/ids.ts";
import type { Registrant } from "../actor.ts";
import { Conflict, NotFound } from "../errors.ts";
import { digestOf } from "../material/digest.ts";
import { type Files, removeFiles } from "../material/files.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type About, type CertificateCopy, certificateContext, ownRow, sealedAbout } from "./rows.ts";

/** Certificates of one account, and what their pictures may weigh together. */
export const MOST = 100;
export const MOST_BYTES = 300 * 1024 * 1024;

/** The account has as many certificates as it may. */
export class LibraryFull extends Error {
  override name = "LibraryFull";
}

/** Locks the account, so that two new certificates are counted one after the other; throws NotFound and LibraryFull. */
export async function lockLibrary(
  { db, vault }: Store,
  { accountId, ispId }: Registrant,
  more: { rows: number; bytes: number },
): Promise<DataKey> {
  const [account] = await db<{ dataKey: Buffer }[]>`
    select data_key from accounts where id = ${accountId} and isp_id = ${ispId} for no key update`;
  if (!account) throw new NotFound("no such account");
  const [sum] = await db<{ rows: number; bytes: number }[]>`
    select count(*) as rows, coalesce(sum(bytes), 0)::bigint as bytes from certificates where account_id = ${accountId}`;
  const { rows, bytes } = sum ?? { rows: 0, bytes: 0 };
  if (rows + more.rows > MOST || bytes + more.bytes > MOST_BYTES) throw new LibraryFull("no room for more");
  return vault.unwrap(account.dataKey);
}

export const nextId = async ({ db }: Store): Promise<number> => {
  const [next] = await db<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('certificates', 'id')) as id`;
  return next?.id ?? 0;
};

export type NewCertificate = About & { bytes: Uint8Array; requestId: string };

/**
 * Puts a picture into the library and gives its id; it waits for its job. The same form sent twice counts once. Throws
 * LibraryFull, and then nothing stays.
 */
export async function addCertificate(
  store: RootStore,
  files: Files,
  actor: Registrant,
  { bytes, requestId, ...about }: NewCertificate,
): Promise<number> {
  const { accountId, ispId } = actor;
  const once = derivedId(requestId, "certificate", digestOf(store.vault, bytes).toString("hex"));
  const put: string[] = [];
  try {
    return await inTransaction(store, async (inside) => {
      const key = await lockLibrary(inside, actor, { rows: 1, bytes: bytes.byteLength });
      const known = await knownAs(inside, actor, once);
      if (known !== undefined) return known;
      const id = await nextId(inside);
      const originalFile = await putCopy(files, key, { id, accountId }, "original", bytes);
      put.push(originalFile);
      const row = {
        id,
        ispId,
        accountId,
        ...sealedAbout(key, { id, accountId }, about),
        state: "processing",
      };
      await inside.db`
        insert into certificates ${inside.db({ ...row, originalFile, bytes: bytes.byteLength, requestId: once })}`;
      await prepareLater(inside, id);
      // After a failed commit nobody can say whether the row is there: the sweep decides later by the rows.
      put.splice(0);
      return id;
    });
  } catch (error) {
    await removeFiles(files, put);
    throw error;
  }
}

/** The certificate that a request has made already. */
export async function knownAs(
  { db }: Store,
  { accountId }: Registrant,
  requestId: string,
): Promise<number | undefined> {
  const [known] = await db<{ id: number }[]>`
    select id from certificates where account_id = ${accountId} and request_id = ${requestId}`;
  return known?.id;
}

/** Seals a copy under the account's key and stores it. */
export const putCopy = (
  files: Files,
  key: DataKey,
  row: { id: number; accountId: number },
  copy: CertificateCopy,
  bytes: Uint8Array,
): Promise<string> => files.put(seal(key, bytes, certificateContext(row, copy)));

const prepareLater = ({ db }: Store, certificateId: number): Promise<void> =>
  enqueue(db, "prepare-certificate", { certificateId }, { key: `prepare-certificate:${certificateId}` });

/** `seen`: the version that the page showed. */
export type Edit = About & { id: number; seen: number; bytes?: Uint8Array | undefined };

/**
 * Writes what its owner says, and with `bytes` a new picture in the place of the old. Filings that use it keep theirs.
 * Throws NotFound, LibraryFull, and Conflict when it was written elsewhere meanwhile.
 */
export async function editCertificate(
  store: RootStore,
  files: Files,
  actor: Registrant,
  { id, seen, bytes, ...about }: Edit,
): Promise<void> {
  const put: string[] = [];
  let old: string[] = [];
  try {
    old = await inTransaction(store, async (inside) => {
      const key = await lockLibrary(inside, actor, { rows: 0, bytes: bytes?.byteLength ?? 0 });
      const row = await ownRow(inside, actor, id);
      if (row.version !== seen) throw new Conflict("the certificate was changed elsewhere");
      if (bytes) put.push(await putCopy(files, key, row, "original", bytes));
      const day = about.validUntil === (row.validUntil ?? "") ? {} : { remindedOf: null };
      const words = { ...sealedAbout(key, row, about), version: seen + 1, ...day };
      await inside.db`update certificates set ${inside.db(words)} where id = ${id}`;
      const [original] = put.splice(0);
      return original ? replace(inside, row, original, bytes?.byteLength ?? 0) : [];
    });
  } catch (error) {
    await removeFiles(files, put);
    throw error;
  }
  await removeFiles(files, old);
}

type Named = {
  id: number;
  originalFile: string | null;
  fullFile: string | null;
  thumbnailFile: string | null;
};

const filesOf = ({ originalFile, fullFile, thumbnailFile }: Named): string[] =>
  [originalFile, fullFile, thumbnailFile].filter((file) => file !== null);

/** Names the new original and lets go of what lay there, whose ids it gives. What was used before is another picture. */
async function replace(store: Store, row: Named, originalFile: string, bytes: number): Promise<string[]> {
  await store.db`
    update certificates set state = 'processing', original_file = ${originalFile}, full_file = null,
      thumbnail_file = null, bytes = ${bytes}, picture_at = now() where id = ${row.id}`;
  await store.db`delete from certificate_uses where certificate_id = ${row.id}`;
  await prepareLater(store, row.id);
  return filesOf(row);
}

/** Takes a certificate out of the library; filings that use it keep their picture. Throws NotFound. */
export async function removeCertificate(
  store: RootStore,
  files: Files,
  actor: Registrant,
  id: number,
): Promise<void> {
  const old = await inTransaction(store, async (inside) => {
    await inside.db`select 1 from certificates where id = ${id} for update`;
    const row = await ownRow(inside, actor, id);
    await inside.db`delete from certificates where id = ${id}`;
    return filesOf(row);
  });
  await removeFiles(files, old);
}
