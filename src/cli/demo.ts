import { rmSync } from "node:fs";
import type { Command } from "commander";
import { recreateDatabase, runningEmbedded } from "../db/embedded.ts";
import { bringUpToDate } from "./bring-up.ts";
import { isEmpty, makeDemoData } from "./demo-data.ts";
import { CommandFailed, printResult } from "./output.ts";
import { loadSettings, type Settings, withDatabaseUrl } from "./settings.ts";

/** `openbeian demo`: the invented people and filings, without starting anything. */
export const demo = (program: Command): void => {
  program
    .command("demo")
    .description("fill an empty database with invented providers, people and filings of every kind and state")
    .option("--reset", "throw away everything in the embedded database and at the bureau simulator first")
    .option("--yes", "with --reset: yes, everything")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian demo\n  openbeian demo --reset --yes\n  DEMO=1 DATABASE_URL=postgres://… SECRET_KEYS=… openbeian demo",
    )
    .action(async ({ reset, yes }: { reset?: boolean; yes?: boolean }, command: Command) => {
      const settings = loadSettings();
      if (!settings.demo)
        throw new CommandFailed("this is no demo: set DEMO=1 on an installation that may hold invented data");
      if (reset && settings.databaseUrl)
        throw new CommandFailed("--reset is for the embedded database only: empty your own yourself");
      if (reset && !yes)
        throw new CommandFailed("--reset deletes every filing and picture row; say --yes as well");
      if (reset && (await runningEmbedded(settings.dataDir)))
        throw new CommandFailed("the installation is running: stop openbeian start first");
      await withDatabaseUrl(settings, async (url) => {
        if (reset) await forget(settings, url);
        await bringUpToDate(url);
        if (!(await isEmpty(url)))
          throw new CommandFailed(
            "the database holds data already; nothing was changed (--reset --yes starts over)",
          );
        await makeDemoData({ ...settings, databaseUrl: url });
      });
      printResult(command, { made: true }, "the demo's data is there: openbeian start");
    });
};

/** The bureau forgets with us: records and numbers of filings that are gone would stand in the way of new ones. */
export async function forget(settings: Pick<Settings, "dataDir">, url: string): Promise<void> {
  const { simulatorFolder } = await import("../simulator/options.ts");
  rmSync(simulatorFolder(settings), { recursive: true, force: true });
  await recreateDatabase(url);
}
