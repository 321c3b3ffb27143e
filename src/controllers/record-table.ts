import { isoDate } from "../lib/dates.ts";
import type { Registrant, Staff } from "../models/actor.ts";
import { type ExportedLine, exportedLines } from "../models/record/export.ts";
import type { RecordFilter } from "../models/record/filter.ts";
import type { Store } from "../models/store.ts";
import { displayValue, type Field, fieldsOf, isVisible, type Values } from "../vocabulary/fields/index.ts";

/** How a value is written into an export: masked, or in full. */
export type Written = (field: Field, values: Values) => string;

const kinds = ["subject", "website", "access"] as const;

/** Filled in by the system, and in columns of their own. */
const isOwnColumn = ({ kind, key }: Field): boolean => kind === "fixed" || key === "number";

const fields = kinds.flatMap((kind) => fieldsOf(kind).filter((field) => !isOwnColumn(field)));

/** 网站备注 beside 主体备注: two columns of one name would not be told apart. */
const prefix: Record<string, string> = { subject: "主体", website: "网站", access: "接入" };

function headingOf({ section, summaryLabel }: Field): string {
  const taken = fields.filter((other) => other.summaryLabel === summaryLabel).length > 1;
  return taken ? `${prefix[section]}${summaryLabel}` : summaryLabel;
}

const recordHeadings: readonly string[] = [
  ...["主体备案号", "主体通过日期", "主体注销日期", "网站备案号", "网站通过日期", "网站注销日期"],
  ...["接入编号", "接入取消日期", ...fields.map(headingOf)],
];

const day = (at: Date | null | undefined): string => (at ? isoDate(at) : "");

/** A line of an export under `recordHeadings`. */
function recordCells({ subject, website, access }: ExportedLine, write: Written): string[] {
  const values = { subject: subject.values, website: website?.values, access: access?.values };
  const cell = (field: Field): string => {
    const own = values[field.section as keyof typeof values];
    return own && isVisible(field, own) ? write(field, own).replaceAll("\n", "；") : "";
  };
  return [
    ...[subject.number, day(subject.numberedAt), day(subject.cancelledAt)],
    ...[website?.number ?? "", day(website?.numberedAt), day(website?.cancelledAt)],
    ...[access ? String(access.id) : "", day(access?.cancelledAt)],
    ...fields.map(cell),
  ];
}

/** Everything as it stands on record. */
export const inFull: Written = (field, values) => displayValue(field, values);

/** The rows of an export, the headings first; they are read while they are asked for. */
export async function* recordRows(
  store: Store,
  actor: Registrant | Staff,
  filter: RecordFilter,
  write: Written,
): AsyncGenerator<readonly string[]> {
  yield recordHeadings;
  for await (const line of exportedLines(store, actor, filter)) yield recordCells(line, write);
}
