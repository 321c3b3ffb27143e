import { passwordHash } from "../gateways/bureau/authentication.ts";
import { type DownloadFile, INTERFACE_VERSION, messageWords } from "../gateways/bureau/index.ts";
import { SERVICE_PATHS } from "../gateways/bureau/soap.ts";
import { type Element, writeXml } from "../gateways/bureau/xml.ts";
import { queryBeianStatus, verifyBamm } from "./lookups.ts";
import type { Office } from "./office.ts";
import type { SimulatorAccount } from "./options.ts";
import type { Fault } from "./settings.ts";
import { spoiled } from "./spoiling.ts";
import { fileKey, lastSequence, type QueuedFile, standingOf, uploadsOf, waitingFiles } from "./state.ts";
import { type Reply, receiveUpload } from "./uploads.ts";

/** What came in a call, by name, as text. */
export type Parameters = Record<string, string>;

/** A method: where it is served, what it takes after the four that identify, and what it answers. */
export type Method = {
  path: string;
  parameters: [name: string, type: "long" | "int" | "string"][];
  answer(office: Office, account: SimulatorAccount, sent: Parameters, given: Given): string;
};

/** How a call is to be answered: with a fault, and under which address the bureau was asked. */
export type Given = { fault: Fault; base: string };

const RANDOM_LENGTH = 20;
/** A sequence is a list of digits; anything else is no number at all. */
const number = (text = ""): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

/** The text in `<return>`. Without words of its own a code has those of the specification. */
export const returnText = ({ code, words, missing = [] }: Reply, further: Element[] = []): string =>
  writeXml(
    [
      "return",
      [
        ["msg_code", String(code)],
        ["msg", words ?? messageWords(code) ?? ""],
        ...(missing.length > 0
          ? [["dataSequences", missing.map((one): Element => ["dataSequence", String(one)])] as const]
          : []),
        ...further,
      ],
    ],
    { version: INTERFACE_VERSION },
  );

/** Base64 in answers has line breaks, as real bureaus send it. */
const inLines = (base64: string): string => base64.replace(/.{76}(?=.)/g, "$&\n");

const fileInfos = (file: DownloadFile, sequence: Element[] = []): Element => [
  "fileInfos",
  [
    ["hashAlgorithm", String(file.hashAlgorithm)],
    ["compressionFormat", String(file.compressionFormat)],
    ["encryptAlgorithm", String(file.encryptAlgorithm)],
    ...sequence,
    ["return_FileName", file.fileName],
    ["beianInfo", inLines(file.beianInfo)],
    ["beianInfoHash", file.beianInfoHash],
  ],
];

function upload(office: Office, account: SimulatorAccount, sent: Parameters): string {
  const reply = receiveUpload(office, account, {
    beianInfo: sent.beianInfo ?? "",
    beianInfoHash: sent.beianInfoHash ?? "",
    dataSequence: number(sent.dataSequence),
    encryptAlgorithm: number(sent.encryptAlgorithm),
    hashAlgorithm: number(sent.hashAlgorithm),
    compressionFormat: number(sent.compressionFormat),
  });
  return returnText(reply);
}

/** Code 3 while more wait after this one, 1 with the last, 2 when there is none. */
function download(office: Office, account: SimulatorAccount, _sent: Parameters, given: Given): string {
  const files = waitingFiles(office.state, Date.now(), account.ispId);
  const file = given.fault === "reordered" ? files.at(-1) : files[0];
  if (!file) return returnText({ code: 2 });
  if (given.fault === "answer_twice") double(office, file);
  const { fault, base } = given;
  const { fileName } = file;
  const zip = office.cabinet.resultZip(file);
  const shown = spoiled(fault, office.cabinet.resultFor(account, file), { account, zip, fileName, base });
  return returnText({ code: files.length > 1 ? 3 : 1 }, [fileInfos(shown)]);
}

/** The same again: under another name, and under its own once after it was acknowledged. */
function double(office: Office, file: QueuedFile): void {
  const copy = { ...file, fileName: file.fileName.replace(/\.xml$/, "b.xml") };
  if (office.state.files.has(fileKey(copy))) return;
  office.cabinet.copyResult(file, copy);
  office.record({ type: "doubled", ispId: file.ispId, fileName: file.fileName, files: [copy] });
}

