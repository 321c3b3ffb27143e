import { createHash } from "node:crypto";
import { checkSchema, INTERFACE_VERSION, type ResultCode, XmlUnreadable } from "../gateways/bureau/index.ts";
import { child, childrenOf, numberAt, readXml, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { checkFiling, domainsOf, wordsOf } from "./checks.ts";
import type { Filing, Upload } from "./state.ts";

/** A file as read: its filings with what the machine found in each, or one fault of the whole file. */
export type Reading = { fault: ResultCode } | { filings: { filing: Filing; found: ResultCode[] }[] };

const fault = (code: number, words = wordsOf(code)): Reading => ({ fault: { code, words } });

/**
 * Looks into a file. `open` are the filings that hold their domains and organisers, `firstId` is the number of the
 * next filing. With 5001 the words are the name of the file.
 */
export function readUpload(upload: Upload, xml: string, open: Filing[], firstId: number): Reading {
  if (xml.includes("\ufffd")) return fault(5008);
  const root = treeOf(xml);
  if (root?.name !== "UploadData") return fault(5001, upload.entryName);
  if (root.attributes.version !== INTERFACE_VERSION)
    return fault(5004, `接口版本错误，当前接口版本为${INTERFACE_VERSION}`);
  const icp = child(root, "ICP");
  if (icp && !child(icp, "XZBA")) return fault(5011);
  if (checkSchema("upload", xml).length > 0) return fault(5001, upload.entryName);
  if (numberAt(icp, "Qqdwid") !== upload.ispId) return fault(5003);
  const filings: { filing: Filing; found: ResultCode[] }[] = [];
  for (const [position, baxx] of childrenOf(child(icp, "XZBA"), "Baxx").entries()) {
    const before = filings.filter(({ found }) => found.length === 0).map(({ filing }) => filing);
    filings.push(readFiling(upload, baxx, [...open, ...before], firstId + position, position));
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

function readFiling(upload: Upload, baxx: Tree, open: Filing[], id: number, position: number) {
  const subject = child(baxx, "Zt_xx") as Tree;
  const websites = childrenOf(baxx, "Wz_xx");
  const attachments = childrenOf(baxx, "Fj").flatMap((one) => childrenOf(one, "Fjxx"));
  const certificate = digest(`${textAt(subject, "Zj/Zjlx")}:${textAt(subject, "Zj/Zjhm")?.toUpperCase()}`);
  const found = checkFiling({ subject, websites, attachments, certificate, open });
  const filing: Filing = {
    id,
    ispId: upload.ispId,
    sequence: upload.sequence,
    position,
    subjectId: numberAt(subject, "IspZtid") ?? 0,
    name: shownName(subject),
    province: textAt(subject, "Txdz/Shengid") ?? "",
    sites: websites.map((site) => ({ name: textAt(site, "Wzmc") ?? "", domains: domainsOf(site) })),
    certificate,
    receivedAt: upload.receivedAt,
    state: found.length > 0 ? "rejected" : "waiting",
    words: found.map(({ code, words }) => `${code} ${words}`).join("；"),
    numbered: false,
  };
  return { filing, found };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** Of a person the first character alone: the desk is no place for personal data. */
function shownName(subject: Tree): string {
  const name = textAt(subject, "Dwmc") ?? "";
  return isIndividual(textAt(subject, "Dwxz")) ? `${[...name][0] ?? ""}**` : name;
}
