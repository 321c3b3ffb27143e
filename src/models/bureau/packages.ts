import type { DataKey, Vault } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { filingContext } from "../filing/rows.ts";

/**
 * `prepared` not sent yet · `sending` a call was begun and its answer is not recorded · `accepted` taken in by the bureau
 * · `failed` stopped, an operator looks · `settled` all in it is over · `void` never taken in, its number is free again
 */
export type PackageState = "prepared" | "sending" | "accepted" | "failed" | "settled" | "void";

/** A row of `bureau_packages`: one file sent, or to be sent, under one number. What is in it: see `requests.ts`. */
export type Package = {
  id: number;
  ispId: number;
  bureauId: number;
  sequence: number;
  /** Name of the XML in the zip, different for each package. */
  fileName: string;
  state: PackageState;
  /** The zip as sent, sealed under the package's own key. */
  file: string;
  dataKey: Buffer;
  /** Id of the filing in whose context a package of former versions is sealed. */
  sealedFor: number | null;
  contentHash: string;
  bytes: number;
  /** What the bureau answered last, or our own word for why it did not. */
  code: number | null;
  message: string | null;
  tries: number;
  createdAt: Date;
  sentAt: Date | null;
  /** When the bureau's receipt was known. */
  acceptedAt: Date | null;
  settledAt: Date | null;
  /** Why it failed: a code of the bureau or a word of ours. */
  failure: string | null;
  failedAt: Date | null;
  /** The 备案密码 was taken out of the kept file: it cannot be sent again. */
  blankedAt: Date | null;
};

const columns = (db: Db) => db`
  p.id, p.isp_id, p.bureau_id, p.sequence, p.file_name, p.state, p.file, p.data_key, p.sealed_for, p.content_hash,
  p.bytes, p.code, p.message, p.tries, p.created_at, p.sent_at, p.accepted_at, p.settled_at, p.failure, p.failed_at,
  p.blanked_at`;

export { columns as packageColumns };

type Sealed = Pick<Package, "ispId" | "bureauId" | "fileName"> & { sealedFor?: number | null };

/** Sealing context of a kept package. */
export const packageContext = ({ ispId, bureauId, fileName, sealedFor }: Sealed): string =>
  sealedFor
    ? filingContext({ id: sealedFor, ispId }, `package:${fileName}`)
    : `isp:${ispId}:bureau:${bureauId}:package:${fileName}`;

/** The key under which the file of a package lies. */
export const packageKey = ({ vault }: { vault: Vault }, { dataKey }: Pick<Package, "dataKey">): DataKey =>
  vault.unwrap(dataKey);

/** The package that is next to be sent: the lowest number that is not answered yet. */
export async function packageToSend(db: Db, bureauId: number): Promise<Package | undefined> {
  const [row] = await db<Package[]>`
    select ${columns(db)} from bureau_packages p
    where p.bureau_id = ${bureauId} and p.state in ('prepared', 'sending') order by p.sequence limit 1`;
  return row;
}

/** A package of a provider by its id. */
export async function maybePackage(db: Db, id: number): Promise<Package | undefined> {
  const [row] = await db<Package[]>`select ${columns(db)} from bureau_packages p where p.id = ${id}`;
  return row;
}

/** The package that was kept under a number; the bureau may ask for it again. */
export async function keptPackage(db: Db, bureauId: number, sequence: number): Promise<Package | undefined> {
  const [row] = await db<Package[]>`
    select ${columns(db)} from bureau_packages p
    where p.bureau_id = ${bureauId} and p.sequence = ${sequence} and p.state <> 'void'`;
  return row;
}

/** The highest number that a bureau has ever taken in from us; 0 before the first. */
export async function highestTaken(db: Db, bureauId: number): Promise<number> {
  const [row] = await db<{ sequence: number | null }[]>`
    select max(sequence) as sequence from bureau_packages where bureau_id = ${bureauId} and accepted_at is not null`;
  return row?.sequence ?? 0;
}

/** A call begins: written and committed before it, so that a crash is known as a call whose answer nobody saw. */
export async function markSending(db: Db, packageId: number): Promise<void> {
  await db`
    update bureau_packages set state = 'sending', tries = tries + 1, sent_at = coalesce(sent_at, now())
    where id = ${packageId} and state in ('prepared', 'sending')`;
}

/** The number counts as used, whatever became of the package; a settled one stays settled. */
export async function markTaken(db: Db, packageId: number): Promise<void> {
  const [row] = await db<{ bureauId: number; sequence: number }[]>`
    update bureau_packages set state = case when state in ('prepared', 'sending') then 'accepted' else state end,
      accepted_at = coalesce(accepted_at, now()), code = 0
    where id = ${packageId} returning bureau_id, sequence`;
  if (!row) return;
  await db`
    update isp_bureaus set last_sequence = greatest(last_sequence, ${row.sequence}) where id = ${row.bureauId}`;
}

/** A failed package that the bureau never took in holds a number that the next one needs: no gap may arise. */
export async function freeUnusedNumbers(db: Db, bureauId: number): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    update bureau_packages set state = 'void', settled_at = now()
    where bureau_id = ${bureauId} and state = 'failed' and accepted_at is null returning id`;
  const ids = rows.map(({ id }) => id);
  await db`
    update bureau_requests set state = 'void', settled_at = now()
    where package_id = any(${ids}) and state in ('open', 'failed')`;
  return ids;
}
