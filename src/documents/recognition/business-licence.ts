import { creditCodeCheck, parseCreditCode } from "../../vocabulary/credit-code.ts";
import type { ReadDocument } from "../../vocabulary/filing.ts";
import type { Cell } from "./cells.ts";
import { addressText, eighteens, hanOnly, present, printedDate, rowsOf } from "./text.ts";

/** 统一社会信用代码: one with a right check character before one that has the right signs alone. */
function codeOf(cells: readonly Cell[]): string | undefined {
  const found = eighteens(cells, /[A-HJ-NPQRTUWXY]/);
  const right = found.find((text) => parseCreditCode(text).ok);
  if (right) return right;
  return found.find(
    (text) => /^[159]\d{7}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) && creditCodeCheck(text.slice(0, 17)),
  );
}

type Label = { whole: RegExp; start: RegExp };

/** A label may stand alone (its two characters are set far apart) or run into what follows it. */
const labels = {
  name: { whole: /^(?:名?称|名)$/, start: /^名?称[^\p{Script=Han}]*/u },
  person: {
    whole: /^(?:法定代表人|负责人|经营者|投资人|执行事务合伙人)$/,
    start: /^(?:.{0,1}定代表人|负责人|经营者|投资人|执行事务合伙人)[^\p{Script=Han}]*/u,
  },
  established: { whole: /^(?:成立|注册)[日目曰][期朋]$/, start: /^(?:成立|注册)[日目曰][期朋]/ },
  until: { whole: /^(?:营业|经营|合伙)期限$/, start: /^(?:营业|经营|合伙)期限/ },
  address: {
    whole: /^(?:住?所|(?:主要)?(?:营业|经营)?场所)$/,
    start: /^(?:住所|(?:主要)?(?:营业|经营)场所)[^\p{Script=Han}]*/u,
  },
} as const satisfies Record<string, Label>;

const isLabel = ({ text }: Cell): boolean =>
  Object.values(labels).some(({ whole }) => whole.test(text)) ||
  /^(?:类?型|类|注册资本|登记机关|经营范围)$/.test(text);

/** The cell that a label stands before, without the label. */
function valueAt(rows: readonly Cell[][], { whole, start }: Label): Cell | undefined {
  for (const row of rows) {
    const at = row.findLastIndex(({ text }) => whole.test(text));
    const next = row[at + 1];
    if (at >= 0 && next && !isLabel(next)) return next;
    const run = row.find(({ text }) => start.test(text) && !whole.test(text));
    if (run) return { ...run, text: run.text.replace(start, "") };
  }
  return undefined;
}

/** Ends of the names of bodies; a name that stands beside no label that could be read is known by them. */
const ENDS =
  /^[\p{Script=Han}（）()A-Za-z\d·]{4,60}(?:公司|厂|店|中心|事务所|合作社|商行|工作室|企业|经营部|（有限合伙）)$/u;

/** 类型 ends like a name and is none. */
const LEGAL_FORM =
  /^(?:其他)?(?:有限责任|股份有限|有限)公司|^(?:个人独资|(?:普通|特殊普通|有限)?合伙|外商投资|全民所有制|集体所有制)企业/;

/** What begins with a bracket or within one is the rest of a name that fell apart. */
const isRest = (text: string): boolean => /^(?:[（(]|[^（(]*[）)])/.test(text);

const isName = ({ text }: Cell): boolean => ENDS.test(text) && !LEGAL_FORM.test(text) && !isRest(text);

/** A name that fell apart at its bracket goes on to the right of where it began. */
function wholeName(rows: readonly Cell[][], start: Cell | undefined): string {
  const row = rows.find((cells) => cells.some(({ row, left }) => row === start?.row && left === start.left));
  if (!start || !row) return "";
  const rest = row.filter(({ left }) => left > start.left);
  const end = rest.findIndex(isLabel);
  const parts = [start, ...(end < 0 ? rest : rest.slice(0, end))].map(({ text }) => text);
  const wholes = parts.map((_, at) => parts.slice(0, at + 1).join(""));
  return wholes.find((text) => ENDS.test(text)) ?? start.text;
}

function nameOf(rows: readonly Cell[][]): string | undefined {
  const labelled = wholeName(rows, valueAt(rows, labels.name));
  const name = hanOnly(labelled).length >= 4 ? labelled : rows.flat().find(isName)?.text;
  return name
    ?.replace(/\(/g, "（")
    .replace(/\)/g, "）")
    .replace(/^[^\p{Script=Han}A-Za-z\d]+/u, "");
}

function personOf(rows: readonly Cell[][]): string | undefined {
  const name = hanOnly(valueAt(rows, labels.person)?.text ?? "");
  return name.length >= 2 && name.length <= 15 ? name : undefined;
}

/** 成立日期; where its label could not be read, the only day that stands on the licence. */
function establishedOf(rows: readonly Cell[][]): string | undefined {
  const labelled = printedDate(valueAt(rows, labels.established)?.text ?? "");
  if (labelled) return labelled;
  const days = [...new Set(rows.flat().flatMap(({ text }) => printedDate(text) ?? []))];
  return days.length === 1 ? days[0] : undefined;
}

/** The end of 营业期限, on licences before 2019 and on those of bodies with a term. */
function untilOf(rows: readonly Cell[][]): string | undefined {
  const text = valueAt(rows, labels.until)?.text ?? "";
  if (/长期|永久/.test(text)) return "长期";
  return printedDate(text.split("至")[1] ?? "");
}

/** The address goes on below, where it began. */
function addressOf(rows: readonly Cell[][]): string | undefined {
  const value = valueAt(rows, labels.address);
  if (!value) return undefined;
  const below = rows
    .flat()
    .find(
      (cell) =>
        cell.row > value.row &&
        cell.row <= value.row + 2 &&
        Math.abs(cell.left - value.left) < cell.height * 1.6,
    );
  return addressText(value.text + (below && !isLabel(below) ? below.text : ""));
}

/** What a 营业执照 says; what could not be read is left out. */
export function businessLicence(cells: readonly Cell[]): ReadDocument {
  const rows = rowsOf(cells);
  const facts = {
    ...{ name: nameOf(rows), number: codeOf(cells), person: personOf(rows) },
    ...{ from: establishedOf(rows), until: untilOf(rows), address: addressOf(rows) },
  };
  return { kind: "businessLicence", ...present(facts) };
}
