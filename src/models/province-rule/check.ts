import { z } from "zod";
import { isDate } from "../../lib/dates.ts";
import { provinceShortName, provinces } from "../../vocabulary/divisions.ts";
import { maybeColumn } from "../../vocabulary/province-columns.ts";
import { lostSources, outOfOrder } from "../../vocabulary/province-faults.ts";
import { NATIONAL, ruleCodes } from "../../vocabulary/province-rules.ts";
import { type ProvinceRow, provinceRuleSchema } from "../../vocabulary/province-schema.ts";

/** What a file of rules is called inside. */
export const FORMAT = "openbeian/province-rules";

/** A row with the day from which it holds. */
export type RuleEntry = { validFrom: string; note: string; rule: ProvinceRow };

/** A row from which a version of an installation is told: who wrote it is known of the export alone. */
export type RuleFile = { format: typeof FORMAT; part: boolean; rules: RuleEntry[] };

/** What is wrong: where (name of the province, "" for the file), in which column, and what to do. */
export type RuleProblem = { province: string; key: string; problem: string };

export type CheckedFile = { entries: RuleEntry[]; problems: RuleProblem[] };

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

const shape = z.toJSONSchema(provinceRuleSchema, { io: "input" }) as JsonSchema;

const isThing = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys that no column has, at any depth; a misspelt one would otherwise be left out in silence. */
function unknownKeys(value: unknown, { properties, items, anyOf }: JsonSchema, path: string): string[] {
  if (Array.isArray(value) && items)
    return value.flatMap((one, at) => unknownKeys(one, items, `${path}[${at}]`));
  const own = properties ?? anyOf?.find((one) => one.properties)?.properties;
  if (anyOf && !own) return anyOf.flatMap((one) => unknownKeys(value, one, path));
  if (!isThing(value) || !own) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path ? `${path}.${key}` : key;
    const known = own[key];
    return known ? unknownKeys(inner, known, at) : [at];
  });
}

const nameOf = (code: unknown): string =>
  code === NATIONAL
    ? "全国"
    : ruleCodes.includes(String(code))
      ? provinceShortName(String(code))
      : String(code);

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}${text && "."}${String(key)}`),
    "",
  );

type Found = { key: string; problem: string };

const orderProblems = (row: ProvinceRow): Found[] =>
  outOfOrder(row).map(([least, most]) => ({
    ...{ key: least, problem: `is more than ${most}; swap the two or mend one` },
  }));

const sourceProblems = (row: ProvinceRow): Found[] =>
  lostSources(row).map(({ key, source }) => ({
    key,
    problem: `there is no source ${source}; use a key of the list, or words such as "2026年3月电话询问管局"`,
  }));

const lostColumns = ({ origins, conflicts }: ProvinceRow): Found[] =>
  [
    ...Object.keys(origins).map((key) => ({ at: `origins.${key}`, key })),
    ...conflicts.map(({ key }, at) => ({ at: `conflicts[${at}].key`, key })),
  ]
    .filter(({ key }) => key !== "" && !maybeColumn(key))
    .map(({ at, key }) => ({ key: at, problem: `there is no column ${key}; see the names in an export` }));

/** What is wrong with a row that no type says: order, sources, columns. */
const rowProblems = (row: ProvinceRow): Found[] => [
  ...orderProblems(row),
  ...sourceProblems(row),
  ...lostColumns(row),
];

function checkRow(raw: unknown): { row?: ProvinceRow; found: Found[] } {
  const unknown = unknownKeys(raw, shape, "").map((key) => ({
    key,
    problem: "there is no such column; mend its name or take it out",
  }));
  const parsed = provinceRuleSchema.safeParse(raw);
  if (parsed.success) return { row: parsed.data, found: [...unknown, ...rowProblems(parsed.data)] };
  const issues = parsed.error.issues.map(({ path, message }) => ({ key: pathText(path), problem: message }));
  return { found: [...unknown, ...issues] };
}

function checkEntry(raw: unknown): { entry?: RuleEntry; problems: RuleProblem[] } {
  const { rule, validFrom = "", note = "", ...rest } = isThing(raw) ? raw : {};
  const province = nameOf(isThing(rule) ? rule.code : "");
  const { row, found } = checkRow(rule);
  const more: Found[] = [];
  for (const key of Object.keys(rest).filter((key) => key !== "version" && key !== "own"))
    more.push({ key, problem: "an entry has validFrom, note and rule alone" });
  if (typeof validFrom !== "string" || (validFrom !== "" && !isDate(validFrom)))
    more.push({ key: "validFrom", problem: "write a day such as 2027-01-01, or leave it out for today" });
  if (row && !ruleCodes.includes(row.code))
    more.push({
      key: "code",
      problem: `there is no province ${row.code}; the 31 codes are those of GB/T 2260`,
    });
  const problems = [...found, ...more].map((one) => ({ province, ...one }));
  return row && problems.length === 0
    ? { entry: { rule: row, validFrom: String(validFrom), note: String(note).slice(0, 300) }, problems }
    : { problems };
}

function wholeProblems(entries: readonly unknown[], part: boolean): RuleProblem[] {
  const days = entries.map((raw) => {
    const { rule, validFrom = "" } = isThing(raw) ? raw : {};
    return { code: isThing(rule) ? String(rule.code) : "", day: String(validFrom) };
  });
  const twice = days.filter(
    (one, at) => days.findIndex(({ code, day }) => code === one.code && day === one.day) < at,
  );
  const missing = part ? [] : provinces.filter(({ code }) => !days.some((one) => one.code === code));
  return [
    ...twice.map(({ code }) => ({
      ...{ province: nameOf(code), key: "code", problem: "is there twice for one day; keep one of the two" },
    })),
    ...missing.map(({ code }) => ({
      ...{ province: nameOf(code), key: "", problem: 'is missing; add its row, or write "part": true' },
    })),
  ];
}

/** Everything that is wrong with what a file says; entries are those that are right. Writes nothing. */
export function checkRules(raw: unknown): CheckedFile {
  const file = isThing(raw) ? raw : {};
  if (file.format !== FORMAT || !Array.isArray(file.rules)) {
    const problem = `must be {"format": "${FORMAT}", "rules": […]}; see openbeian rules export`;
    return { entries: [], problems: [{ province: "", key: "format", problem }] };
  }
  const checked = file.rules.map(checkEntry);
  return {
    entries: checked.flatMap(({ entry }) => entry ?? []),
    problems: [
      ...checked.flatMap(({ problems }) => problems),
      ...wholeProblems(file.rules, file.part === true),
    ],
  };
}
