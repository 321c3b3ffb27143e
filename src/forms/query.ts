import { compact, length, normalise } from "../lib/text.ts";
import { parseDomain, toAscii } from "../vocabulary/domain.ts";
import { formatIcpNumber, parseIcpNumber } from "../vocabulary/icp-number.ts";

/** What the public look-up may be asked for. */
export type Query =
  /** A number (备案号), written in the usual form. */
  | { by: "number"; number: string }
  /** A registrable domain in punycode. */
  | { by: "domain"; domain: string }
  /** A part of a unit's name. */
  | { by: "name"; name: string };

export type ReadQuery = { ok: true; query: Query } | { ok: false; problem: string };

const LEAST = 4;
const MOST = 60;

const refused = (problem: string): ReadQuery => ({ ok: false, problem });

/** The number in the usual form; undefined for what is none. Full-width signs, blanks and small letters are put right. */
export function readNumber(text: string): string | undefined {
  if (length(text) > MOST) return undefined;
  const number = parseIcpNumber(text);
  return number && formatIcpNumber(number);
}

/** The registrable domain of what was typed: also of a host under it and of the address of a page. */
function domainIn(close: string): string | undefined {
  const host = close
    .replace(/^https?:\/\//i, "")
    .replace(/[/:?#].*$/, "")
    .replace(/[。｡]/g, ".");
  if (!host.includes(".")) return undefined;
  const found = parseDomain(host);
  if (found.ok) return found.ascii;
  return found.registrable === undefined ? undefined : toAscii(found.registrable);
}

/** Between 汉字 and around brackets nobody means a blank. */
const BLANKS = /(?<=[\p{Script=Han}（）()])\s+|\s+(?=[\p{Script=Han}（）()])/gu;

/** Five digits in a row and more are of a document or a telephone; a mailbox is somebody's. */
const PERSONAL = /\d{5}|@/;

/**
 * What is looked up, by its shape: number, domain, or name of a unit (单位). What may be personal is refused with what to
 * do: the public look-up knows no persons.
 */
export function readQuery(typed: string): ReadQuery {
  const text = normalise(typed);
  const close = compact(text);
  if (close === "") return refused("请填写域名、备案号或者主办单位名称");
  const number = readNumber(close);
  if (number) return { ok: true, query: { by: "number", number } };
  const domain = length(close) <= 300 ? domainIn(close) : undefined;
  if (domain) return { ok: true, query: { by: "domain", domain } };
  if (/ICP|[备证]\d{4}/i.test(close))
    return refused("备案号不完整，例如京ICP备12345678号，或者京ICP备12345678号-1");
  if (PERSONAL.test(close))
    return refused("证件号码、电话和邮箱不能查询，请填写域名、备案号或者主办单位名称");
  if (length(close) > MOST) return refused(`主办单位名称最多${MOST}个字，现在是${length(close)}个字`);
  if (length(close) < LEAST)
    return refused(`主办单位名称至少写${LEAST}个字；个人主办者的姓名不能查询，请用域名或备案号查`);
  return { ok: true, query: { by: "name", name: text.replace(BLANKS, "").replace(/\s+/g, " ") } };
}
