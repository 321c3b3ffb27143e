import {
  type BureauAccount,
  type DownloadFile,
  messageAction,
  PackagingFailed,
  unpack,
  XmlUnreadable,
} from "../../src/gateways/bureau/index.ts";
import {
  type Answer,
  applyAnswer,
  isSkipped,
  markAcknowledged,
  markUnreadable,
  resultCount,
} from "../../src/models/bureau/answers.ts";
import { storeReceived } from "../../src/models/bureau/received.ts";
import type { BureauResult } from "../../src/models/bureau/results.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import type { BureauParts, Watch } from "./parts.ts";
import { resultsOf } from "./results.ts";

type Taking = { bureau: Bureau; account: BureauAccount; file: DownloadFile; watch: Watch };

type Counts = Record<"applied" | "repeated" | "parked", number>;

/** `problem` is a code: the file was not acknowledged, so the bureau sends it again. */
export type Taken = Counts & { problem: string | null };

const nothing: Counts = { applied: 0, repeated: 0, parked: 0 };

/**
 * Takes one file: stored as it came, then opened and read, applied, acknowledged, each step safe before the next begins.
 * A file that comes again after a crash goes on where it stopped. One that cannot be read is acknowledged only when a
 * person said so.
 */
export async function takeFile(parts: BureauParts, taking: Taking): Promise<Taken> {
  const { bureau, file, watch } = taking;
  const answer = await storeReceived(parts, bureau, file);
  if (!answer) return { ...nothing, problem: "too_many_unreadable" };
  if (answer.appliedAt && file.fileName !== "") {
    watch.progress(`${answer.fileName}: again`);
    const repeated = await resultCount(parts.db, answer.id);
    return { ...nothing, repeated, problem: await acknowledge(parts, taking, answer, file.fileName) };
  }
  const read = readFile(taking);
  return "problem" in read ? leave(parts, taking, answer, read.problem) : apply(parts, taking, answer, read);
}

type Read = { entryName: string; results: BureauResult[] };

/** What is in a file, or as a code why nobody can tell. */
function readFile({ bureau, file, account }: Taking): Read | { problem: string } {
  try {
    const { entryName, xml } = unpack(file, account);
    return { entryName, results: resultsOf(xml, bureau.version) };
  } catch (error) {
    if (error instanceof PackagingFailed) return { problem: `file_${error.reason}` };
    if (error instanceof XmlUnreadable) return { problem: "file_xml" };
    throw error;
  }
}

async function apply(
  parts: BureauParts,
  taking: Taking,
  answer: Answer,
  { entryName, results }: Read,
): Promise<Taken> {
  const counts = answer.appliedAt
    ? { ...nothing, repeated: results.length }
    : await applyAnswer(parts, answer, results);
  taking.watch.progress(`${answer.fileName}: ${said(results)}`);
  const named = taking.file.fileName || entryName;
  return { ...counts, problem: await acknowledge(parts, taking, answer, named) };
}

/** Different kinds in the order in which they come first; a file may hold a thousand results. */
const said = (results: readonly BureauResult[]): string =>
  [...new Set(results.map(({ kind }) => kind))].join(", ") || "nothing";

/** Nothing of it is applied. Acknowledged where a person had it skipped; without a name that cannot be done. */
async function leave(parts: BureauParts, taking: Taking, answer: Answer, problem: string): Promise<Taken> {
  await markUnreadable(parts.db, answer.id, problem);
  taking.watch.progress(`${answer.fileName}: ${problem}`);
  if (answer.givenName === "" || !(await isSkipped(parts.db, answer))) return { ...nothing, problem };
  const { code } = await parts.bureau.acknowledge(taking.account, answer.givenName);
  if (messageAction(code) !== "ok") return { ...nothing, problem: "not_acknowledged" };
  await markAcknowledged(parts.db, answer.id);
  return { ...nothing, problem: null };
}

async function acknowledge(
  parts: BureauParts,
  { account }: Taking,
  { id }: Answer,
  named: string,
): Promise<string | null> {
  const { code } = await parts.bureau.acknowledge(account, named);
  if (messageAction(code) !== "ok") return "not_acknowledged";
  await markAcknowledged(parts.db, id);
  return null;
}
