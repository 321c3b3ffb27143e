import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../src/config.ts";
import { connect } from "../src/db/client.ts";
import { enqueue } from "../src/jobs.ts";
import { createLog } from "../src/log.ts";
import { leave } from "../src/models/worker/heartbeat.ts";
import { openDeps, type WorkerDeps } from "./deps.ts";
import { startHeart } from "./heart.ts";
import { type Queue, startQueue } from "./queue.ts";
import { carried } from "./tasks/carried.ts";
import { createTasks } from "./tasks/index.ts";

/** Milliseconds: how long jobs under way may take to end when the worker stops. */
const GRACE = 6000;

/** Milliseconds between two looks at the bureaus in the demo; elsewhere the schedule asks once a minute. */
const DEMO_POLL = 5000;

/** Milliseconds until a queue that ended by itself is started again. */
const REST = 1000;

/**
 * The worker process: runs jobs, beats, keeps the schedule. Throws when the database cannot be reached at the start;
 * later it starts again by itself. `stop` waits for jobs under way for six seconds, then leaves them to others.
 */
export async function startWorker(config: Config): Promise<{ stop(): Promise<void> }> {
  const log = createLog({ level: config.logLevel, name: "worker" });
  const { deps, url, close } = openDeps(config, log);
  // The heartbeat has a connection of its own: a busy pool must not look like a dead worker.
  const beats = connect(url, { max: 1, name: "openbeian heartbeat" });
  const tasks = carried(createTasks(deps), config);
  let stopping = false;
  let queue: Queue = await startQueue(url, tasks, beats, log);

  const keepRunning = async (): Promise<void> => {
    while (!stopping) {
      await queue.ended.catch((error) => log.error({ err: error }, "the job queue ended"));
      if (stopping) return;
      await leave(beats, queue.beater.id).catch(() => undefined);
      await sleep(REST);
      queue = await startQueue(url, tasks, beats, log).catch((error) => failed(queue, error));
    }
  };
  await enqueue(deps.db, "fill-evidence", {}, { key: "fill-evidence" });
  const heart = startHeart(beats, () => queue.beater, log);
  const polling = pollInDemo(deps);
  void keepRunning();
  log.info({ pid: process.pid, worker: queue.beater.id }, "worker started");

  return {
    async stop() {
      stopping = true;
      clearInterval(polling);
      await Promise.race([queue.stop().catch(() => undefined), sleep(GRACE, undefined, { ref: false })]);
      await heart.stop();
      await leave(beats, queue.beater.id).catch(() => undefined);
      await Promise.all([close(), beats.end({ timeout: 1 })]);
      log.info("worker stopped");
    },
  };
}

/** A queue that could not start counts as one that ended at once. */
const failed = (queue: Queue, error: unknown): Queue => ({ ...queue, ended: Promise.reject(error) });

/** The job's key makes one of what several workers ask for. */
function pollInDemo({ config, db, log }: WorkerDeps): NodeJS.Timeout | undefined {
  if (!config.demo) return undefined;
  return setInterval(() => {
    enqueue(db, "poll-bureaus", {}, { key: "poll-bureaus", maxAttempts: 1 }).catch((error) =>
      log.warn({ err: error }, "the bureaus were not asked"),
    );
  }, DEMO_POLL);
}
