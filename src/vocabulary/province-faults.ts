import type { ProvinceRow } from "./province-schema.ts";
import { sourceOf } from "./sources.ts";

/** Columns of which the first may not be more than the second. */
const ORDERED: readonly [keyof ProvinceRow, keyof ProvinceRow][] = [["reviewDaysMin", "reviewDaysMax"]];

/** Pairs of columns that are the wrong way round. */
export const outOfOrder = (row: ProvinceRow): [least: string, most: string][] =>
  ORDERED.filter(([least, most]) => Number(row[least] ?? 0) > Number(row[most] ?? Number.POSITIVE_INFINITY));

const isThing = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Named = { key: string; source: string };

/** Every source that a row names, with where: `notes[0].source`. */
function namedSources(value: unknown, path = ""): Named[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => namedSources(one, `${path}[${at}]`));
  if (!isThing(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = path ? `${path}.${key}` : key;
    if (key === "source" && typeof inner === "string") return [{ key: at, source: inner }];
    if (key === "sources" || path === "origins")
      return (Array.isArray(inner) ? inner : []).map((source) => ({ key: at, source: String(source) }));
    return namedSources(inner, at);
  });
}

/** Reads like a key of the list of sources and is none; anything else is somebody's own words. */
const isLost = (source: string): boolean =>
  /^[A-Z0-9][A-Z0-9-]*$/.test(source.split(" ")[0] ?? "") && !sourceOf(source);

/** Sources that are meant for keys of the list and do not stand in it. */
export const lostSources = (row: ProvinceRow): Named[] =>
  namedSources(row).filter(({ source }) => isLost(source));
