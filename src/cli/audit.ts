import type { Command } from "commander";
import { recordOperator } from "../models/audit/operator.ts";
import { type HistoryFault, verifyHistory } from "../models/audit/verify.ts";
import { CommandFailed, wantsJson, write } from "./output.ts";
import { withStore } from "./settings.ts";

const sentences: Record<HistoryFault["fault"], string> = {
  changed: "was changed after it was written",
  missing: "does not follow the one before it: events are missing or were put in",
  state: "is the last event, but the filing stands elsewhere",
  anchor: "the heads of that day are not as they were anchored",
};

const sentenceOf = (fault: HistoryFault): string =>
  fault.fault === "anchor"
    ? `${fault.day}: ${sentences.anchor}`
    : `${fault.filing}: event ${fault.seq ?? "(none)"} ${sentences[fault.fault]}`;

async function verify(_options: unknown, command: Command): Promise<void> {
  await withStore(async ({ db }) => {
    const { faults, ...counts } = await verifyHistory(db);
    await recordOperator(db, "verify-history", { detail: { ...counts, faults: faults.length } });
    if (wantsJson(command)) write(JSON.stringify({ ...counts, whole: faults.length === 0, faults }, null, 2));
    else for (const fault of faults) write(sentenceOf(fault));
    const read = `${counts.events} events of ${counts.filings} filings and ${counts.anchors} daily anchors`;
    if (faults.length > 0)
      throw new CommandFailed(`the history is broken in ${faults.length} places (${read} read)`);
    if (!wantsJson(command)) write(`the history is whole: ${read}`);
  });
}

/** `openbeian audit verify`: whether the history is as it was written. */
export const audit = (program: Command): void => {
  const group = program.command("audit").description("the history of the filings and the audit log");
  group
    .command("verify")
    .description(
      "check every chain of events, every filing's state and every daily anchor; exit code 1 when broken",
    )
    .addHelpText("after", "\nExamples:\n  openbeian audit verify\n  openbeian audit verify --json")
    .action(verify);
};
