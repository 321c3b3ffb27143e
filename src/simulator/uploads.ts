import { decodeGbk } from "../gateways/bureau/gbk.ts";
import { open, operationCodes, PackagingFailed, type PackagingReason } from "../gateways/bureau/index.ts";
import { uploadFile } from "./cabinet.ts";
import { codeOf } from "./checks.ts";
import type { Office } from "./office.ts";
import type { SimulatorAccount } from "./options.ts";
import { type Reading, readUpload, SUPPLEMENT_TAKEN } from "./reading.ts";
import { machineResult, news } from "./results.ts";
import {
  type Filing,
  lastSequence,
  type QueuedFile,
  type Upload,
  uploadsOf,
  waitingFilings,
} from "./state.ts";

/** The parameters of isp_upload after the four that identify. */
export type UploadParameters = {
  beianInfo: string;
  beianInfoHash: string;
  dataSequence: number;
  encryptAlgorithm: number;
  hashAlgorithm: number;
  compressionFormat: number;
};

/** msg_code, other words than the usual ones, and with code 14 the numbers that are missing. */
export type Reply = { code: number; words?: string; missing?: number[] };

/** dataSequence is a number of four bytes. */
const MAX_SEQUENCE = 2 ** 31 - 1;
const MAX_MISSING = 1000;

const CODES: Partial<Record<PackagingReason, number>> = {
  base64: 6,
  decryption: 6,
  key: 6,
  hash: 7,
  zip: 8,
  file_count: 17,
  too_large: 18,
};

/**
 * isp_upload: takes a file in, or says why not. What is inside is looked at as the bureau does it: its faults are
 * told by download only. A number that was taken in before is answered as it was then and files nothing.
 */
export function receiveUpload(office: Office, account: SimulatorAccount, sent: UploadParameters): Reply {
  const answered = algorithmReply(sent) ?? sequenceReply(office, account, sent);
  if (answered) return answered;
  try {
    takeIn(office, account, sent);
    return { code: 0 };
  } catch (error) {
    if (!(error instanceof PackagingFailed)) throw error;
    return { code: CODES[error.reason] ?? 999 };
  }
}

function algorithmReply(sent: UploadParameters): Reply | undefined {
  if (sent.encryptAlgorithm !== 0 && sent.encryptAlgorithm !== 1) return { code: 9 };
  if (sent.hashAlgorithm !== 0) return { code: 10 };
  return sent.compressionFormat === 0 ? undefined : { code: 11 };
}

function sequenceReply(
  office: Office,
  { ispId }: SimulatorAccount,
  sent: UploadParameters,
): Reply | undefined {
  const { dataSequence, beianInfoHash } = sent;
  if (!Number.isInteger(dataSequence) || dataSequence < 1 || dataSequence > MAX_SEQUENCE) {
    return { code: 999, words: "上报数据序号无效" };
  }
  const last = lastSequence(office.state, ispId);
  if (dataSequence === last + 1) return undefined;
  if (dataSequence > last) {
    const count = Math.min(dataSequence - last - 1, MAX_MISSING);
    return { code: 14, missing: Array.from({ length: count }, (_, index) => last + 1 + index) };
  }
  const before = uploadsOf(office.state, ispId).find(({ sequence }) => sequence === dataSequence);
  if (before?.hash === beianInfoHash.trim()) return { code: 0, words: "该序号的数据已接收，未重复处理" };
  return { code: 999, words: "该序号已用于内容不同的数据" };
}

function takeIn(office: Office, account: SimulatorAccount, sent: UploadParameters): void {
  const { entryName, bytes, zip } = open(sent, account);
  const upload: Upload = {
    ispId: account.ispId,
    sequence: sent.dataSequence,
    hash: sent.beianInfoHash.trim(),
    file: uploadFile(account.ispId, sent.dataSequence),
    entryName,
    receivedAt: Date.now(),
  };
  office.cabinet.keepUpload(upload.file, zip);
  const reading = look(office, upload, decodeGbk(bytes));
  const filings = "filings" in reading ? reading.filings.map(({ filing }) => filing) : [];
  office.record({ type: "uploaded", upload, filings, files: firstFiles(office, upload, reading) });
}

function look(office: Office, upload: Upload, xml: string): Reading {
  const { settings, filings, records } = office.state;
  if (settings.rejectSchema) return { fault: { code: 5001, words: upload.entryName } };
  const waiting = waitingFilings(office.state);
  const bureau = { records: [...records.values()], waiting, ispId: upload.ispId };
  return readUpload(upload, xml, bureau, filings.size + 1);
}

/** A file that is rejected as a whole is about no operation; results call it by the first there is. */
const WHOLE_FILE = { operation: operationCodes.first, about: "", province: "" };

/** What the machine has to say at once: faults, that pictures were taken in, or the news that the addresses match. */
function firstFiles(office: Office, { ispId, receivedAt }: Upload, reading: Reading): QueuedFile[] {
  const files: { xml: string; province: string; kind: QueuedFile["kind"] }[] = [];
  if ("fault" in reading) {
    files.push({ xml: machineResult([reading.fault], WHOLE_FILE), province: "", kind: "result" });
  }
  for (const { filing, found } of "filings" in reading ? reading.filings : []) {
    const { province } = filing;
    if (found.length > 0) files.push({ xml: machineResult(found, filing), province, kind: "result" });
    else if (filing.state === "approved") {
      files.push({ xml: machineResult([codeOf(SUPPLEMENT_TAKEN)], filing), province, kind: "result" });
    } else if (office.state.settings.news && hasAddresses(filing)) {
      files.push({ xml: news(filing), province, kind: "news" });
    }
  }
  return files.map(({ xml, province, kind }, index) =>
    office.prepareFile({ ispId, province }, { kind, availableAt: receivedAt }, xml, index),
  );
}

const { first, add, join, change } = operationCodes;
const hasAddresses = ({ operation }: Filing): boolean =>
  [first, add, join, change].some((code) => code === operation);
