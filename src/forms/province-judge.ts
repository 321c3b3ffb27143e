import type { Problem } from "../view.ts";
import { columns } from "../vocabulary/province-columns.ts";
import { lostSources, outOfOrder } from "../vocabulary/province-faults.ts";
import { type ProvinceRow, provinceRuleSchema } from "../vocabulary/province-schema.ts";

const labelAt = (key: string): string => columns.find((column) => column.key === key)?.label ?? key;

/** Where the things of a list stand on the page, by column: those left blank are no things. */
export type Places = Record<string, number[]>;

/** extraMaterials, 1, least → the name of the control that it was typed into. */
function controlOf([key, at, ...rest]: readonly PropertyKey[], places: Places): string {
  const name = String(key);
  const column = columns.find((one) => one.key === name);
  if (column?.kind === "group") return [name, 0, at, ...rest].filter((one) => one !== undefined).join(".");
  if (column?.kind !== "list" || typeof at !== "number") return name;
  return [name, places[name]?.[at] ?? at, ...rest.slice(0, 2)].join(".");
}

const pathOf = (key: string): (string | number)[] =>
  key
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((one) => (/^\d+$/.test(one) ? Number(one) : one));

/** What is wrong with a row as a whole, beside the control it was typed into; the row where nothing is. */
export function judge(candidate: unknown, places: Places): { rule?: ProvinceRow; problems: Problem[] } {
  const parsed = provinceRuleSchema.safeParse(candidate);
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map(({ path }) => ({
        field: controlOf(path, places),
        text: `${labelAt(String(path[0]))}：${path.at(-1) === "least" ? "按数判断的条件要填“达到多少”，别的条件不填" : "请补全或改正这一项"}`,
      })),
    };
  const rule = parsed.data;
  return {
    rule,
    problems: [
      ...outOfOrder(rule).map(([least, most]) => ({
        ...{ field: least, text: `${labelAt(least)}：不能大于“${labelAt(most)}”` },
      })),
      ...lostSources(rule).map(({ key, source }) => ({
        field: controlOf(pathOf(key), places),
        text: `${labelAt(String(pathOf(key)[0]))}：没有代号是${source}的来源，请写列出的代号，或用中文写明来源`,
      })),
    ],
  };
}
