import { createHash } from "node:crypto";
import { open, seal } from "../../crypto/seal.ts";
import type { DownloadFile } from "../../gateways/bureau/types.ts";
import type { Files } from "../material/files.ts";
import type { Store } from "../store.ts";
import {
  type Answer,
  answerContext,
  countAgain,
  keepAnswer,
  maybeAnswer,
  unreadableCount,
} from "./answer-rows.ts";
import type { Bureau } from "./rows.ts";

/** So many files of one bureau that cannot be read are kept; then nothing new is taken until somebody looks. */
export const MAX_UNREADABLE = 50;

/** A name from outside may be of any length; the index of the rows may not. */
const NAME = 120;

const NEWLINE = 0x0a;

/** A download as it is kept: its name, hash and the three numbers in a line of JSON, below it the base64 as it came. */
export function receivedBytes({ beianInfo, ...rest }: DownloadFile): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(rest)}\n`), Buffer.from(beianInfo, "latin1")]);
}

/** The reverse of `receivedBytes`. */
export function receivedFile(bytes: Buffer): DownloadFile {
  const end = bytes.indexOf(NEWLINE);
  const rest = JSON.parse(bytes.toString("utf8", 0, end)) as Omit<DownloadFile, "beianInfo">;
  return { ...rest, beianInfo: bytes.toString("latin1", end + 1) };
}

type Keeping = Store & { files: Files };

/**
 * Keeps a download before anything of it is read: the sealed bytes first, then the row. The same content under the same
 * name is one row however often it comes; other content under a name that was used is another answer. Undefined when
 * too many wait already that cannot be read.
 */
export async function storeReceived(
  parts: Keeping,
  bureau: Bureau,
  file: DownloadFile,
): Promise<Answer | undefined> {
  const bytes = receivedBytes(file);
  const receivedHash = createHash("sha256").update(bytes).digest("hex");
  const marked = `${file.fileName.slice(0, NAME)}#${receivedHash}`;
  const plain = file.fileName !== "" && file.fileName.length <= NAME ? file.fileName : marked;
  for (const name of new Set([plain, marked])) {
    const known = await maybeAnswer(parts.db, bureau.id, name);
    if (known && isSame(known, file, receivedHash)) {
      await countAgain(parts.db, known.id);
      return known;
    }
    if (!known) return keep(parts, bureau, file, { fileName: name, bytes, receivedHash });
  }
  throw new Error("two contents have one digest");
}

const isSame = (known: Answer, file: DownloadFile, receivedHash: string): boolean =>
  known.receivedHash === null
    ? known.contentHash === file.beianInfoHash
    : known.receivedHash === receivedHash;

async function keep(
  { db, vault, files }: Keeping,
  bureau: Bureau,
  file: DownloadFile,
  { fileName, bytes, receivedHash }: { fileName: string; bytes: Buffer; receivedHash: string },
): Promise<Answer | undefined> {
  if ((await unreadableCount(db, bureau.id)) >= MAX_UNREADABLE) return undefined;
  const { key, wrapped: dataKey } = vault.newDataKey();
  const stored = await files.put(seal(key, bytes, answerContext(bureau, fileName)));
  return keepAnswer(db, bureau, {
    ...{ fileName, givenName: file.fileName, file: stored, dataKey, receivedHash, bytes: bytes.length },
    contentHash: file.beianInfoHash,
  });
}

/** What was kept of an answer: of one that an earlier release took, the zip that was inside. */
export async function keptBytes({ vault, files }: Keeping, answer: Answer): Promise<Buffer> {
  const context = answerContext({ id: answer.bureauId, ispId: answer.ispId }, answer.fileName);
  return open(vault.unwrap(answer.dataKey), await files.get(answer.file), context);
}
