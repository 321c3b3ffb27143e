import { child, childrenOf, type Tree, textAt } from "../gateways/bureau/xml.ts";
import { codeRow } from "../vocabulary/code-tables.ts";
import type { Check, Checked } from "./checks.ts";

/** `2/` with what names it: a bare number in a first filing, otherwise an id or a number of the record. */
export const ownerOf = (attachment: Tree): string => {
  const named = ["Ssdxbs/Jlid", "Ssdxbs/Baxh", "Ssdxbs"].map((path) => textAt(attachment, `Fjssdx/${path}`));
  return `${textAt(attachment, "Fjssdx/Ssdxlx")}/${named.find((text) => text !== undefined)}`;
};

const strangeOwners = ({ attachments, owners }: Checked): string[] =>
  attachments.filter((one) => !owners.has(ownerOf(one))).map(() => "附件所属对象不在本次备案中");

/** 主体 or 网站, as the table of purposes has it. */
const OWNER_WORDS: Record<string, string> = { "1": "主体", "2": "网站" };

/** A purpose that belongs to the other kind of owner, such as the organiser's document handed in for a website. */
const mismatched = ({ attachments }: Checked): string[] =>
  attachments.flatMap((one) => {
    const purpose = codeRow("attachment_purpose", textAt(one, "Fjyt") ?? "");
    const owner = OWNER_WORDS[textAt(one, "Fjssdx/Ssdxlx") ?? ""];
    return purpose?.owner && purpose.owner !== owner ? [purpose.zh] : [];
  });

const unknown =
  (table: string, element: string) =>
  ({ attachments }: Checked): string[] =>
    attachments
      .map((one) => textAt(one, element) ?? "")
      .filter((code) => !codeRow(table, code))
      .map((code) => `代码 ${code}`);

/** A picture of the first format begins with FF D8 (JPEG), of the second with 89 50 (PNG). */
const SIGNATURES: Record<string, string> = { "1": "ffd8", "2": "8950" };
const DEFAULT_MAX_KB = 100;

function badPicture(words: string, base64: string, signature: string, maxKb = DEFAULT_MAX_KB): string[] {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > maxKb * 1024) return [`${words}超过 ${maxKb} KB`];
  return bytes.toString("hex", 0, 2) === signature ? [] : [`${words}不是所填的文件格式`];
}

const badAttachments = ({ attachments }: Checked): string[] =>
  attachments.flatMap((one) => {
    const purpose = codeRow("attachment_purpose", textAt(one, "Fjyt") ?? "");
    const signature = SIGNATURES[textAt(one, "Fjwjgs") ?? ""] ?? "";
    return badPicture(purpose?.zh ?? "附件", textAt(one, "Fjnr") ?? "", signature, purpose?.maxKb);
  });

/** 前置审批文件: JPEG, at most 100 KB each. */
const badScans = ({ websites }: Checked): string[] =>
  websites
    .flatMap((site) => childrenOf(child(site, "Nrlx"), "Nrlx_xx"))
    .flatMap((approval) => childrenOf(approval, "Spwj"))
    .flatMap(({ text }) => badPicture("审批文件", text, SIGNATURES["1"] ?? ""));

/** What can be seen in the pictures that come with an operation. */
export const PICTURE_CHECKS: Check[] = [
  { code: 1055, faults: strangeOwners },
  { code: 1056, faults: unknown("attachment_format", "Fjwjgs") },
  { code: 1057, faults: unknown("attachment_purpose", "Fjyt") },
  { code: 1061, faults: mismatched },
  { code: 5010, faults: badAttachments },
  { code: 5010, faults: badScans },
];
