import { open, seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

/**
 * A file that comes in parts, after the shape of the IETF draft "Resumable Uploads for HTTP"
 * (draft-ietf-httpbis-resumable-upload): the sender asks how much is here and goes on from there. `holder` says whose it
 * is (`account:5`), `name` is made of the bytes by the sender, so that the same file chosen again goes on as well.
 */
export type Upload = { ispId: number; holder: string; name: string; size: number };

/** Largest part and largest file, in bytes; what one holder may have here at a time, declared sizes added up. */
export const MAX_PART = 192 * 1024;
const MAX_SIZE = 20 * 1024 * 1024;
const MAX_HELD = 64 * 1024 * 1024;

type Row = { id: number; size: number; received: number; dataKey: Buffer };

/** Whether the words of a request can name an upload at all. */
export const isUpload = ({ name, size }: Pick<Upload, "name" | "size">): boolean =>
  /^[0-9a-f]{16,64}$/.test(name) && Number.isSafeInteger(size) && size > 0 && size <= MAX_SIZE;

const tokenOf = ({ vault }: Store, { name, size }: Upload): Buffer =>
  vault.lookup("upload", `${name}:${size}`);

const contextOf = (id: number, start: number): string => `upload:${id}:${start}`;

async function find(store: Store, upload: Upload): Promise<Row | undefined> {
  const { ispId, holder } = upload;
  const [row] = await store.db<Row[]>`
    select id, size, received, data_key from uploads
    where isp_id = ${ispId} and holder = ${holder} and token = ${tokenOf(store, upload)} and expires_at > now()
    for update`;
  return row;
}

/** How many bytes of a file are here: where to go on. Nothing is here of a file that nobody began or that ran out. */
export const receivedOf = (store: RootStore, upload: Upload): Promise<number> =>
  inTransaction(store, async (inside) => (await find(inside, upload))?.received ?? 0);

/**
 * Takes the part that begins at `start` and gives how many bytes are here then. A part that does not begin where the
 * last one ended, or goes beyond the size that was named, changes nothing: the sender goes on from the answer.
 */
export const addPart = (
  store: RootStore,
  upload: Upload,
  start: number,
  bytes: Uint8Array,
): Promise<number> =>
  inTransaction(store, async (inside) => {
    if (start === 0) await begin(inside, upload);
    const row = await find(inside, upload);
    if (!row) return 0;
    const end = start + bytes.byteLength;
    if (start !== row.received || end > row.size || bytes.byteLength === 0 || bytes.byteLength > MAX_PART)
      return row.received;
    const sealed = seal(keyOf(inside, row), bytes, contextOf(row.id, start));
    await inside.db`insert into upload_parts (upload_id, start, bytes) values (${row.id}, ${start}, ${sealed})`;
    await inside.db`
      update uploads set received = ${end}, expires_at = now() + interval '24 hours' where id = ${row.id}`;
    return end;
  });

const keyOf = ({ vault }: Store, { dataKey }: Row): DataKey => vault.unwrap(dataKey);

/** Makes the row, and room for it: what ran out goes, then the oldest of this holder. */
async function begin(store: Store, upload: Upload): Promise<void> {
  const { ispId, holder, size } = upload;
  const token = tokenOf(store, upload);
  await store.db`
    delete from uploads where id in (
      select id from (
        select id, token, expires_at, sum(size) over (order by id desc) as held
        from uploads where isp_id = ${ispId} and holder = ${holder}) mine
      where expires_at <= now() or (token <> ${token} and held + ${size} > ${MAX_HELD}))`;
  await store.db`
    insert into uploads (isp_id, holder, token, size, data_key)
    values (${ispId}, ${holder}, ${token}, ${size}, ${store.vault.newDataKey().wrapped})
    on conflict on constraint upload_known do nothing`;
}

/** Lets go of all that came of holders who send nothing more. */
export const dropUploads = async (
  { db }: Store,
  ispId: number,
  holders: readonly string[],
): Promise<void> => {
  await db`delete from uploads where isp_id = ${ispId} and holder = any(${[...holders]})`;
};

/**
 * The bytes of a file that is here whole; undefined while a part is missing. It is kept ten minutes more: the form that
 * names it may be sent twice.
 */
export const takeUpload = (store: RootStore, upload: Upload): Promise<Buffer | undefined> =>
  inTransaction(store, async (inside) => {
    const row = await find(inside, upload);
    if (!row || row.received < row.size) return undefined;
    const parts = await inside.db<{ start: number; bytes: Buffer }[]>`
      select start, bytes from upload_parts where upload_id = ${row.id} order by start`;
    const key = keyOf(inside, row);
    await inside.db`
      update uploads set expires_at = least(expires_at, now() + interval '10 minutes') where id = ${row.id}`;
    return Buffer.concat(parts.map(({ start, bytes }) => open(key, bytes, contextOf(row.id, start))));
  });
