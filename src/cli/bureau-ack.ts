import type { Command } from "commander";
import { downloadFromBureau } from "../../worker/bureau/download.ts";
import type { Db } from "../db/client.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { type Answer, answerColumns, maybeAnswer } from "../models/bureau/answer-rows.ts";
import { problemWords } from "../models/bureau/answer-words.ts";
import { skipAnswer } from "../models/bureau/skip.ts";
import { withWorkerDeps } from "./bureau-pull.ts";
import { orSayTaken } from "./find.ts";
import { CalledWrongly, CommandFailed, printResult } from "./output.ts";
import { type Store, withStore } from "./settings.ts";

/** Milliseconds to wait for a worker that talks to the same bureau. */
const PATIENCE = 30_000;

type Options = { reason: string; yes?: boolean };

/** An answer that cannot be read, by its id or by the name that the bureau gave it. */
async function answerOf(db: Db, named: string): Promise<Answer> {
  const id = /^\d{1,15}$/.test(named) ? Number(named) : 0;
  const found = await db<Answer[]>`
    select ${answerColumns(db)} from bureau_answers a
    where a.state = 'unreadable' and (a.id = ${id} or a.given_name = ${named}) order by a.id`;
  const [answer] = found;
  if (!answer)
    throw new CommandFailed(`there is no unreadable answer ${named}; see openbeian bureau status and pull`);
  if (new Set(found.map(({ bureauId }) => bureauId)).size > 1)
    throw new CommandFailed(
      `several bureaus sent ${named}; give one of the ids ${found.map((one) => one.id).join(", ")}`,
    );
  return answer;
}

/** Asks the bureau now, which acknowledges the file should it come and still be unreadable. */
const acknowledgeNow = (store: Store, { bureauId }: Answer) =>
  withWorkerDeps(store, (deps) =>
    downloadFromBureau(
      deps,
      bureauId,
      { progress: () => undefined, signal: undefined },
      { waitMs: PATIENCE },
    ),
  );

async function ack(named: string, { reason, yes }: Options, command: Command): Promise<void> {
  if (reason.trim().length < 4)
    throw new CalledWrongly("--reason must say why in four characters or more, for those who look later");
  await withStore(async (store) => {
    const answer = await answerOf(store.db, named);
    const { id, ispId, bureauId, fileName, problem } = answer;
    if (!yes)
      throw new CommandFailed(
        `${answer.givenName || fileName} (${id}): ${problemWords(problem ?? "")}. ` +
          "It would be acknowledged and nothing in it applied; add --yes",
      );
    await orSayTaken(skipAnswer(store, undefined, { id, reason: reason.trim() }));
    await recordOperator(store.db, "skip-answer", { ispId, detail: { answerId: id, bureauId, problem } });
    await acknowledgeNow(store, answer);
    const now = await maybeAnswer(store.db, bureauId, fileName);
    const isDone = now?.acknowledgedAt != null;
    const sentence = isDone
      ? `acknowledged ${answer.givenName} (${id}); nothing in it was applied`
      : `${answer.givenName} (${id}) is acknowledged when the bureau sends it again and it still cannot be read`;
    printResult(command, { id, acknowledged: isDone, state: now?.state }, sentence);
  });
}

export const ackCommand = (group: Command): void => {
  group
    .command("ack <answer>")
    .description("acknowledge a file of a bureau that cannot be read, by id or name, without applying it")
    .requiredOption("--reason <text>", "why, for those who look later")
    .option("--yes", "yes, do it")
    .addHelpText(
      "after",
      '\nExample:\n  openbeian bureau ack 20261118120000_zj_1.xml --reason "the bureau sent it again as _2" --yes',
    )
    .action(ack);
};
