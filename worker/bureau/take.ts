import { seal } from "../../src/crypto/seal.ts";
import {
  type BureauAccount,
  type DownloadFile,
  messageAction,
  type Unpacked,
  unpack,
} from "../../src/gateways/bureau/index.ts";
import {
  type Answer,
  answerContext,
  applyAnswer,
  keepAnswer,
  markAcknowledged,
  maybeAnswer,
} from "../../src/models/bureau/answers.ts";
import type { BureauResult } from "../../src/models/bureau/results.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import type { BureauParts, Watch } from "./parts.ts";
import { resultsOf } from "./results.ts";

type Taking = { bureau: Bureau; account: BureauAccount; file: DownloadFile; watch: Watch };

export type Taken = Record<"applied" | "repeated" | "parked", number> & { acknowledged: boolean };

/**
 * Takes one file: opened and read, stored, applied, then acknowledged, each step safe before the next begins. A file
 * that comes again after a crash goes on where it stopped. Throws `PackagingFailed` or `XmlUnreadable` for one that
 * cannot be read: that is never acknowledged.
 */
export async function takeFile(parts: BureauParts, { bureau, account, file, watch }: Taking): Promise<Taken> {
  const unpacked = unpack(file, account);
  const results = resultsOf(unpacked.xml);
  const answer = await keep(parts, bureau, file, unpacked);
  const counts = answer.appliedAt
    ? { applied: 0, repeated: results.length, parked: 0 }
    : await applyAnswer(parts, answer, results);
  watch.progress(`${answer.fileName}: ${said(results)}`);
  const { code } = await parts.bureau.acknowledge(account, file.fileName || unpacked.entryName);
  const acknowledged = messageAction(code) === "ok";
  if (acknowledged) await markAcknowledged(parts.db, answer.id);
  return { ...counts, acknowledged };
}

const said = (results: readonly BureauResult[]): string =>
  results.map(({ kind }) => kind).join(", ") || "nothing";

/** The row of the file, made when it is new; the bytes are safe before it. */
async function keep(
  parts: BureauParts,
  bureau: Bureau,
  file: DownloadFile,
  { entryName, zip }: Unpacked,
): Promise<Answer> {
  const contentHash = file.beianInfoHash;
  const named = file.fileName || entryName;
  const known = await maybeAnswer(parts.db, bureau.id, named);
  if (known?.contentHash === contentHash) return known;
  // A name that was used before for other content: another file, kept and applied under a name of its own.
  const fileName = known ? `${named}#${contentHash}` : named;
  const { key, wrapped: dataKey } = parts.vault.newDataKey();
  const stored = await parts.files.put(seal(key, zip, answerContext(bureau, fileName)));
  return keepAnswer(parts.db, bureau, { fileName, file: stored, dataKey, contentHash });
}
