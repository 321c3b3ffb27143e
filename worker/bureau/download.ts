import {
  BureauCallFailed,
  type DownloadAnswer,
  messageAction,
  messageWords,
} from "../../src/gateways/bureau/index.ts";
import { bureauAccount } from "../../src/models/bureau/account.ts";
import { alarm, downloadCause } from "../../src/models/bureau/alarm.ts";
import { downloadWords } from "../../src/models/bureau/answer-words.ts";
import { markAllAcknowledged, markDownloaded, markDownloadFailed } from "../../src/models/bureau/answers.ts";
import { stopBureau } from "../../src/models/bureau/queue.ts";
import { type Bureau, findBureau } from "../../src/models/bureau/rows.ts";
import { ownWords, stopCause } from "../../src/models/bureau/stop-words.ts";
import type { BureauParts, Watch } from "./parts.ts";
import { takeFile } from "./take.ts";
import { talkTo } from "./talk.ts";

/** What a round of downloads brought. `problem` is a code: why it ended before everything was fetched. */
export type Downloaded = {
  files: number;
  applied: number;
  repeated: number;
  parked: number;
  problem: string | null;
};

/** Failures in a row until somebody is told; a bureau is asked once a minute. */
const PATIENCE = 5;

/** No bureau has so many files for one provider at once: a guard against one that says the same for ever. */
const MAX_FILES = 1000;

/**
 * Fetches what a bureau has for its provider: each file is stored, applied once and then acknowledged, until nothing is
 * left. Undefined when another process talks to the bureau (after `waitMs`).
 */
export const downloadFromBureau = (
  parts: BureauParts,
  bureauId: number,
  watch: Watch,
  options: { waitMs?: number } = {},
): Promise<Downloaded | undefined> =>
  talkTo(
    parts,
    bureauId,
    async (talking) => {
      const bureau = await findBureau(parts.db, bureauId);
      const sum: Downloaded = { files: 0, applied: 0, repeated: 0, parked: 0, problem: null };
      const problem = await fetchAll(talking, bureau, watch, sum);
      if (problem === null) await markDownloaded(parts.db, bureauId);
      else await recordProblem(parts, bureau, problem);
      return { ...sum, problem };
    },
    options,
  );

/** Gives null when everything was fetched, else a code. */
async function fetchAll(
  parts: BureauParts,
  bureau: Bureau,
  watch: Watch,
  sum: Downloaded,
): Promise<string | null> {
  const account = bureauAccount(parts, bureau);
  const left: Left = { names: new Set(), problem: null };
  try {
    for (let turn = 0; turn < MAX_FILES && !watch.signal?.aborted; turn++) {
      const answer = await parts.bureau.download(account);
      if (!answer.file) {
        if (messageAction(answer.code) === "empty") await markAllAcknowledged(parts.db, bureau);
        return left.problem ?? endOf(answer);
      }
      const { problem, ...counts } = await takeFile(parts, { bureau, account, file: answer.file, watch });
      for (const outcome of ["applied", "repeated", "parked"] as const) sum[outcome] += counts[outcome];
      if (problem === null) sum.files++;
      else if (isStuck(left, problem, answer.file.fileName)) return problem;
    }
    return left.problem;
  } catch (error) {
    if (error instanceof BureauCallFailed) return error.reason;
    throw error;
  }
}

/** Files of this round that cannot be read, and the problem of the first. */
type Left = { names: Set<string>; problem: string | null };

/** So many different ones are left behind in a round. */
const MAX_LEFT = 3;

/**
 * A file that was not acknowledged usually comes again at once, and then nothing else does; a bureau that goes on to the
 * next one is gone on with.
 */
function isStuck(left: Left, problem: string, fileName: string): boolean {
  const isUnreadable = problem.startsWith("file_");
  const isNew = !left.names.has(fileName) && left.names.size < MAX_LEFT;
  left.names.add(fileName);
  left.problem ??= problem;
  return !isUnreadable || !isNew;
}

/** An answer without a file: nothing there, or why not. */
function endOf({ code }: DownloadAnswer): string | null {
  const action = messageAction(code);
  return action === "ok" || action === "empty" || action === "more" ? null : `code_${code}`;
}

/** A wrong name or password stops the bureau at once, before it is locked there; the rest has to last a while. */
async function recordProblem(parts: BureauParts, bureau: Bureau, problem: string): Promise<void> {
  const failures = await markDownloadFailed(parts.db, bureau.id, problem);
  parts.log.warn({ bureau: bureau.id, reason: problem, attempt: failures }, "the download failed");
  const code = Number(/^code_(\d+)$/.exec(problem)?.[1] ?? Number.NaN);
  const stops = messageAction(code) === "stop_and_alert" && !Number.isNaN(code);
  if (stops) await stopBureau(parts.db, bureau.id, String(code));
  if (!stops && failures < PATIENCE) return;
  const words =
    (stops ? (ownWords(code) ?? messageWords(code)) : undefined) ??
    `下载管局的结果连续失败：${downloadWords(problem)}`;
  const cause = stops ? stopCause(await findBureau(parts.db, bureau.id)) : downloadCause(bureau, problem);
  await parts.db.begin((db) => alarm({ db, vault: parts.vault }, bureau, words, cause));
}
