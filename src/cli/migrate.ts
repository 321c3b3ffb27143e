import type { Command } from "commander";
import { bringUpToDate } from "./bring-up.ts";
import { printResult } from "./output.ts";
import { loadSettings, withDatabaseUrl } from "./settings.ts";

/** `openbeian migrate`: brings the database up to date. */
export const migrate = (program: Command): void => {
  program
    .command("migrate")
    .description("bring the database up to date")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian migrate\n  DATABASE_URL=postgres://… SECRET_KEYS=… openbeian migrate --json",
    )
    .action(async (_options: unknown, command: Command) => {
      const ran = await withDatabaseUrl(loadSettings(), bringUpToDate);
      const sentence = ran.length > 0 ? `ran ${ran.join(", ")}` : "the database is up to date";
      printResult(command, { ran }, sentence);
    });
};
