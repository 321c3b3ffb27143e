import type { Command } from "commander";
import { type BureauStatus, bureauStatuses } from "../models/bureau/status.ts";
import { ackCommand } from "./bureau-ack.ts";
import { addCommand } from "./bureau-add.ts";
import { codesCommand } from "./bureau-codes.ts";
import { decodeCommand } from "./bureau-decode.ts";
import { pullCommand } from "./bureau-pull.ts";
import { reconcileCommand } from "./bureau-reconcile.ts";
import { startCommand } from "./bureau-start.ts";
import { submitCommands } from "./bureau-submit.ts";
import { problemSaid, stoppedBecause } from "./bureau-words.ts";
import { ispOf } from "./find.ts";
import { printRows, wantsJson, write } from "./output.ts";
import { withStore } from "./settings.ts";
import { simulator } from "./simulator.ts";

const columns = {
  id: "ID",
  isp: "ISP",
  name: "BUREAU",
  lastSequence: "SEQUENCE",
  waiting: "WAITING",
  undecided: "UNDECIDED",
  failed: "FAILED",
  parked: "PARKED",
  stopped: "STOPPED",
  lastDownloadAt: "LAST DOWNLOAD",
  downloadProblem: "PROBLEM",
  stuck: "STUCK",
};

/** What programs read as codes, for people. */
const wordsOf = ({ stoppedAt, stoppedReason, downloadProblem }: BureauStatus) => ({
  stopped: stoppedAt ? stoppedBecause(stoppedReason ?? "") : "",
  downloadProblem: problemSaid(downloadProblem),
});

async function status(options: { isp?: string }, command: Command): Promise<void> {
  const rows = await withStore(async ({ db }) =>
    bureauStatuses(db, options.isp ? (await ispOf(db, options.isp)).id : undefined),
  );
  printRows(
    command,
    rows.map((row) => ({
      ...row,
      stopped: row.stoppedAt ? `code ${row.stoppedReason}` : "",
      ...(wantsJson(command) ? {} : wordsOf(row)),
      stuck: wantsJson(command) ? row.stuck.join("; ") : row.stuck.length > 0 ? "yes" : "",
    })),
    columns,
  );
  if (wantsJson(command)) return;
  for (const { id, name, stuck } of rows) for (const words of stuck) write(`\n${name} (${id}): ${words}`);
}

/** `openbeian bureau …`: the bureaus (管局) that the providers report to. */
export const bureau = (program: Command): void => {
  const group = program
    .command("bureau")
    .description("bureaus (管局): how they stand, fetch answers now, let a stopped one go on")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian bureau status\n  openbeian bureau pull\n  openbeian bureau start 1\n",
    );
  group
    .command("status")
    .description("last number, what waits, what is stopped, the last download of every bureau")
    .option("--isp <slug>", "only those of one provider")
    .addHelpText("after", "\nExample:\n  openbeian bureau status --json")
    .action(status);
  pullCommand(group);
  ackCommand(group);
  submitCommands(group);
  reconcileCommand(group);
  startCommand(group);
  addCommand(group);
  codesCommand(group);
  simulator(group);
  decodeCommand(group);
};
