import type { Command } from "commander";
import { uploadKept } from "../../worker/bureau/resend.ts";
import { submitToBureau } from "../../worker/bureau/submit.ts";
import { talkTo } from "../../worker/bureau/talk.ts";
import { BureauCallFailed, messageAction, messageWords } from "../gateways/bureau/index.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { bureauAccount } from "../models/bureau/account.ts";
import { keptPackage, type Package } from "../models/bureau/packages.ts";
import { bureausOf } from "../models/bureau/rows.ts";
import { bureauStatuses } from "../models/bureau/status.ts";
import { withWorkerDeps } from "./bureau-pull.ts";
import { bureauOf } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printResult, printRows, wantsJson, write } from "./output.ts";
import { type Store, withStore } from "./settings.ts";

/** Milliseconds to wait for a worker that talks to the same bureau. */
const PATIENCE = 30_000;

async function submit(id: string | undefined, _options: unknown, command: Command): Promise<void> {
  await withStore(async (store) => {
    const bureaus = id === undefined ? await bureausOf(store.db) : [await bureauOf(store.db, id)];
    await withWorkerDeps(store, async (deps) => {
      for (const bureau of bureaus) {
        const progress = (step: string): void => {
          if (!wantsJson(command)) write(`${bureau.name}: ${step}`);
        };
        await submitToBureau(deps, bureau.id, { progress, signal: undefined });
        await recordOperator(store.db, "submit-to-bureau", {
          ispId: bureau.ispId,
          detail: { bureauId: bureau.id },
        });
      }
    });
    const ids = new Set(bureaus.map((bureau) => bureau.id));
    const left = (await bureauStatuses(store.db)).filter((row) => ids.has(row.id));
    const rows = left.map(({ id: bureauId, name, lastSequence, waiting, stoppedReason }) => ({
      ...{ id: bureauId, bureau: name, lastSequence, waiting, stopped: stoppedReason },
    }));
    const columns = { bureau: "BUREAU", lastSequence: "SEQUENCE", waiting: "WAITING", stopped: "STOPPED" };
    printRows(command, rows, columns);
  });
}

/** The package of a number that the bureau took in once; anything else is the queue's to send. */
async function takenPackage({ db }: Store, bureauId: number, sequence: string): Promise<Package> {
  const number = wholeNumber(sequence, "the sequence number");
  const kept = await keptPackage(db, bureauId, number);
  if (!kept) throw new CommandFailed(`no package is kept under the number ${number}`);
  if (!kept.acceptedAt)
    throw new CommandFailed(
      `the bureau does not have ${number} yet: the queue sends it (openbeian bureau submit)`,
    );
  if (kept.blankedAt)
    throw new CommandFailed(
      `the filing password was taken out of ${number} when it was over: it cannot be sent as it was`,
    );
  return kept;
}

async function resend(
  id: string,
  sequence: string,
  { yes }: { yes?: boolean },
  command: Command,
): Promise<void> {
  await withStore(async (store) => {
    const bureau = await bureauOf(store.db, id);
    const kept = await takenPackage(store, bureau.id, sequence);
    if (!yes)
      throw new CommandFailed(
        `${bureau.name} took ${kept.sequence} in at ${kept.acceptedAt?.toISOString()}; it would get the same file again: add --yes`,
      );
    const answer = await withWorkerDeps(store, (deps) =>
      talkTo(deps, bureau.id, (talking) => uploadKept(talking, bureauAccount(deps, bureau), kept), {
        waitMs: PATIENCE,
      }),
    ).catch((error: unknown) => {
      if (!(error instanceof BureauCallFailed)) throw error;
      throw new CommandFailed(
        `the bureau gave no answer (${error.reason}); whether it has the file is not known`,
      );
    });
    if (!answer) throw new CommandFailed("a worker talks to this bureau just now; try again");
    const { code, message } = answer;
    const detail = { bureauId: bureau.id, packageId: kept.id, code };
    await recordOperator(store.db, "resend-package", { ispId: bureau.ispId, detail });
    const words = message || messageWords(code) || "";
    printResult(
      command,
      { sequence: kept.sequence, code, message: words },
      `the bureau answers ${code} ${words}`,
    );
    if (messageAction(code) !== "ok") throw new CommandFailed("the bureau did not take it in");
  });
}

export const submitCommands = (group: Command): void => {
  group
    .command("submit [id]")
    .description("send what waits for one bureau or for all, now, in the order of the numbers")
    .addHelpText("after", "\nExamples:\n  openbeian bureau submit\n  openbeian bureau submit 1 --json")
    .action(submit);
  group
    .command("resend <id> <sequence>")
    .description("send the kept file of a number again, as it was, when the bureau says that it lost it")
    .option("--yes", "yes, send it")
    .addHelpText("after", "\nExample:\n  openbeian bureau resend 1 502 --yes")
    .action(resend);
};
