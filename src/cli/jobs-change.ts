import type { Command } from "commander";
import type { Db } from "../db/client.ts";
import { failJobs, retryJobs } from "../models/worker/jobs.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printResult } from "./output.ts";
import { withStore } from "./settings.ts";

type Change = (db: Db, ids: number[]) => Promise<number[]>;

/** Changes the jobs named; those that run now, are done or never were are named in the error, exit code 1. */
async function change(texts: string[], command: Command, word: string, apply: Change): Promise<void> {
  const ids = texts.map((text) => wholeNumber(text, "an id"));
  const changed = await withStore(({ db }) => apply(db, ids));
  const left = ids.filter((id) => !changed.includes(id));
  printResult(command, { changed, left }, `${changed.length} of ${ids.length} jobs ${word}`);
  if (left.length > 0)
    throw new CommandFailed(`not changed, because they run now, are done or never were: ${left.join(", ")}`);
}

export const retryCommand = (group: Command): void => {
  group
    .command("retry <id...>")
    .description("give jobs all their tries again and let them run now")
    .addHelpText("after", "\nExample:\n  openbeian jobs retry 4711 4712")
    .action((ids: string[], _options: unknown, command: Command) =>
      change(ids, command, "will run again", retryJobs),
    );
};

export const failCommand = (group: Command): void => {
  group
    .command("fail <id...>")
    .description("give jobs up: they stay in the queue as dead and can be tried again")
    .option("--reason <text>", "what to note as their last error", "given up by an operator")
    .addHelpText("after", '\nExample:\n  openbeian jobs fail 4711 --reason "the provider has left"')
    .action((ids: string[], { reason }: { reason: string }, command: Command) =>
      change(ids, command, "given up", (db, all) => failJobs(db, all, reason)),
    );
};
