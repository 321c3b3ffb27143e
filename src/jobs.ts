import type { Db } from "./db/client.ts";

/**
 * Names and payloads of all jobs. Payloads hold ids only: they outlive the code and must tell nothing about a person.
 * The queue runs a job at least once, so every task must bear to run twice.
 */
export type Jobs = {
  /** Sends one notice by mail or short message; makes the code first where the notice carries one. */
  "send-notice": { noticeId: string };
  /** Turns an uploaded picture into its three copies. */
  "prepare-material": { materialId: number };
  /** Reads a document on its picture, for comparison and as an offer. */
  "read-document": { materialId: number };
  /** Turns a picture of 证件管理 into its copies. */
  "prepare-certificate": { certificateId: number };
  /** Works off what waits for one bureau, in the order of its sequence numbers. */
  "submit-to-bureau": { bureauId: number };
  /** Fetches, stores, applies and acknowledges the answers of one bureau. */
  "download-from-bureau": { bureauId: number };
  /** Starts a download for every bureau that knows us, and wakes those for which something waits. */
  "poll-bureaus": Record<string, never>;
  /** Ends the 24 hours of the short-message check of one filing. */
  "end-sms-check": { filingId: number };
  /** Takes the 备案密码 out of the kept file of a package that is over. */
  "blank-package": { packageId: number };
  /** Asks a bureau again that gave no answer when a filing was opened (验证备案类型). */
  "recheck-type": { checkId: string };
  /** Makes the drafts of an uploaded table (批量备案). */
  "make-batch": { batchId: string };
  /** Tells the registrant of a 新增接入 that its access may be opened now. */
  "open-access": { filingId: number };
  /** Reminds the registrant of a 面签 on the day before. */
  "remind-appointment": { appointmentId: number };
  /** Reminds the registrant before the short-message check runs out. */
  "remind-sms-check": { filingId: number };
  /** Tells reviewers about filings that are due soon, and the supervisor about those overdue. */
  "remind-sla": Record<string, never>;
  /** Tells 上报 which inquiries of a bureau (核实任务) are due soon or overdue. */
  "remind-inquiries": Record<string, never>;
  /** Reminds of idle filings and closes those whose provider set a term. */
  "end-terms": Record<string, never>;
  /** Reminds before the provider ends an access, and files what is due where the provider lets it. */
  "end-terminations": Record<string, never>;
  /** Returns filings whose verification form is older than three months, after a reminder. */
  "expire-materials": Record<string, never>;
  /** Tells owners of papers in 证件管理 that end within 30 days. */
  "remind-certificates": Record<string, never>;
  /** Alarms about filings that were approved and got no number. */
  "miss-numbers": Record<string, never>;
  /** Makes up for the evidence of filings and records that are older than its table. */
  "fill-evidence": Record<string, never>;
  /** Tells the provider's own system about one event. */
  "send-hook": { deliveryId: number };
  /** Reminds 上报 of accesses that are not cut a day after their filing ended. */
  "remind-cuts": Record<string, never>;
  /** Removes lapsed accounts, dead sessions, spent codes, originals whose copies are safe, bytes without a row. */
  sweep: Record<string, never>;
  /** Folds the heads of all history chains of the day into one digest. */
  "anchor-history": Record<string, never>;
};

export type JobName = keyof Jobs;

export type JobOptions = {
  /** A job with this key replaces one that waits, so that a cause asked for twice runs once. */
  key?: string;
  runAt?: Date;
  maxAttempts?: number;
  /** Jobs of one queue run one after the other. */
  queue?: string;
  /** Lower runs first; 0 is usual. */
  priority?: number;
};

/** Adds a job in the transaction of `db`: it is there exactly when what it belongs to is. */
export async function enqueue<Name extends JobName>(
  db: Db,
  name: Name,
  payload: Jobs[Name],
  { key, runAt, maxAttempts = 25, queue, priority = 0 }: JobOptions = {},
): Promise<void> {
  await db`select graphile_worker.add_job(${name}, payload => ${db.json(payload)}::json, job_key => ${key ?? null},
    run_at => coalesce(${runAt ?? null}, now()), max_attempts => ${maxAttempts}, queue_name => ${queue ?? null},
    priority => ${priority})`;
}
