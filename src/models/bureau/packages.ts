import type { Db } from "../../db/client.ts";
import { type Filing, filingColumns } from "../filing/rows.ts";
import { SUPPLEMENT } from "./operation-codes.ts";

export { SUPPLEMENT };

/**
 * `prepared` not sent yet · `sending` a call was begun and its answer is not recorded · `accepted` taken in by the bureau
 * · `failed` stopped, an operator looks · `settled` over · `void` never taken in, its number is free again
 */
export type PackageState = "prepared" | "sending" | "accepted" | "failed" | "settled" | "void";

/** A row of `bureau_packages`: one file sent, or to be sent, under one number. */
export type Package = {
  id: number;
  ispId: number;
  bureauId: number;
  filingId: number;
  sequence: number;
  /** Name of the XML in the zip, different for each package. */
  fileName: string;
  /** Czlx. */
  operation: number;
  /** Names by which an answer may mean it, see `labelsOf`. */
  about: string[];
  state: PackageState;
  /** The zip as sent, sealed under the filing's key. */
  file: string;
  contentHash: string;
  bytes: number;
  /** What the bureau answered last, or our own word for why it did not. */
  code: number | null;
  message: string | null;
  tries: number;
  createdAt: Date;
  sentAt: Date | null;
  acceptedAt: Date | null;
  settledAt: Date | null;
  /** The paper that it carries (单独提交核验材料). */
  supplementId: number | null;
  /** The 备案密码 was taken out of the kept file: it cannot be sent again. */
  blankedAt: Date | null;
};

const columns = (db: Db) => db`
  p.id, p.isp_id, p.bureau_id, p.filing_id, p.sequence, p.file_name, p.operation, p.about, p.state, p.file,
  p.content_hash, p.bytes, p.code, p.message, p.tries, p.created_at, p.sent_at, p.accepted_at, p.settled_at,
  p.supplement_id, p.blanked_at`;

export { columns as packageColumns };

/** Sealing context of a kept package. */
export const packageContext = (filing: { id: number; ispId: number }, fileName: string): string =>
  `isp:${filing.ispId}:filing:${filing.id}:package:${fileName}`;

/** The package that is next to be sent: the lowest number that is not answered yet. */
export async function packageToSend(db: Db, bureauId: number): Promise<Package | undefined> {
  const [row] = await db<Package[]>`
    select ${columns(db)} from bureau_packages p
    where p.bureau_id = ${bureauId} and p.state in ('prepared', 'sending') order by p.sequence limit 1`;
  return row;
}

/**
 * The filing that waits longest for this bureau; nothing about it or its subject is under way. `passed`: ids of filings
 * that have to wait for another.
 */
export async function filingToUpload(
  db: Db,
  bureauId: number,
  passed: readonly number[] = [],
): Promise<Filing | undefined> {
  const [row] = await db<Filing[]>`
    select ${filingColumns(db)} from filings f
    where f.isp_id = (select isp_id from isp_bureaus where id = ${bureauId}) and f.state = 'uploading'
      and f.bureau_id = ${bureauId} and not (f.id = any(${[...passed]}::bigint[])) and not exists (
      select 1 from bureau_packages p join filings o on o.id = p.filing_id
      where (o.id = f.id or o.subject_id = f.subject_id) and p.operation <> ${SUPPLEMENT}
        and p.state in ('prepared', 'sending', 'accepted'))
    order by f.state_since, f.id limit 1`;
  return row;
}

/** Whether a package about this subject, as `labelsOf` names it, is under way: the bureau takes one at a time. */
export async function isUnderWay(db: Db, bureauId: number, subject: string | null): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_packages where bureau_id = ${bureauId} and subject = ${subject}
      and state in ('prepared', 'sending', 'accepted') and operation <> ${SUPPLEMENT}`;
  return row !== undefined;
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

/** The newest package of a filing, supplements aside. */
export async function lastPackage(db: Db, filingId: number): Promise<Package | undefined> {
  const [row] = await db<Package[]>`
    select ${columns(db)} from bureau_packages p
    where p.filing_id = ${filingId} and p.operation <> ${SUPPLEMENT} order by p.id desc limit 1`;
  return row;
}

export const packagesOfFiling = (db: Db, filingId: number): Promise<Package[]> => db<Package[]>`
  select ${columns(db)} from bureau_packages p where p.filing_id = ${filingId} order by p.id`;

/** A call begins: written and committed before it, so that a crash is known as a call whose answer nobody saw. */
export async function markSending(db: Db, packageId: number): Promise<void> {
  await db`
    update bureau_packages set state = 'sending', tries = tries + 1, sent_at = coalesce(sent_at, now())
    where id = ${packageId} and state in ('prepared', 'sending')`;
}
