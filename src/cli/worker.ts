import type { Command } from "commander";
import { runPart } from "./part.ts";

/** `openbeian worker`: the background tasks. Any number may run on one database. */
export const worker = (program: Command): void => {
  program
    .command("worker")
    .description("run the background tasks (any number may run on one database)")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://… SECRET_KEYS=… openbeian worker")
    .action(() => runPart(async (settings) => (await import("../../worker/index.ts")).startWorker(settings)));
};
