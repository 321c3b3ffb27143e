import {
  fileChunks,
  fitOneFile,
  PackagingFailed,
  recordXml,
  Unsendable,
  type UploadRecord,
  zipXmlAside,
} from "../../src/gateways/bureau/index.ts";
import { versionData } from "../../src/gateways/bureau/versions.ts";
import { FileMissing } from "../../src/gateways/files/index.ts";
import { OperationIncomplete } from "../../src/models/bureau/parts.ts";
import { insertPackage, type PreparedRequest } from "../../src/models/bureau/prepare.ts";
import { problemWords } from "../../src/models/bureau/problem-words.ts";
import { isUnderWay } from "../../src/models/bureau/requests.ts";
import type { Bureau } from "../../src/models/bureau/rows.ts";
import { type IsFree, type Sender, senders, type Waiting } from "../../src/models/bureau/senders.ts";
import { settingsOf } from "../../src/models/bureau/settings.ts";
import { newFileName, storeZip } from "./file.ts";
import type { BureauParts, Watch } from "./parts.ts";

/** Rows asked for at a time. */
const AT_ONCE = 100;

/** Ids, by kind, of what has to wait for another and holds up nobody else. */
export type Passed = Map<string, number[]>;

type Built = PreparedRequest & { record: UploadRecord };
type Making = { parts: BureauParts; bureau: Bureau; watch: Watch; passed: Passed; built: Built[] };

/**
 * Makes the next package of what waits for a bureau: each record by itself, checked against the schema, as many as the
 * bureau's row allows and one file holds; zipped, sealed, stored; then its rows with the next number. A record that cannot
 * be made fails alone. False when nothing is left that can go now.
 */
export async function preparePackage(
  parts: BureauParts,
  bureau: Bureau,
  watch: Watch,
  passed: Passed,
): Promise<boolean> {
  const making: Making = { parts, bureau, watch, passed, built: [] };
  for (const sender of senders) if (!(await collect(making, sender))) break;
  if (making.built.length === 0 || watch.signal?.aborted) return false;
  await makeFile(making);
  return true;
}

/** Builds what waits at one sender; false when the file is full. */
async function collect(making: Making, sender: Sender): Promise<boolean> {
  const { parts, bureau, passed, built, watch } = making;
  const { recordsPerFile } = settingsOf(bureau);
  const seen: number[] = [];
  while (built.length < recordsPerFile && !watch.signal?.aborted) {
    const limit = Math.min(AT_ONCE, recordsPerFile - built.length);
    const without = [...seen, ...(passed.get(sender.kind) ?? [])];
    const waiting = await sender.waiting(parts, bureau, { limit, passed: without });
    if (waiting.length === 0) return true;
    for (const one of waiting) {
      seen.push(one.id);
      if (!(await add(making, sender.kind, one))) return false;
    }
  }
  return false;
}

/** Builds one record and takes it in; false when it does not fit into this file any more. */
async function add(making: Making, kind: string, waiting: Waiting): Promise<boolean> {
  const { parts, bureau, built, watch } = making;
  try {
    const content = await waiting.content(parts, isFreeIn(making));
    if (content === "busy") {
      pass(making, kind, waiting);
      return true;
    }
    const { operation, labels } = content;
    const record = recordXml(operation, bureau.version);
    if (!fits(built, record, bureau)) {
      if (built.length > 0) return false;
      throw new PackagingFailed("too_large");
    }
    const hasPassword = "passwordHash" in operation && operation.passwordHash !== undefined;
    built.push({ kind, waiting, labels, hasPassword, record });
  } catch (error) {
    const problem = problemOf(error);
    if (problem === undefined) throw error;
    await waiting.unsendable(parts, problem);
    watch.progress(`${waiting.label} cannot be sent`);
  }
  return true;
}

/** What stands against one record alone, in words for staff; undefined for what stands against all of them. */
function problemOf(error: unknown): string | undefined {
  if (error instanceof Unsendable) return problemWords(error.problems);
  if (error instanceof FileMissing) return "核验材料的图片在文件存储里找不到，请退给主办者重新上传";
  return error instanceof PackagingFailed || error instanceof OperationIncomplete ? error.message : undefined;
}

const fits = (built: readonly Built[], record: UploadRecord, { version }: Bureau): boolean =>
  fitOneFile([...built.map((one) => one.record), record], version);

const isFreeIn =
  ({ parts, bureau, built }: Making): IsFree =>
  async (subject) =>
    subject === null ||
    !(
      built.some(({ labels }) => labels.subject === subject) ||
      (await isUnderWay(parts.db, bureau.id, subject))
    );

function pass({ passed, watch }: Making, kind: string, { id, label }: Waiting): void {
  passed.set(kind, [...(passed.get(kind) ?? []), id]);
  watch.progress(`${label} waits for another of its subject`);
}

/** The file of what was built. What was overtaken while it was made is left out of it, and looked at again later. */
async function makeFile(making: Making): Promise<void> {
  const { parts, bureau, watch } = making;
  const { order } = versionData(bureau.version).file;
  const place = ({ record }: Built): number => order.indexOf(record.element);
  let left: readonly Built[] = making.built.toSorted((one, other) => place(one) - place(other));
  while (left.length > 0) {
    const fileName = newFileName(bureau);
    const records = left.map(({ record }) => record);
    const zip = await zipXmlAside(fileChunks(bureau.bureauIspId, records, bureau.version), fileName);
    const stored = await storeZip(parts, bureau, { zip, fileName });
    const lost = await insertPackage(parts, bureau, stored, left);
    if (lost.length === 0) return watch.progress(`package ${stored.sequence} made`);
    for (const one of lost) pass(making, one.kind, one.waiting);
    left = left.filter((one) => !lost.includes(one));
  }
}
