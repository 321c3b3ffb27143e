import {
  checkSchema,
  INTERFACE_VERSION,
  operationCodes,
  type ResultCode,
  XmlUnreadable,
} from "../gateways/bureau/index.ts";
import { child, numberAt, readXml, type Tree } from "../gateways/bureau/xml.ts";
import { wordsOf } from "./checks.ts";
import { examine } from "./examine.ts";
import { ENTRY_KINDS, type Entry, entriesOf } from "./operations.ts";
import type { Bureau } from "./permits.ts";
import type { Filing, Upload } from "./state.ts";

/** A file as read: its operations with what the machine found in each, or one fault of the whole file. */
export type Reading = { fault: ResultCode } | { filings: { filing: Filing; found: ResultCode[] }[] };

const fault = (code: number, words = wordsOf(code)): Reading => ({ fault: { code, words } });

/**
 * Looks into a file. What it asks for first already holds against what it asks for later. `firstId` is the number of the
 * next operation. With 5001 the words are the name of the file.
 */
export function readUpload(upload: Upload, xml: string, bureau: Bureau, firstId: number): Reading {
  if (xml.includes("\ufffd")) return fault(5008);
  const root = treeOf(xml);
  if (root?.name !== "UploadData") return fault(5001, upload.entryName);
  if (root.attributes.version !== INTERFACE_VERSION)
    return fault(5004, `接口版本错误，当前接口版本为${INTERFACE_VERSION}`);
  const icp = child(root, "ICP");
  if (icp && !ENTRY_KINDS.some(({ element }) => child(icp, element))) return fault(5011);
  if (checkSchema("upload", xml).length > 0) return fault(5001, upload.entryName);
  if (numberAt(icp, "Qqdwid") !== upload.ispId) return fault(5003);
  const filings: { filing: Filing; found: ResultCode[] }[] = [];
  for (const [index, entry] of entriesOf(icp).entries()) {
    const before = filings.map(({ filing }) => filing).filter(({ state }) => state === "waiting");
    const waiting = [...bureau.waiting, ...before];
    filings.push(readEntry(upload, entry, { ...bureau, waiting }, firstId + index));
  }
  return { filings };
}

function treeOf(xml: string): Tree | undefined {
  try {
    return readXml(xml);
  } catch (error) {
    if (error instanceof XmlUnreadable) return undefined;
    throw error;
  }
}

/** Good news: 核验单信息成功入库. It is the whole answer to a supplement. */
export const SUPPLEMENT_TAKEN = 1060;

function readEntry({ ispId, sequence, receivedAt }: Upload, entry: Entry, bureau: Bureau, id: number) {
  const { found, filing: told } = examine(bureau, entry);
  const done = entry.operation === operationCodes.supplement && found.length === 0;
  const filing: Filing = {
    ...{ id, ispId, sequence, position: entry.position, operation: entry.operation, receivedAt },
    ...{ decidedAs: [], subjectId: 0, name: "", province: "", sites: [], certificate: "" },
    ...told,
    state: found.length > 0 ? "rejected" : "waiting",
    words: found.map(({ code, words }) => `${code} ${words}`).join("；"),
    numbered: false,
    ...(done ? { state: "approved", words: wordsOf(SUPPLEMENT_TAKEN), decidedAt: receivedAt } : {}),
  };
  return { filing, found };
}
