import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import type { PackageState } from "./packages.ts";
import { stuckBureaus, stuckWords } from "./stuck.ts";

/** A bureau as the console and the command line show it. */
export type BureauStatus = {
  id: number;
  ispId: number;
  isp: string;
  province: string;
  name: string;
  lastSequence: number;
  /** Filings that wait to be sent. */
  waiting: number;
  /** Packages the bureau took in and did not decide yet. */
  undecided: number;
  failed: number;
  parked: number;
  stoppedAt: Date | null;
  stoppedReason: string | null;
  resumeAt: Date | null;
  lastDownloadAt: Date | null;
  downloadFailures: number;
  downloadProblem: string | null;
  /** Why its queue is stuck, in words for staff; empty where it is not. */
  stuck: string[];
};

/** How every bureau of a provider (or of the installation) stands. */
export async function bureauStatuses(db: Db, ispId?: number): Promise<BureauStatus[]> {
  const [rows, stuck] = await Promise.all([statusRows(db, ispId), stuckBureaus(db, ispId)]);
  return rows.map((row) => ({
    ...row,
    stuck: stuck.filter(({ bureau }) => bureau.id === row.id).map(stuckWords),
  }));
}

const statusRows = (db: Db, ispId?: number) => db<Omit<BureauStatus, "stuck">[]>`
  select b.id, b.isp_id, i.slug as isp, b.province, b.name, b.last_sequence, b.stopped_at, b.stopped_reason, b.resume_at,
    b.last_download_at, b.download_failures, b.download_problem,
    (select count(*) from filings f
      where f.isp_id = b.isp_id and f.state = 'uploading' and f.bureau_id = b.id) as waiting,
    (select count(*) from filings f
      where f.isp_id = b.isp_id and f.state in ('sms_pending', 'at_bureau') and f.bureau_id = b.id) as undecided,
    (select count(*) from filings f
      where f.isp_id = b.isp_id and f.state = 'upload_failed' and f.bureau_id = b.id) as failed,
    (select count(*) from bureau_results r join bureau_answers a on a.id = r.answer_id
      where r.isp_id = b.isp_id and r.outcome = 'parked' and r.handled_at is null and a.bureau_id = b.id) as parked
  from isp_bureaus b join isps i on i.id = b.isp_id
  where ${ispId === undefined ? db`true` : db`b.isp_id = ${ispId}`}
  order by b.isp_id, b.is_default desc, b.province`;

/** A package with its first filing, for the list of the console. */
export type PackageEntry = {
  id: number;
  bureau: string;
  sequence: number;
  fileName: string;
  state: PackageState;
  bytes: number;
  code: number | null;
  message: string | null;
  tries: number;
  createdAt: Date;
  sentAt: Date | null;
  acceptedAt: Date | null;
  settledAt: Date | null;
  /** How many requests are in it. */
  requests: number;
  /** The first filing in it; null where there is none, as in a file of answers to the bureau. */
  filingId: number | null;
  filing: string | null;
  filingState: string | null;
  siteName: string | null;
  domain: string | null;
};

/** Packages of the reviewer's provider, newest first; `before` is the id where the page above ended. */
export const packagePage = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  { before, states, limit = 50 }: { before?: number; states?: readonly PackageState[]; limit?: number } = {},
): Promise<PackageEntry[]> => db<PackageEntry[]>`
  select p.id, b.name as bureau, p.sequence, p.file_name, p.state, p.bytes, p.code, p.message, p.tries, p.created_at,
    p.sent_at, p.accepted_at, p.settled_at, q.requests, f.id as filing_id, f.number as filing, f.state as filing_state,
    f.site_name, f.domain
  from bureau_packages p join isp_bureaus b on b.id = p.bureau_id
    cross join lateral (select count(*)::int as requests, min(filing_id) as filing_id
      from bureau_requests where package_id = p.id) q
    left join filings f on f.id = q.filing_id and f.isp_id = p.isp_id
  where p.isp_id = ${ispId} ${before ? db`and p.id < ${before}` : db``}
    ${states ? db`and p.state = any(${[...states]})` : db``}
  order by p.id desc limit ${limit}`;

/** Filings of the reviewer's provider whose upload failed, longest first, with what went wrong. */
export type FailedUpload = {
  id: number;
  number: string;
  siteName: string | null;
  bureau: string | null;
  bureauId: number | null;
  since: Date;
  code: string | null;
  message: string | null;
};

export const failedUploads = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  bureauId?: number,
): Promise<FailedUpload[]> => db<FailedUpload[]>`
  select f.id, f.number, f.site_name, b.name as bureau, f.bureau_id, f.state_since as since, e.detail ->> 'code' as code,
    e.detail ->> 'message' as message
  from filings f left join isp_bureaus b on b.id = f.bureau_id
    left join lateral (select detail from filing_events where filing_id = f.id and action = 'fail-upload'
      order by seq desc limit 1) e on true
  where f.isp_id = ${ispId} and f.state = 'upload_failed'
    ${bureauId === undefined ? db`` : db`and f.bureau_id = ${bureauId}`}
  order by f.state_since, f.id limit 200`;
