import { normalise } from "../../lib/text.ts";
import { INDIVIDUAL } from "../../vocabulary/code-tables.ts";
import { children, isMunicipality, provinceShortName, provinces } from "../../vocabulary/divisions.ts";
import {
  approvalNumberKey,
  type Field,
  fieldsOf,
  initialValues,
  listOf,
  optionsOf,
  readValues,
  type Values,
} from "../../vocabulary/fields/index.ts";
import { type Column, columns, type RowSection } from "./columns.ts";

/** What is wrong in a cell; never what stands in it, which may be anybody's number. */
export type CellProblem = { column: string; message: string };

type Body = Record<string, string | string[]>;
type Read = { body: Body; problems: CellProblem[] };

const UNKNOWN = "有不认识的词，请照模板第二张表“可选内容”里的写";

const split = (cell: string): string[] =>
  cell
    .split(/[、;；\n]/)
    .map(normalise)
    .filter(Boolean);

/** 营业执照（个人或企业） is also written 营业执照. */
const plainly = (word: string): string => word.replace(/[（(].*[）)]$/, "");

/**
 * The code of a word; a code itself is understood too, and a province's full name. Documents of several 性质 share a
 * word, so that those of the chosen one come first; another one's are left to the rules.
 */
function codeOf(field: Field, word: string, chosen: Values): string | undefined {
  const natures = [chosen, {}, { nature: INDIVIDUAL }];
  const options = natures.flatMap((values: Values) => optionsOf(field, values));
  const wanted = field.codeTable === "province" ? provinceShortName(provinceCode(word) ?? "") : plainly(word);
  return options.find(({ code, label }) => plainly(label) === wanted || code === word)?.code;
}

/** 浙江 or 浙江省. */
const provinceCode = (word: string): string | undefined =>
  provinces.find(({ code, name }) => name === word || provinceShortName(code) === word)?.code;

/** A division below another one, with or without its last character: 杭州 or 杭州市. */
const below = (parent: string, word: string): string | undefined =>
  children(parent).find(({ name }) => name === word || name.replace(/[市区县]$/, "") === word)?.code;

function readCodes(column: Column, cell: string, { body, problems }: Read): void {
  const codes = split(cell).map((word) => codeOf(column.field, word, body));
  const known = codes.filter((code) => code !== undefined);
  if (known.length < codes.length) problems.push({ column: column.label, message: UNKNOWN });
  body[column.part] = column.field.kind === "select" ? (known[0] ?? "") : known;
}

/** 新闻:京新备20260001、出版: the approval number stands behind its word. */
function readApprovals(column: Column, cell: string, { body, problems }: Read): void {
  const codes = split(cell).map((entry) => {
    const [word = "", ...number] = entry.split(/[:：]/);
    const code = codeOf(column.field, word.trim(), body);
    if (code) body[approvalNumberKey(code)] = number.join(":");
    return code;
  });
  const known = codes.filter((code) => code !== undefined);
  if (known.length < codes.length) problems.push({ column: column.label, message: UNKNOWN });
  body[column.part] = known;
}

function readToggle({ field, part, label }: Column, cell: string, { body, problems }: Read): void {
  const yes = [field.words[0], "是"].includes(cell);
  if (!yes && ![field.words[1], "否"].includes(cell)) problems.push({ column: label, message: UNKNOWN });
  body[part] = yes ? "1" : "";
}

/** 省 stands before 市, and 市 before 区县; in the four municipalities 市 says nothing. */
function readDivision({ part, label }: Column, cell: string, { body, problems }: Read): void {
  const province = String(body.province ?? "");
  if (part === "city" && isMunicipality(province)) return;
  const parent = part === "city" ? province : String(body.city || province);
  const code = part === "province" ? provinceCode(cell) : below(parent, cell);
  if (code) body[part] = code;
  else
    problems.push({ column: label, message: "没有这个省、市或区县，请写全称，例如浙江省、杭州市、滨江区" });
}

type Reader = (column: Column, cell: string, read: Read) => void;

const plain: Reader = ({ part }, cell, { body }) => {
  body[part] = cell;
};

const readers: Partial<Record<Field["kind"], Reader>> = {
  select: readCodes,
  checks: readCodes,
  approvals: readApprovals,
  toggle: readToggle,
  division: readDivision,
};

/** The values of a section of one row; an empty cell leaves what a new section begins with. */
export function readSection(
  section: RowSection,
  cells: ReadonlyMap<string, string>,
): { values: Values; problems: CellProblem[] } {
  const read: Read = { body: {}, problems: [] };
  for (const column of columns.filter((one) => one.section === section)) {
    const cell = normalise(cells.get(column.label) ?? "");
    if (cell !== "") (readers[column.field.kind] ?? plain)(column, cell, read);
  }
  // Somebody who is named is another person, unless it is said that he is not.
  if (read.body.leaderName && read.body.samePerson === undefined) read.body.samePerson = "";
  const values = readValues(fieldsOf(section), read.body, initialValues[section]);
  const [domain] = listOf(values, "domains");
  if (domain && listOf(values, "homePages").length === 0) values.homePages = [`www.${domain}`];
  return { values, problems: read.problems };
}
