import type { Command } from "commander";
import { openDeps } from "../../worker/deps.ts";
import { createTasks } from "../../worker/tasks/index.ts";
import type { TaskHelpers } from "../../worker/tasks/types.ts";
import { createLog } from "../log.ts";
import { CommandFailed, printResult, wantsJson, write } from "./output.ts";
import { withStore } from "./settings.ts";

type AnyTask = (payload: unknown, helpers: TaskHelpers) => Promise<void>;

function payloadOf(text: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(text);
    if (typeof payload === "object" && payload !== null && !Array.isArray(payload))
      return payload as Record<string, unknown>;
  } catch {
    // said below, in one sentence for both faults
  }
  throw new CommandFailed("--payload must be a JSON object");
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(2)} s`;

/** Runs a task here and now, outside the queue; its steps are written as they come. */
async function runNow(name: string, options: { payload: string }, command: Command): Promise<void> {
  const payload = payloadOf(options.payload);
  await withStore(async ({ config }) => {
    const { deps, close } = openDeps(config, createLog({ level: "silent", name: "cli" }));
    try {
      const tasks = createTasks(deps) as Record<string, AnyTask>;
      const task = tasks[name];
      if (!task)
        throw new CommandFailed(
          `there is no task ${name}; there are: ${Object.keys(tasks).sort().join(", ")}`,
        );
      await watched(name, task, payload, command);
    } finally {
      await close();
    }
  });
}

async function watched(name: string, task: AnyTask, payload: unknown, command: Command): Promise<void> {
  const started = performance.now();
  const steps: string[] = [];
  const progress = (step: string): void => {
    steps.push(step);
    if (!wantsJson(command)) write(`${seconds(started).padStart(8)}  ${step}`);
  };
  if (!wantsJson(command)) write(`running ${name}`);
  try {
    await task(payload, { progress, attempt: 1, signal: undefined });
  } catch (error) {
    throw new CommandFailed(`${name} failed after ${seconds(started)}: ${(error as Error).message}`);
  }
  const ms = Math.round(performance.now() - started);
  printResult(command, { task: name, outcome: "done", ms, steps }, `${name} done in ${seconds(started)}`);
}

export const runCommand = (group: Command): void => {
  group
    .command("run <task>")
    .description("run a task now in this process, beside the queue, and show how it goes")
    .option("--payload <json>", "what the task is to work on", "{}")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian jobs run sweep\n  openbeian jobs run download-from-bureau --payload '{\"bureauId\": 1}'",
    )
    .action(runNow);
};
