import type { Command } from "commander";
import { type JobState, jobStates, jobStats, listJobs, maybeJob } from "../models/worker/jobs.ts";
import { failCommand, retryCommand } from "./jobs-change.ts";
import { runCommand } from "./jobs-run.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printOne, printRows, wantsJson, write } from "./output.ts";
import { withStore } from "./settings.ts";

const columns = {
  id: "ID",
  task: "TASK",
  state: "STATE",
  runAt: "RUNS AT",
  tries: "TRIES",
  retriesLeft: "LEFT",
  lastError: "LAST ERROR",
};

function stateOf(text: string | undefined): JobState | undefined {
  const state = jobStates.find((one) => one === text);
  if (text !== undefined && !state) throw new CommandFailed(`--state must be one of ${jobStates.join(", ")}`);
  return state;
}

type ListOptions = { task?: string; state?: string; retriesLeft?: string; limit: string };

async function list(options: ListOptions, command: Command): Promise<void> {
  const state = stateOf(options.state);
  const filter = {
    limit: wholeNumber(options.limit, "--limit"),
    ...(options.task ? { task: options.task } : {}),
    ...(state ? { state } : {}),
    ...(options.retriesLeft ? { retriesLeft: wholeNumber(options.retriesLeft, "--retries-left") } : {}),
  };
  const jobs = await withStore(({ db }) => listJobs(db, filter));
  const rows = jobs.map((job) => ({
    ...job,
    tries: `${job.attempts}/${job.maxAttempts}`,
    retriesLeft: Math.max(0, job.maxAttempts - job.attempts),
  }));
  printRows(command, rows, columns);
}

const labels = {
  id: "id",
  task: "task",
  payload: "payload",
  state: "state",
  runAt: "runs at",
  attempts: "tries so far",
  maxAttempts: "tries at most",
  lastError: "last error",
  key: "key",
  queue: "queue",
  lockedBy: "locked by",
  lockedAt: "locked at",
  createdAt: "added at",
};

async function show(id: string, _options: unknown, command: Command): Promise<void> {
  const job = await withStore(({ db }) => maybeJob(db, wholeNumber(id, "the id")));
  if (!job) throw new CommandFailed(`there is no job ${id}: it is done, or never was`);
  if (wantsJson(command)) write(JSON.stringify(job, null, 2));
  else printOne(command, { ...job, payload: JSON.stringify(job.payload) }, labels);
}

async function stats(_options: unknown, command: Command): Promise<void> {
  const rows = await withStore(({ db }) => jobStats(db));
  const wait = (seconds: number | null) => (seconds === null ? null : Math.round(seconds));
  printRows(
    command,
    rows.map((row) => ({ ...row, oldestWait: wait(row.oldestWait) })),
    {
      task: "TASK",
      waiting: "WAITING",
      running: "RUNNING",
      failed: "FAILED",
      dead: "DEAD",
      oldestWait: "WAITS (S)",
    },
  );
}

/** `openbeian jobs …`: looks at the job queue and works on it. */
export const jobs = (program: Command): void => {
  const group = program
    .command("jobs")
    .description("look at the job queue, run a task now, try jobs again or give them up")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian jobs ls --state dead\n  openbeian jobs show 4711\n  openbeian jobs run sweep\n" +
        '  openbeian jobs run send-notice --payload \'{"noticeId": "…"}\'\n  openbeian jobs retry 4711 4712\n' +
        "  openbeian jobs stats --json",
    );
  group
    .command("ls")
    .description("jobs that wait, run, failed, or are dead; those that are done leave the queue")
    .option("--task <name>", "only jobs of this task")
    .option("--state <state>", `only jobs in this state: ${jobStates.join(", ")}`)
    .option("--retries-left <n>", "only jobs with at most so many tries left")
    .option("--limit <n>", "at most so many jobs", "100")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian jobs ls --task send-notice\n  openbeian jobs ls --retries-left 3 --json",
    )
    .action(list);
  group
    .command("show <id>")
    .description("one job with its payload and last error")
    .addHelpText("after", "\nExample:\n  openbeian jobs show 4711")
    .action(show);
  runCommand(group);
  retryCommand(group);
  failCommand(group);
  group
    .command("stats")
    .description("how many jobs of each task are in each state, and how long the oldest due one has waited")
    .addHelpText("after", "\nExample:\n  openbeian jobs stats")
    .action(stats);
};