/** A file that was acknowledged before is acknowledged again: the answer may have been lost. */
function acknowledge(office: Office, { ispId }: SimulatorAccount, sent: Parameters): string {
  const fileName = (sent.fileName ?? "").trim();
  if (fileName === "") return returnText({ code: 21 });
  const file = office.state.files.get(fileKey({ ispId, fileName }));
  if (!file) return returnText({ code: 999, words: "没有该文件" });
  if (file.acknowledgedAt === undefined) {
    office.record({ type: "acknowledged", ispId, fileName, at: Date.now() });
  }
  return returnText({ code: 0 });
}

const NO_FILE: DownloadFile = {
  fileName: "",
  beianInfo: "",
  beianInfoHash: "",
  encryptAlgorithm: 0,
  hashAlgorithm: 0,
  compressionFormat: 0,
};

function queryPreviousUpload(office: Office, account: SimulatorAccount): string {
  const sequence = lastSequence(office.state, account.ispId);
  const last = uploadsOf(office.state, account.ispId).findLast((one) => one.sequence === sequence);
  const file = last ? office.cabinet.uploadFor(account, last) : NO_FILE;
  return returnText({ code: 0 }, [fileInfos(file, [["dataSequence", String(sequence)]])]);
}

const hash: [string, "int"] = ["hashAlgorithm", "int"];

/** All methods of the specification (V3.0, 3-3), in its order. */
export const METHODS: Record<string, Method> = {
  isp_upload: {
    path: SERVICE_PATHS.upDownLoad,
    parameters: [
      ["beianInfo", "string"],
      ["beianInfoHash", "string"],
      ["dataSequence", "long"],
      ["encryptAlgorithm", "int"],
      hash,
      ["compressionFormat", "int"],
    ],
    answer: upload,
  },
  isp_download: { path: SERVICE_PATHS.upDownLoad, parameters: [hash], answer: download },
  isp_downloadack: {
    path: SERVICE_PATHS.upDownLoad,
    parameters: [hash, ["fileName", "string"]],
    answer: acknowledge,
  },
  isp_querypreviousupload: {
    path: SERVICE_PATHS.upDownLoad,
    parameters: [hash],
    answer: queryPreviousUpload,
  },
  isp_querybeianstatus: {
    path: SERVICE_PATHS.queryBeianStatus,
    parameters: [hash, ["queryConditionType", "int"], ["queryCondition", "string"]],
    answer: (office, _account, sent) => queryBeianStatus(office, sent),
  },
  isp_verifybamm: {
    path: SERVICE_PATHS.verifyBamm,
    parameters: [hash, ["baxh", "string"], ["bamm", "string"]],
    answer: (office, _account, sent) => verifyBamm(office, sent),
  },
};

/** 认证: an account of another province is no provider of this bureau (13). */
const isForeign = ({ options, state }: Office, ispId: number): boolean => {
  const { province } = standingOf(state, ispId);
  return options.province !== undefined && province !== null && province !== options.province;
};

/** Who is asking; the code says why not: 16 random value, 12 number, 13 province, 4 name, 5 password, 10 hash algorithm. */
export function identify(office: Office, sent: Parameters): SimulatorAccount | { code: number } {
  const { randVal = "", userName, pwdHash } = sent;
  if (randVal.length < RANDOM_LENGTH) return { code: 16 };
  const ispId = number(sent.ispId ?? sent.ispID);
  const account = office.options.accounts.find((one) => one.ispId === ispId);
  if (!account) return { code: 12 };
  if (isForeign(office, ispId)) return { code: 13 };
  if (userName !== account.userName) return { code: 4 };
  if (pwdHash !== passwordHash(account.password, randVal)) return { code: 5 };
  return number(sent.hashAlgorithm) === 0 ? account : { code: 10 };
}

/** The text that a call is answered with. */
export function answerCall(office: Office, method: Method, sent: Parameters, given: Given): string {
  const who = identify(office, sent);
  return "code" in who ? returnText(who) : method.answer(office, who, sent, given);
}
