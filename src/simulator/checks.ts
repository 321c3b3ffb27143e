import type { ResultCode } from "../gateways/bureau/index.ts";
import { child, childrenOf, numberAt, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { codeRow, isIndividual } from "../vocabulary/code-tables.ts";
import { domainsOf } from "./records.ts";

/**
 * What a check looks at: the parts that an operation carries, and what is known around it. `held` are domains of others;
 * `owners` what pictures may belong to, as `1/` or `2/` with an id or number; `conflict`: the organiser is filed already.
 */
export type Checked = {
  subject?: Tree;
  websites: Tree[];
  accesses: Tree[];
  attachments: Tree[];
  owners: Set<string>;
  held: Set<string>;
  conflict: boolean;
};

/** One check of the bureau's machine: the code and what makes it, as words for the person (none: all is well). */
type Check = { code: number; faults: (filing: Checked) => string[] };

const DOMAIN =
  /^(?:[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]*[a-z0-9\u4e00-\u9fff])?\.)+[a-z\u4e00-\u9fff]{2,}$/;

const allDomains = ({ websites }: Checked): string[] => websites.flatMap(domainsOf);

/** Texts of all elements of one name below a path such as `Fwnr/Fwnr_id`. */
const codesAt = (tree: Tree, [list = "", name = ""]: string[]): string[] =>
  childrenOf(child(tree, list), name).map(({ text }) => text);

const unknownCodes = (table: string, codes: (string | undefined)[]): string[] =>
  codes.filter((code) => code !== undefined && !codeRow(table, code)).map((code) => `代码 ${code}`);

const forUnits = ({ subject }: Checked, path: string, words: string): string[] =>
  !subject || isIndividual(textAt(subject, "Dwxz")) || textAt(subject, path) ? [] : [words];

function areaFaults({ subject }: Checked): string[] {
  if (!subject) return [];
  const province = textAt(subject, "Txdz/Shengid") ?? "";
  const below = [textAt(subject, "Txdz/Shiid"), textAt(subject, "Txdz/Xianid")];
  if (!codeRow("province", province)) return [`代码 ${province}`];
  return below
    .filter((code) => code !== undefined && code.slice(0, 2) !== province.slice(0, 2))
    .map((code) => `代码 ${code}`);
}

function heldDomains(filing: Checked): string[] {
  const mine = allDomains(filing);
  return [...new Set(mine.filter((domain, at) => filing.held.has(domain) || mine.indexOf(domain) !== at))];
}

const badRanges = ({ accesses }: Checked): string[] =>
  accesses
    .flatMap((access) => childrenOf(access, "Ip_xx"))
    .filter(
      (ip) => (numberAt(ip, "Qsip") ?? 0) === 0 || (numberAt(ip, "Qsip") ?? 0) > (numberAt(ip, "Zzip") ?? 0),
    )
    .map(() => "起始IP应不大于终止IP");

const strangeHomePages = ({ websites }: Checked): string[] =>
  websites.flatMap((site) => {
    const address = textAt(site, "Syurl")?.toLowerCase();
    if (address === undefined || domainsOf(site).some((domain) => address.includes(domain))) return [];
    return [textAt(site, "Wzmc") ?? ""];
  });

/** `2/` with what names it: a bare number in a first filing, otherwise an id or a number of the record. */
export const ownerOf = (attachment: Tree): string => {
  const named = ["Ssdxbs/Jlid", "Ssdxbs/Baxh", "Ssdxbs"].map((path) => textAt(attachment, `Fjssdx/${path}`));
  return `${textAt(attachment, "Fjssdx/Ssdxlx")}/${named.find((text) => text !== undefined)}`;
};

const strangeOwners = ({ attachments, owners }: Checked): string[] =>
  attachments.filter((one) => !owners.has(ownerOf(one))).map(() => "附件所属对象不在本次备案中");

/** A picture of the first format begins with FF D8 (JPEG), of the second with 89 50 (PNG). */
const SIGNATURES: Record<string, string> = { "1": "ffd8", "2": "8950" };
const DEFAULT_MAX_KB = 100;

function badPictures({ attachments }: Checked): string[] {
  return attachments.flatMap((one) => {
    const purpose = codeRow("attachment_purpose", textAt(one, "Fjyt") ?? "");
    const bytes = Buffer.from(textAt(one, "Fjnr") ?? "", "base64");
    const limit = purpose?.maxKb ?? DEFAULT_MAX_KB;
    const signature = SIGNATURES[textAt(one, "Fjwjgs") ?? ""] ?? "";
    if (bytes.length > limit * 1024) return [`${purpose?.zh ?? "附件"}超过 ${limit} KB`];
    return bytes.toString("hex", 0, 2) === signature ? [] : [`${purpose?.zh ?? "附件"}不是所填的文件格式`];
  });
}

const CHECKS: Check[] = [
  {
    code: 1003,
    faults: ({ conflict }) => (conflict ? ["主办者"] : []),
  },
  { code: 1004, faults: (filing) => allDomains(filing).filter((domain) => !DOMAIN.test(domain)) },
  { code: 1005, faults: heldDomains },
  { code: 1006, faults: badRanges },
  { code: 1008, faults: ({ subject }) => unknownCodes("cert_type", [textAt(subject, "Zj/Zjlx")]) },
  { code: 1010, faults: (filing) => forUnits(filing, "Fzr/Fzr_dhhm", "主体负责人办公电话") },
  { code: 1014, faults: ({ subject }) => unknownCodes("unit_nature", [textAt(subject, "Dwxz")]) },
  { code: 1019, faults: areaFaults },
  {
    code: 1034,
    faults: ({ websites }) =>
      websites.flatMap((site) => unknownCodes("site_service_content", codesAt(site, ["Fwnr", "Fwnr_id"]))),
  },
  {
    code: 1035,
    faults: ({ accesses }) =>
      accesses.flatMap((access) => unknownCodes("access_mode", codesAt(access, ["Wzjrfs", "Jrfs"]))),
  },
  { code: 1041, faults: strangeHomePages },
  { code: 1044, faults: (filing) => forUnits(filing, "Fzr/Fzr_xm", "主体负责人") },
  { code: 1055, faults: strangeOwners },
  {
    code: 1056,
    faults: ({ attachments }) =>
      unknownCodes(
        "attachment_format",
        attachments.map((one) => textAt(one, "Fjwjgs")),
      ),
  },
  {
    code: 1057,
    faults: ({ attachments }) =>
      unknownCodes(
        "attachment_purpose",
        attachments.map((one) => textAt(one, "Fjyt")),
      ),
  },
  {
    code: 1066,
    faults: ({ websites }) =>
      websites.flatMap((site) => unknownCodes("site_language", codesAt(site, ["Yylb", "Yylb_id"]))),
  },
  { code: 5010, faults: badPictures },
];

/** Every code that the bureau's machine finds, with its words and what it is about. Empty: it goes to a person. */
export const checkFiling = (filing: Checked): ResultCode[] =>
  CHECKS.flatMap(({ code, faults }) => {
    const found = [...new Set(faults(filing))];
    return found.length === 0 ? [] : [{ code, words: `${wordsOf(code)}：${found.join("、")}` }];
  });

/** A code with its words and nothing of what made it. */
export const codeOf = (code: number): ResultCode => ({ code, words: wordsOf(code) });

/** Words of a result code, as the bureau gives them. */
export const wordsOf = (code: number): string => codeRow("result_code", String(code))?.zh ?? "其他错误";
