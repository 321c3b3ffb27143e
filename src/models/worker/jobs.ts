import type { Db } from "../../db/client.ts";

/**
 * waiting: not tried yet; running: a worker has it; failed: tried and waits for its next try; dead: no try is left.
 */
export const jobStates = ["waiting", "running", "failed", "dead"] as const;
export type JobState = (typeof jobStates)[number];

/** A job of the queue; the payload holds ids only. */
export type JobRow = {
  id: number;
  task: string;
  state: JobState;
  runAt: Date;
  attempts: number;
  maxAttempts: number;
  key: string | null;
  queue: string | null;
  lastError: string | null;
  lockedBy: string | null;
  lockedAt: Date | null;
  createdAt: Date;
};

export type JobFilter = { task?: string; state?: JobState; retriesLeft?: number; limit?: number };

/** The state as an expression over the queue's documented view `graphile_worker.jobs`. */
const state = (db: Db) => db`
  case when j.locked_at is not null then 'running'
    when j.attempts >= j.max_attempts then 'dead'
    when j.attempts > 0 and j.last_error is not null then 'failed'
    else 'waiting' end`;

const columns = (db: Db) => db`
  j.id, j.task_identifier as task, ${state(db)} as state, j.run_at, j.attempts, j.max_attempts, j.key,
  j.queue_name as queue, j.last_error, j.locked_by, j.locked_at, j.created_at`;

/** Jobs in the order in which they run; `retriesLeft`: those with at most so many tries left. */
export const listJobs = (
  db: Db,
  { task, state: wanted, retriesLeft, limit = 100 }: JobFilter = {},
): Promise<JobRow[]> =>
  db<JobRow[]>`
    select ${columns(db)} from graphile_worker.jobs j
    where true
      ${task === undefined ? db`` : db`and j.task_identifier = ${task}`}
      ${wanted === undefined ? db`` : db`and ${state(db)} = ${wanted}`}
      ${retriesLeft === undefined ? db`` : db`and j.max_attempts - j.attempts <= ${retriesLeft}`}
    order by j.priority, j.run_at, j.id limit ${limit}`;

/** One job with its payload, which the queue's view leaves out; undefined when it is done or never was. */
export async function maybeJob(db: Db, id: number): Promise<(JobRow & { payload: unknown }) | undefined> {
  const [job] = await db<(JobRow & { payload: unknown })[]>`
    select ${columns(db)}, p.payload from graphile_worker.jobs j
    join graphile_worker._private_jobs p on p.id = j.id where j.id = ${id}`;
  return job;
}

/** Gives the jobs all their tries again and lets them run now; those that run already are left alone. Gives the ids. */
export async function retryJobs(db: Db, ids: readonly number[]): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select id from graphile_worker.reschedule_jobs(${[...ids]}::bigint[], run_at => now(), attempts => 0)`;
  await db`select pg_notify('jobs:insert', ${JSON.stringify({ count: rows.length })})`;
  return rows.map(({ id }) => id);
}

/** Takes the jobs out of use: no try is left, the row stays to be looked at. Gives the ids. */
export async function failJobs(db: Db, ids: readonly number[], reason: string): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select id from graphile_worker.permanently_fail_jobs(${[...ids]}::bigint[], ${reason})`;
  return rows.map(({ id }) => id);
}

export type JobStats = { task: string; oldestWait: number | null } & Record<JobState, number>;

/** Jobs by task and state; `oldestWait` is how many seconds the oldest due job has waited. */
export const jobStats = (db: Db): Promise<JobStats[]> => db<JobStats[]>`
  select task,
    count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'running') as running,
    count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'dead') as dead,
    extract(epoch from now() - min(run_at) filter (where state in ('waiting', 'failed') and run_at <= now()))::float8
      as oldest_wait
  from (select j.task_identifier as task, ${state(db)} as state, j.run_at from graphile_worker.jobs j) as jobs
  group by task order by task`;
