import type { Command } from "commander";
import { type Downloaded, downloadFromBureau } from "../../worker/bureau/download.ts";
import { openDeps, type WorkerDeps } from "../../worker/deps.ts";
import { createLog } from "../log.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { type Bureau, bureausOf } from "../models/bureau/rows.ts";
import { problemSaid } from "./bureau-words.ts";
import { bureauOf } from "./find.ts";
import { CommandFailed, printRows, wantsJson, write } from "./output.ts";
import { type Store, withStore } from "./settings.ts";

/** Milliseconds to wait for a worker that talks to the same bureau. */
const PATIENCE = 30_000;

/** Runs `work` with what a worker has; nothing of it is logged. */
export async function withWorkerDeps<T>(
  { config }: Store,
  work: (deps: WorkerDeps) => Promise<T>,
): Promise<T> {
  const { deps, close } = openDeps(config, createLog({ level: "silent", name: "cli" }));
  try {
    return await work(deps);
  } finally {
    await close();
  }
}

async function pullOne(deps: WorkerDeps, bureau: Bureau, command: Command): Promise<Downloaded> {
  const progress = (step: string): void => {
    if (!wantsJson(command)) write(`${bureau.name}: ${step}`);
  };
  const done = await downloadFromBureau(
    deps,
    bureau.id,
    { progress, signal: undefined },
    { waitMs: PATIENCE },
  );
  return done ?? { files: 0, applied: 0, repeated: 0, parked: 0, problem: "somebody_else_at_it" };
}

const inWords = <T extends { problem: string | null }>(row: T) => ({
  ...row,
  problem: problemSaid(row.problem),
});

async function pull(id: string | undefined, _options: unknown, command: Command): Promise<void> {
  await withStore(async (store) => {
    const bureaus = id === undefined ? await bureausOf(store.db) : [await bureauOf(store.db, id)];
    const rows = await withWorkerDeps(store, async (deps) => {
      const all = [];
      for (const bureau of bureaus) {
        all.push({ id: bureau.id, bureau: bureau.name, ...(await pullOne(deps, bureau, command)) });
        await recordOperator(store.db, "pull-bureau", {
          ispId: bureau.ispId,
          detail: { bureauId: bureau.id },
        });
      }
      return all;
    });
    const columns = {
      id: "ID",
      bureau: "BUREAU",
      files: "FILES",
      applied: "APPLIED",
      repeated: "REPEATED",
      parked: "PARKED",
      problem: "PROBLEM",
    };
    printRows(command, wantsJson(command) ? rows : rows.map(inWords), columns);
    const failed = rows.filter(({ problem }) => problem !== null);
    if (failed.length > 0)
      throw new CommandFailed(
        `not everything could be fetched: ${failed.map((row) => `${row.bureau}: ${problemSaid(row.problem)}`).join("; ")}`,
      );
  });
}

export const pullCommand = (group: Command): void => {
  group
    .command("pull [id]")
    .description("fetch, store, apply and acknowledge the answers of one bureau or of all, now")
    .addHelpText("after", "\nExamples:\n  openbeian bureau pull\n  openbeian bureau pull 1 --json")
    .action(pull);
};
