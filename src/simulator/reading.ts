import {
  checkSchema,
  INTERFACE_VERSION,
  MAX_RECORDS,
  operationCodes,
  type ResultCode,
  XmlUnreadable,
} from "../gateways/bureau/index.ts";
import { child, numberAt, readXml, type Tree } from "../gateways/bureau/xml.ts";
import { wordsOf } from "./checks.ts";
import { examine } from "./examine.ts";
import { ANSWER, ENTRY_KINDS, type Entry, entriesOf } from "./operations.ts";
import type { Bureau } from "./permits.ts";
import type { Filing, Standing, UnfiledSite, Upload } from "./state.ts";

/** A file as read: its operations with what the machine found in each, or one fault of the whole file. */
export type Reading =
  | { fault: ResultCode }
  | { entries: Entry[]; filings: { filing: Filing; found: ResultCode[] }[] };

/** What a file is held against; `closed` are elements that nobody may use here, `firstId` the number of the next operation. */
type Against = { bureau: Bureau; closed: readonly string[]; firstId: number };

const fault = (code: number, words = wordsOf(code)): Reading => ({ fault: { code, words } });

const ELSEWHERE = ["IP", "YM"];
const DECLARES_GBK = /^\ufeff?\s*<\?xml[^>]*encoding=["']GBK["']/i;

/**
 * Elements whose form has a result code of its own. The patterns in our schema are stricter than the bureau's: there
 * such a value passes the schema and is found by the machine.
 */
const FORMS = new Set(["Ym", "Fzr_dhhm", "Fzr_sjhm", "sjhm", "Fzr_dzyj", "Msn", "Qq", "Syurl"]);

const breaksSchema = (xml: string): boolean =>
  checkSchema("upload", xml).some(({ rule, element }) => rule !== "pattern" || !FORMS.has(element));

/**
 * Looks into a file. What it asks for first already holds against what it asks for later. With 5001 the words are the name
 * of the file.
 */
export function readUpload(upload: Upload, xml: string, { bureau, closed, firstId }: Against): Reading {
  if (xml.includes("\ufffd")) return fault(5008);
  const root = treeOf(xml);
  if (root?.name !== "UploadData" || !DECLARES_GBK.test(xml)) return fault(5001, upload.entryName);
  if (root.attributes.version !== INTERFACE_VERSION)
    return fault(5004, `接口版本错误，当前接口版本为${INTERFACE_VERSION}`);
  const icp = child(root, "ICP");
  const known = ENTRY_KINDS.map(({ element }) => element);
  const asked = icp?.children.map(({ name }) => name) ?? root.children.map(({ name }) => name);
  if (asked.some((name) => [...ELSEWHERE, ...closed].includes(name))) return fault(5011);
  if (icp && !asked.some((name) => known.includes(name))) return fault(5011);
  const entries = entriesOf(icp);
  if (entries.length > MAX_RECORDS || breaksSchema(xml)) return fault(5001, upload.entryName);
  return (
    whoseFault(upload, icp, bureau) ?? { entries, filings: readEntries(upload, entries, bureau, firstId) }
  );
}

/** 1053 and 1054: the unit was deleted here, or is no valid one. */
const STANDING: Partial<Record<Standing["standing"], number>> = { deleted: 1053, invalid: 1054 };

/** Whether the provider may ask for this at all. */
function whoseFault({ ispId }: Upload, icp: Tree | undefined, { standing }: Bureau): Reading | undefined {
  if (numberAt(icp, "Qqdwid") !== ispId) return fault(5003);
  const code = STANDING[standing.standing];
  if (code !== undefined) return fault(code);
  return icp?.children.some(({ name }) => standing.mayNot.includes(name)) ? fault(5009) : undefined;
}

function readEntries(upload: Upload, entries: Entry[], bureau: Bureau, firstId: number) {
  const filings: { filing: Filing; found: ResultCode[] }[] = [];
  const waiting = [...bureau.waiting];
  const unfiled = [...bureau.unfiled];
  for (const [index, entry] of entries.entries()) {
    const read = readEntry(upload, entry, { ...bureau, waiting, unfiled }, firstId + index);
    if (read.filing.state === "waiting") waiting.push(read.filing);
    const answered = unfiled.findIndex(({ id }) => read.found.length === 0 && id === read.filing.targetId);
    if (read.filing.answer?.kind === "unfiled" && answered >= 0)
      unfiled[answered] = { ...(unfiled[answered] as UnfiledSite), answered: true };
    filings.push(read);
  }
  return filings;
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

/** What the machine does alone: nobody decides on it. */
const isDoneAtOnce = ({ operation }: Entry): boolean =>
  operation === operationCodes.supplement || operation === ANSWER;

function readEntry({ ispId, sequence, receivedAt, file }: Upload, entry: Entry, bureau: Bureau, id: number) {
  const { found, filing: told } = examine(bureau, entry);
  const done = isDoneAtOnce(entry) && found.length === 0;
  const words = entry.operation === ANSWER ? "已收到" : wordsOf(SUPPLEMENT_TAKEN);
  const filing: Filing = {
    ...{
      id,
      ispId,
      sequence,
      upload: file,
      position: entry.position,
      operation: entry.operation,
      receivedAt,
    },
    ...{ decidedAs: [], subjectId: 0, name: "", province: "", sites: [], certificate: "" },
    ...told,
    state: found.length > 0 ? "rejected" : "waiting",
    words: found.map(({ code, words: said }) => `${code} ${said}`).join("；"),
    numbered: false,
    ...(done ? { state: "approved", words, decidedAt: receivedAt } : {}),
  };
  return { filing, found };
}
