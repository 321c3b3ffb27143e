import { hostname } from "node:os";
import { type JobHelpers, Logger, run, type TaskList } from "graphile-worker";
import type { Sql } from "../src/db/client.ts";
import type { JobName } from "../src/jobs.ts";
import { errorForLog, type Logger as Log } from "../src/log.ts";
import { type Beater, beat } from "../src/models/worker/heartbeat.ts";
import { cronItems } from "./schedule.ts";
import type { TaskHelpers, Tasks } from "./tasks/types.ts";

/** Jobs that one worker runs at a time. */
const CONCURRENCY = 4;

/** A running queue. `beater` names it to the heartbeat; `ended` settles when it stops, asked or not. */
export type Queue = { beater: Beater; stop(): Promise<void>; ended: Promise<void> };

/**
 * Takes jobs from the database at `url` and runs them. Its row among the workers is there before it takes its first
 * job, so that no job is ever locked by somebody unknown.
 */
export async function startQueue(url: string, tasks: Partial<Tasks>, beats: Sql, log: Log): Promise<Queue> {
  const beater: Beater = { id: "", host: hostname(), pid: process.pid };
  const plugin: GraphileConfig.Plugin = {
    name: "openbeian-heartbeat",
    version: "1.0.0",
    worker: {
      hooks: {
        async startWorker(_context, { worker }) {
          beater.id = worker.workerPool.id;
          await beat(beats, beater);
        },
      },
    },
  };
  const runner = await run(
    {
      connectionString: url,
      maxPoolSize: CONCURRENCY + 3,
      concurrency: CONCURRENCY,
      pollInterval: 1000,
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: 3000,
      logger: new Logger(() => (level, _message, meta) => queueLog(log, level, meta?.error)),
      preset: { plugins: [plugin] },
    },
    taskList(tasks, log),
    cronItems(Object.keys(tasks)),
  );
  return { beater, stop: () => runner.stop(), ended: runner.promise };
}

/** The queue's own sentences may repeat what failed: only the kind of error is kept. */
function queueLog(log: Log, level: string, error: unknown): void {
  if (level === "error" || level === "warning") log.warn({ err: error }, "the job queue reports a problem");
}

/** Each task with its name in the log and with errors that may be stored. */
function taskList(tasks: Partial<Tasks>, log: Log): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, guarded(name as JobName, task as AnyTask, log)]),
  );
}

type AnyTask = (payload: unknown, helpers: TaskHelpers) => Promise<void>;

const guarded = (name: JobName, task: AnyTask, log: Log) => async (payload: unknown, helpers: JobHelpers) => {
  const { id, attempts } = helpers.job;
  const started = performance.now();
  const fields = () => ({
    job: name,
    jobId: id,
    attempt: attempts,
    ms: Math.round(performance.now() - started),
  });
  try {
    await task(payload, { progress: () => undefined, attempt: attempts, signal: helpers.abortSignal });
    log.info(fields(), "job done");
  } catch (error) {
    log.warn({ ...fields(), err: error }, "job failed");
    throw new Error(storable(error));
  }
};

/** What the queue keeps of an error in its table: as in the log, no sentence that repeats what a person typed. */
export function storable(error: unknown): string {
  const { type, code, constraint_name: constraint, message } = errorForLog(error);
  return [type, code, constraint, message].filter(Boolean).join(" ");
}
