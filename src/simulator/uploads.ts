import { decodeGbk } from "../gateways/bureau/gbk.ts";
import { open, operationCodes, PackagingFailed, type PackagingReason } from "../gateways/bureau/index.ts";
import { clock } from "../lib/dates.ts";
import { withCodes } from "../vocabulary/code-tables.ts";
import { uploadFile } from "./cabinet.ts";
import { codeOf } from "./checks.ts";
import type { Draft } from "./drafts.ts";
import type { Office } from "./office.ts";
import type { SimulatorAccount } from "./options.ts";
import { bureauOf } from "./permits.ts";
import { type Reading, readUpload, SUPPLEMENT_TAKEN } from "./reading.ts";
import { machineResult, news, type Part } from "./results.ts";
import { codesTaken } from "./sent/codes.ts";
import {
  type FileKind,
  type Filing,
  lastSequence,
  type QueuedFile,
  standingOf,
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
 * told by download only.
 */
export function receiveUpload(office: Office, account: SimulatorAccount, sent: UploadParameters): Reply {
  const answered = openReply(office, account) ?? algorithmReply(sent) ?? sequenceReply(office, account, sent);
  if (answered) return answered;
  if (sent.beianInfo.trim() === "") return { code: 17 };
  try {
    return takeIn(office, account, sent);
  } catch (error) {
    if (!(error instanceof PackagingFailed)) throw error;
    return { code: CODES[error.reason] ?? 999 };
  }
}

const minutes = (time: string): string => time.replace(/^0/, "");

/** Whether the provider may report now: its right (19), the hours (20), how much of its own still waits (15). */
function openReply({ state }: Office, { ispId }: SimulatorAccount): Reply | undefined {
  const { hours, maxWaiting } = state.settings;
  if (standingOf(state, ispId).standing === "closed") return { code: 19 };
  if (hours && !isBetween(clock(new Date()), hours)) {
    const words = `不在规定报备时间段内，请于${minutes(hours.from)}至${minutes(hours.until)}上报`;
    return { code: 20, words };
  }
  if (maxWaiting === null) return undefined;
  const waiting = waitingFilings(state).filter((one) => one.ispId === ispId);
  return new Set(waiting.map(({ sequence }) => sequence)).size >= maxWaiting ? { code: 15 } : undefined;
}

/** Hours may go past midnight. */
const isBetween = (time: string, { from, until }: { from: string; until: string }): boolean =>
  from <= until ? time >= from && time < until : time >= from || time < until;

function algorithmReply(sent: UploadParameters): Reply | undefined {
  if (sent.encryptAlgorithm !== 0 && sent.encryptAlgorithm !== 1) return { code: 9 };
  if (sent.hashAlgorithm !== 0) return { code: 10 };
  return sent.compressionFormat === 0 ? undefined : { code: 11 };
}

function sequenceReply(
  { state }: Office,
  { ispId }: SimulatorAccount,
  { dataSequence, beianInfoHash }: UploadParameters,
): Reply | undefined {
  if (!Number.isInteger(dataSequence) || dataSequence < 1 || dataSequence > MAX_SEQUENCE) {
    return { code: 999, words: "上报数据序号无效" };
  }
  const last = lastSequence(state, ispId);
  if (dataSequence === last + 1) return undefined;
  if (dataSequence > last) {
    const count = Math.min(dataSequence - last - 1, MAX_MISSING);
    return { code: 14, missing: Array.from({ length: count }, (_, index) => last + 1 + index) };
  }
  const before = uploadsOf(state, ispId).findLast(({ sequence }) => sequence === dataSequence);
  const { sameAgain, otherAgain } = state.settings;
  if (before?.hash !== beianInfoHash.trim()) {
    return otherAgain === "filed" ? undefined : { code: 999, words: "该序号已用于内容不同的数据" };
  }
  if (sameAgain === "filed") return undefined;
  return sameAgain === "answered"
    ? { code: 0, words: "该序号的数据已接收，未重复处理" }
    : { code: 999, words: "该序号的数据已接收" };
}

/** File names are letters and digits, at most 128 bytes (specification V3.0, 3-3-1-3); no code is documented for others. */
const FILE_NAME = /^(?=.{1,128}$)[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)?$/;

function takeIn(office: Office, account: SimulatorAccount, sent: UploadParameters): Reply {
  const { entryName, bytes, zip } = open(sent, account);
  if (!FILE_NAME.test(entryName)) return { code: 999, words: "文件名只能由英文字母和数字组成" };
  const { ispId } = account;
  const time = uploadsOf(office.state, ispId).filter(({ sequence }) => sequence === sent.dataSequence).length;
  const upload: Upload = {
    ispId,
    sequence: sent.dataSequence,
    hash: sent.beianInfoHash.trim(),
    file: uploadFile(ispId, sent.dataSequence, time),
    entryName,
    receivedAt: Date.now(),
  };
  office.cabinet.keepUpload(upload.file, zip);
  const reading = look(office, upload, decodeGbk(bytes));
  if ("filings" in reading) office.cabinet.keepEntries(upload.file, reading.entries);
  const filings = "filings" in reading ? reading.filings.map(({ filing }) => filing) : [];
  office.record({ type: "uploaded", upload, filings, files: firstFiles(office, upload, reading) });
  return { code: 0 };
}

function look({ state, options }: Office, upload: Upload, xml: string): Reading {
  if (state.settings.rejectSchema) return { fault: { code: 5001, words: upload.entryName } };
  const { records, filings, settings, blacklist, unfiled } = state;
  const standing = standingOf(state, upload.ispId);
  const bureau = bureauOf({
    ...{ ispId: upload.ispId, records: [...records.values()], waiting: waitingFilings(state) },
    ...{ standing, blacklist, unfiled: [...unfiled.values()] },
    uniqueNames: settings.uniqueNames,
    province: standing.province ?? options.province,
  });
  const read = () => readUpload(upload, xml, { bureau, closed: settings.closed, firstId: filings.size + 1 });
  return withCodes(codesTaken(state.codes), read);
}

/** A file that is rejected as a whole is about no operation; results call it by the first there is. */
const WHOLE_FILE = { operation: operationCodes.first, about: "", province: "" };

/** What the machine has to say at once: faults, that pictures were taken in, or the news that the addresses match. */
function firstFiles(office: Office, { ispId, receivedAt }: Upload, reading: Reading): QueuedFile[] {
  const told = (province: string, part: Part, kind: FileKind = "result"): Draft => ({
    to: { ispId, province },
    file: { kind, availableAt: receivedAt },
    part,
  });
  if ("fault" in reading) return office.prepared([told("", machineResult([reading.fault], WHOLE_FILE))]);
  const drafts = reading.filings.flatMap(({ filing, found }) => {
    const { province } = filing;
    if (found.length > 0) return told(province, machineResult(found, filing));
    if (filing.operation === operationCodes.supplement) {
      return told(province, machineResult([codeOf(SUPPLEMENT_TAKEN)], filing));
    }
    return office.state.settings.news && hasAddresses(filing) ? told(province, news(filing), "news") : [];
  });
  return office.prepared(drafts);
}

const { first, add, join, change } = operationCodes;
const hasAddresses = ({ operation }: Filing): boolean =>
  [first, add, join, change].some((code) => code === operation);
