import type { Command } from "commander";
import { talkTo } from "../../worker/bureau/talk.ts";
import type { WorkerDeps } from "../../worker/deps.ts";
import { BureauCallFailed, messageAction, messageWords } from "../gateways/bureau/index.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { bureauAccount } from "../models/bureau/account.ts";
import { highestTaken, keptPackage } from "../models/bureau/packages.ts";
import { startBureau } from "../models/bureau/queue.ts";
import type { Bureau } from "../models/bureau/rows.ts";
import { withWorkerDeps } from "./bureau-pull.ts";
import { bureauOf } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printResult } from "./output.ts";
import { withStore } from "./settings.ts";

const PATIENCE = 30_000;

type Options = { sequence?: string; unasked?: boolean };

/** Asks the bureau for its last number; throws the sentence that says why it cannot be gone on with. */
async function lastNumberAt(deps: WorkerDeps, bureau: Bureau): Promise<{ sequence: number; hash: string }> {
  try {
    const previous = await deps.bureau.queryPreviousUpload(bureauAccount(deps, bureau));
    const action = messageAction(previous.code);
    if (action === "ok" || action === "empty") return previous;
    throw new CommandFailed(
      `the bureau answers ${previous.code}: ${previous.message || messageWords(previous.code)}`,
    );
  } catch (error) {
    if (!(error instanceof BureauCallFailed)) throw error;
    throw new CommandFailed(`the bureau does not answer (${error.reason}); --unasked starts it all the same`);
  }
}

/** The number to go on from: ours, or the one given, which must be what the bureau says it had last. */
async function agreedNumber(
  deps: WorkerDeps,
  bureau: Bureau,
  { sequence, unasked }: Options,
): Promise<number | undefined> {
  const given = sequence === undefined ? undefined : wholeNumber(sequence, "--sequence");
  const taken = await highestTaken(deps.db, bureau.id);
  if (given !== undefined && given < taken)
    throw new CommandFailed(
      `the numbers up to ${taken} are used: start with --unasked, and what the bureau lacks is sent again when it asks`,
    );
  if (unasked) return given;
  const there = await lastNumberAt(deps, bureau);
  if (there.sequence === (given ?? bureau.lastSequence)) return given;
  const kept = await keptPackage(deps.db, bureau.id, there.sequence);
  // A package whose receipt we did not record: the queue finds that out by itself.
  const unrecorded = there.sequence === bureau.lastSequence + 1 && kept?.contentHash === there.hash;
  if (given === undefined && unrecorded) return undefined;
  throw new CommandFailed(
    `the bureau's last number is ${there.sequence}, ours is ${bureau.lastSequence}: find out why, then start with ` +
      (there.sequence < taken
        ? "--unasked: what the bureau lacks is sent again when it asks"
        : `--sequence ${there.sequence}`),
  );
}

async function start(id: string, options: Options, command: Command): Promise<void> {
  await withStore(async (store) => {
    const bureau = await bureauOf(store.db, id);
    const done = await withWorkerDeps(store, (deps) =>
      talkTo(
        deps,
        bureau.id,
        async (talking) => {
          const sequence = await agreedNumber(talking, bureau, options);
          await startBureau(store.db, bureau.id, sequence);
          return true;
        },
        { waitMs: PATIENCE },
      ),
    );
    if (!done) throw new CommandFailed("a worker talks to this bureau just now; try again");
    await recordOperator(store.db, "start-bureau", {
      ispId: bureau.ispId,
      detail: { bureauId: bureau.id, reason: bureau.stoppedReason, sequence: options.sequence ?? null },
    });
    const sentence = bureau.stoppedAt
      ? `${bureau.name} goes on`
      : `${bureau.name} was not stopped; it is woken`;
    printResult(command, { id: bureau.id, started: true, wasStopped: bureau.stoppedAt !== null }, sentence);
  });
}

export const startCommand = (group: Command): void => {
  group
    .command("start <id>")
    .description("let the queue of a stopped bureau go on, after asking the bureau for its last number")
    .option("--sequence <n>", "go on after this number, which the bureau had last (after a restored backup)")
    .option("--unasked", "do not ask the bureau first")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian bureau start 1\n  openbeian bureau start 1 --sequence 512",
    )
    .action(start);
};
