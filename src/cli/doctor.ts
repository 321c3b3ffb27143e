import type { Command } from "commander";
import { examine } from "./examine.ts";
import { wantsJson, write } from "./output.ts";

/** `openbeian doctor`: one line for each thing that must be right. */
export const doctor = (program: Command): void => {
  program
    .command("doctor")
    .description(
      "check the settings, the database, keys, storage and the outside; exit code 1 when something is wrong",
    )
    .addHelpText("after", "\nExamples:\n  openbeian doctor\n  openbeian doctor --json")
    .action(async (_options: unknown, command: Command) => {
      const checks = await examine(process.env);
      if (wantsJson(command)) write(JSON.stringify(checks, null, 2));
      else for (const { state, name, text } of checks) write(`${MARKS[state]} ${name.padEnd(11)} ${text}`);
      if (checks.some(({ state }) => state === "wrong")) process.exitCode = 1;
    });
};

const MARKS = { right: "✔", note: "•", wrong: "✘" };
