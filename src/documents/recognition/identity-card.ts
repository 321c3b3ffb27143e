import { isDate } from "../../lib/dates.ts";
import type { ReadDocument } from "../../vocabulary/filing.ts";
import { parseIdentityCard } from "../../vocabulary/identity-card.ts";
import type { Cell } from "./cells.ts";
import { addressText, eighteens, hanOnly, present, readingsOf, rowsOf } from "./text.ts";

/** The number: one with a right check character before one that only has eighteen signs. */
function numberOf(cells: readonly Cell[]): string | undefined {
  const found = eighteens(cells, /X/);
  const right = found.find((text) => parseIdentityCard(text).ok);
  return right ?? found.find((text) => /^\d{17}[\dX]$/.test(text));
}

/** Years that a card is good for (居民身份证法 article 5): five, ten, twenty, or 长期. */
const TERMS = [5, 10, 20];

const dateOf = (digits: string): string =>
  `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;

const misread = (a: string, b: string): number => [...a].filter((sign, index) => sign !== b[index]).length;

/**
 * 有效期限 from its digits: the two days are the same but for the year, so one digit that was misread on one side is
 * put right by the other side. Nothing where they do not fit together.
 */
function termOf(text: string): { from?: string; until?: string } {
  const digits = text.replace(/\D/g, "");
  if (/长|期$/.test(text) && digits.length === 8 && isDate(dateOf(digits)))
    return { from: dateOf(digits), until: "长期" };
  if (digits.length < 16) return endOf(digits);
  if (digits.length > 16) return {};
  const [first, last] = [digits.slice(0, 8), digits.slice(8)];
  for (const [sure, other, sign] of [
    [first, last, 1],
    [last, first, -1],
  ] as const) {
    const right = isDate(dateOf(sure)) ? otherDay(sure, other, sign) : undefined;
    if (right)
      return sign > 0
        ? { from: dateOf(sure), until: dateOf(right) }
        : { from: dateOf(right), until: dateOf(sure) };
  }
  return {};
}

/** Of a term whose beginning was lost: the end, where month and day of the beginning still bear it out. */
function endOf(digits: string): { until?: string } {
  const [monthAndDay, end] = [digits.slice(-12, -8), digits.slice(-8)];
  return monthAndDay === end.slice(4) && isDate(dateOf(end)) ? { until: dateOf(end) } : {};
}

/** The day a term before or after another, as it was read but for one digit at most. */
function otherDay(day: string, read: string, sign: 1 | -1): string | undefined {
  const days = TERMS.map((term) => String(Number(day.slice(0, 4)) + sign * term) + day.slice(4));
  const [nearest] = days.sort((a, b) => misread(a, read) - misread(b, read));
  return nearest && misread(nearest, read) <= 1 && isDate(dateOf(nearest)) ? nearest : undefined;
}

function validity(cells: readonly Cell[]): { from?: string; until?: string } {
  const terms = cells
    .flatMap(readingsOf)
    .filter((text) => /\d{4}\D?\d{2}/.test(text))
    .map(termOf);
  return terms.find(({ until }) => until !== undefined) ?? {};
}

/** What stands beside a label in its row: in the label's own cell or in the next one. */
function beside(row: readonly Cell[], label: RegExp): Cell[] | undefined {
  const at = row.findIndex(({ text }) => label.test(text));
  const cell = row[at];
  if (!cell) return undefined;
  const rest = { ...cell, text: cell.text.replace(label, "") };
  return [...(rest.text.length > 1 ? [rest] : []), ...row.slice(at + 1)];
}

const NAME = /^.{0,2}[姓妈娃性]名/;
const ADDRESS = /^.{0,1}[住佳任往][址北扯]/;
const PLACE = /^\p{Script=Han}{2,}?[省市区县州盟旗]\p{Script=Han}{2,}/u;
const NUMBER = /公民身份|身份号码|\d{12}/;

/** Rows that stand below the name whatever became of its label. */
const BELOW_NAME = /性别|民族|\d年/;

/** The name: Chinese characters beside 姓名, or the last such above the rows of sex and birth. */
function nameOf(rows: readonly Cell[][]): string | undefined {
  const labelled = rows.map((row) => beside(row, NAME)).find(Boolean);
  const end = rows.findIndex((row) => row.some(({ text }) => BELOW_NAME.test(text)));
  const above = rows.slice(0, Math.max(end, 0)).flat();
  const cells = labelled ?? above.filter(({ text }) => /^[\p{Script=Han}·]{2,}$/u.test(text)).slice(-1);
  const name = hanOnly(cells.map(({ text }) => text).join(""));
  return name.length >= 2 && name.length <= 15 ? name : undefined;
}

/** Where the address begins: beside its label, or with the first cell that names a place. */
function addressStart(rows: readonly Cell[][]): { row: number; cells: Cell[] } | undefined {
  const row = rows.findIndex((row) => row.some(({ text }) => ADDRESS.test(text)));
  const cells = rows[row] && beside(rows[row], ADDRESS);
  if (cells?.length) return { row, cells };
  const place = rows.findIndex((row) => row.some(({ text }) => PLACE.test(text)));
  const cell = rows[place]?.find(({ text }) => PLACE.test(text));
  return cell && { row: place, cells: [cell] };
}

/** The address goes on in the rows below, as far right as it began, until the number. */
function addressOf(rows: readonly Cell[][]): string | undefined {
  const start = addressStart(rows);
  const left = start?.cells[0]?.left;
  if (!start || left === undefined) return undefined;
  const below: Cell[] = [];
  for (const row of rows.slice(start.row + 1, start.row + 4)) {
    if (row.some(({ text }) => NUMBER.test(text))) break;
    below.push(...row.filter((cell) => isBelow(cell, left)));
  }
  return addressText([...start.cells, ...below].map(({ text }) => text).join(""));
}

/** Under the address and left of the portrait. */
const isBelow = ({ left, right, height }: Cell, start: number): boolean =>
  left > start - height * 1.5 && right < start + height * 16;

/** What the two sides of a 居民身份证 say; what could not be read is left out. */
export function identityCard(cells: readonly Cell[]): ReadDocument {
  const rows = rowsOf(cells);
  const facts = { name: nameOf(rows), number: numberOf(cells), address: addressOf(rows), ...validity(cells) };
  return { kind: "identityCard", ...present(facts) };
}
