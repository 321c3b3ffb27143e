import type { Command } from "commander";
import { recordOperator } from "../models/audit/operator.ts";
import type { Bureau } from "../models/bureau/rows.ts";
import { stopWords } from "../models/bureau/stop-words.ts";
import { ASKED_ALREADY, type Asked, askBureau } from "../models/reconciliation/ask.ts";
import { withWorkerDeps } from "./bureau-pull.ts";
import { CommandFailed, type Row, table, wantsJson, write } from "./output.ts";
import type { Store } from "./settings.ts";

const columns = {
  ...{ bureau: "BUREAU", asked: "ASKED", same: "SAME", differing: "DIFFERING", notFiled: "NOT FILED" },
  ...{ unanswered: "UNANSWERED", left: "LEFT", stopped: "STOPPED" },
};

/** Websites between two lines of progress. */
const STEP = 20;

const reasons: Record<string, string> = {
  timeout: "it does not answer in time",
  unavailable: "it is out of reach",
  unreadable: "its answers cannot be read",
  [ASKED_ALREADY]: "another command asks it just now",
};

const because = (stopped: string): string =>
  reasons[stopped] ?? `it answers ${stopped} ${stopWords(stopped)}`;

/** Asks these bureaus one after the other and prints what came of it; gives it for JSON. Throws where one was broken off. */
export async function askBureaus(
  store: Store,
  bureaus: readonly Bureau[],
  limit: number | undefined,
  command: Command,
): Promise<Row[]> {
  const standing = bureaus.find(({ stoppedAt }) => stoppedAt !== null);
  if (standing)
    throw new CommandFailed(
      `${standing.name} is stopped (${stopWords(standing.stoppedReason ?? "")}): see openbeian bureau start`,
    );
  const rows = await withWorkerDeps(store, async ({ lookups }) => {
    const all = [];
    for (const bureau of bureaus) {
      const done = await askBureau(store, lookups, bureau, { limit, progress: told(bureau, command) });
      const { ispId, id: bureauId } = bureau;
      const detail = { bureauId, act: "ask", asked: done.asked };
      await recordOperator(store.db, "compare-records", { ispId, detail });
      all.push({ id: bureauId, bureau: bureau.name, ...done });
    }
    return all;
  });
  if (!wantsJson(command)) write(table(rows, columns));
  const broken = rows.filter(({ stopped }) => stopped !== null);
  if (broken.length === 0) return rows;
  if (wantsJson(command)) write(JSON.stringify({ asked: rows }, null, 2));
  throw new CommandFailed(broken.map(sentence).join("; "));
}

const sentence = ({ bureau, asked, left, stopped }: Asked & { bureau: string }): string =>
  `${bureau} was asked for ${asked} websites, then left alone, for ${because(stopped ?? "")}: say it again later to go on with the ${left} that are left`;

/** A line now and then, and the last one. */
const told =
  ({ name }: Bureau, command: Command) =>
  (asked: number, of: number): void => {
    if (!wantsJson(command) && (asked % STEP === 0 || asked === of))
      write(`${name}: asked for ${asked} of ${of} websites`);
  };
