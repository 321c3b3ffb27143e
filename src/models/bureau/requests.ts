import type { Db } from "../../db/client.ts";
import type { Package, PackageState } from "./packages.ts";
import { packageColumns } from "./packages.ts";

/** `open` on its way or at the bureau · `failed` its file did not get through · `settled` over · `void` never taken in */
export type RequestState = "open" | "failed" | "settled" | "void";

/** A row of `bureau_requests`: one thing in a package that an answer is matched with. */
export type Request = {
  id: number;
  packageId: number;
  ispId: number;
  bureauId: number;
  /** Place in the file, from 1. */
  position: number;
  /** Which sender it is of, see `senders.ts`. */
  kind: string;
  filingId: number | null;
  supplementId: number | null;
  inquiryId: number | null;
  unfiledSiteId: number | null;
  /** Czlx. */
  operation: number;
  /** Names by which an answer may mean it, see `labelsOf`. */
  about: string[];
  subject: string | null;
  state: RequestState;
  hasPassword: boolean;
  /** What follows from the receipt of its file was done. */
  acceptedAt: Date | null;
  settledAt: Date | null;
};

/** A request with the file that it went in. */
export type Sent = Request & {
  sequence: number;
  fileName: string;
  packageState: PackageState;
  /** When the bureau's receipt of the file was known. */
  takenAt: Date | null;
  /** When the file was made. */
  createdAt: Date;
};

const columns = (db: Db) => db`
  r.id, r.package_id, r.isp_id, r.bureau_id, r.position, r.kind, r.filing_id, r.supplement_id, r.inquiry_id,
  r.unfiled_site_id, r.operation, r.about, r.subject, r.state, r.has_password, r.accepted_at, r.settled_at`;

/** Columns of `Sent`, from `bureau_requests r join bureau_packages p`. */
export const sentColumns = (db: Db) => db`
  ${columns(db)}, p.sequence, p.file_name, p.state as package_state, p.accepted_at as taken_at, p.created_at`;

/** Requests that decide about a filing; papers (35) and answers to the bureau (0) go beside them. */
export const isUpload = (db: Db) => db`r.operation not in (0, 35)`;

/** Everything in a package, in the order of the file. */
export const requestsOfPackage = (db: Db, packageId: number): Promise<Sent[]> => db<Sent[]>`
  select ${sentColumns(db)} from bureau_requests r join bureau_packages p on p.id = r.package_id
  where r.package_id = ${packageId} order by r.position`;

/** A package as it went for one filing: `state` is the package's until the filing's own part of it is over. */
export type FilingPackage = Package & Pick<Request, "operation" | "about" | "kind"> & { requestId: number };

/** Packages that carry something of a filing, oldest first. */
export const packagesOfFiling = (db: Db, filingId: number): Promise<FilingPackage[]> => db<FilingPackage[]>`
  select ${packageColumns(db)}, case when r.state = 'open' then p.state else r.state end as state, r.operation, r.about,
    r.kind, r.id as request_id
  from bureau_requests r join bureau_packages p on p.id = r.package_id
  where r.filing_id = ${filingId} order by r.id`;

/** The newest upload of a filing. */
export async function lastUpload(db: Db, filingId: number): Promise<Sent | undefined> {
  const [row] = await db<Sent[]>`
    select ${sentColumns(db)} from bureau_requests r join bureau_packages p on p.id = r.package_id
    where r.filing_id = ${filingId} and ${isUpload(db)} order by r.id desc limit 1`;
  return row;
}

/** When the files of a filing's uploads were made, oldest first; those whose number was given back do not count. */
export const uploadsOfFiling = (db: Db, filingId: number): Promise<Sent[]> => db<Sent[]>`
  select ${sentColumns(db)} from bureau_requests r join bureau_packages p on p.id = r.package_id
  where r.filing_id = ${filingId} and ${isUpload(db)} and r.state <> 'void' order by r.id`;

/** Whether a filing was uploaded again after this request. */
export async function isFollowed(db: Db, { id, filingId }: Pick<Sent, "id" | "filingId">): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_requests r
    where r.filing_id = ${filingId} and r.id > ${id} and ${isUpload(db)} and r.state <> 'void' limit 1`;
  return row !== undefined;
}

/** Whether a request about this subject, as `labelsOf` names it, is under way: the bureau takes one at a time. */
export async function isUnderWay(db: Db, bureauId: number, subject: string | null): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_requests r
    where r.bureau_id = ${bureauId} and r.subject = ${subject} and r.state = 'open' and ${isUpload(db)}`;
  return row !== undefined;
}

/** Requests of a bureau whose file is known to be in or to have failed, and for which nothing followed yet. */
export const unfinishedRequests = (db: Db, bureauId: number): Promise<Sent[]> => db<Sent[]>`
  select ${sentColumns(db)} from bureau_requests r join bureau_packages p on p.id = r.package_id
  where r.bureau_id = ${bureauId} and r.state = 'open'
    and (p.state = 'failed' or (p.accepted_at is not null and r.accepted_at is null))
  order by p.sequence, r.position`;
