import { inTransaction, type RootStore, type Store } from "../store.ts";
import { enqueueBlanking } from "./blank.ts";
import type { Labels } from "./names.ts";
import { freeUnusedNumbers } from "./packages.ts";
import type { Bureau } from "./rows.ts";
import type { Owner, Waiting } from "./senders.ts";

/** A file that lies safe in the file store and waits for its row. */
export type Prepared = {
  fileName: string;
  sequence: number;
  file: string;
  dataKey: Buffer;
  contentHash: string;
  bytes: number;
};

/** One record of a file, in the order of the file. */
export type PreparedRequest = { kind: string; waiting: Waiting; labels: Labels; hasPassword: boolean };

/** Undoes the transaction: these are under way by now, so the file must be made without them. */
class Overtaken extends Error {
  readonly lost: readonly PreparedRequest[];
  constructor(lost: readonly PreparedRequest[]) {
    super("overtaken");
    this.lost = lost;
  }
}

/**
 * Writes the rows of a package whose file is safe, all of it or none. Gives what is not to be sent any more, or waits for
 * another of its subject: the file holds it, so nothing was written then.
 */
export async function insertPackage(
  root: RootStore,
  bureau: Bureau,
  ready: Prepared,
  requests: readonly PreparedRequest[],
): Promise<readonly PreparedRequest[]> {
  try {
    await inTransaction(root, (store) => insertAll(store, bureau, ready, requests));
    return [];
  } catch (error) {
    if (error instanceof Overtaken) return error.lost;
    throw error;
  }
}

async function insertAll(
  store: Store,
  bureau: Bureau,
  ready: Prepared,
  requests: readonly PreparedRequest[],
): Promise<void> {
  const { db } = store;
  const owners = await claimAll(store, requests);
  await enqueueBlanking(db, await freeUnusedNumbers(db, bureau.id));
  const [made] = await db<{ id: number }[]>`
    insert into bureau_packages (isp_id, bureau_id, sequence, file_name, file, data_key, content_hash, bytes)
    values (${bureau.ispId}, ${bureau.id}, ${ready.sequence}, ${ready.fileName}, ${ready.file}, ${ready.dataKey},
      ${ready.contentHash}, ${ready.bytes})
    returning id`;
  const { id: packageId = 0 } = made ?? {};
  const lost: PreparedRequest[] = [];
  for (const [at, request] of requests.entries()) {
    const { operation, about, subject } = request.labels;
    const place = { packageId, ispId: bureau.ispId, bureauId: bureau.id, position: at + 1 };
    const row = { ...place, kind: request.kind, operation, about, subject, hasPassword: request.hasPassword };
    const [written] = await db<{ id: number }[]>`
      insert into bureau_requests ${db({ ...row, ...owners.get(request) })} on conflict do nothing returning id`;
    if (written) await request.waiting.written?.(store, written.id);
    else lost.push(request);
  }
  if (lost.length > 0) throw new Overtaken(lost);
}

/** Locks in the order of ids, as two processes that lock many must. */
async function claimAll(
  store: Store,
  requests: readonly PreparedRequest[],
): Promise<Map<PreparedRequest, Owner>> {
  const owners = new Map<PreparedRequest, Owner>();
  const lost: PreparedRequest[] = [];
  for (const request of requests.toSorted((one, other) => one.waiting.id - other.waiting.id)) {
    const owner = await request.waiting.claim(store);
    if (owner) owners.set(request, owner);
    else lost.push(request);
  }
  if (lost.length > 0) throw new Overtaken(lost);
  return owners;
}
