import { codeTable, isIndividual } from "../code-tables.ts";
import { provinceShortName } from "../divisions.ts";
import type { Field, Values } from "./types.ts";

export type Option = { code: string; label: string };

/** The word of a code as this application shows it: provinces by their short name. */
export function optionLabel(table: string, code: string): string {
  if (table === "province") return provinceShortName(code);
  return codeTable(table).rows.find((row) => row.code === code)?.zh ?? code;
}

/**
 * What can be chosen: all codes of the field's table, or those that fit (certificates of the chosen 性质, documents
 * of a person). What the bureau ended is offered only where it stands already. Empty for fields without a table; all units' certificates while no 性质 is chosen.
 */
export function optionsOf(field: Field, values: Values): Option[] {
  if (!field.codeTable) return [];
  const table = field.codeTable;
  const chosen = [values[field.key] ?? []].flat();
  const rows = codeTable(table).rows.filter((row) => {
    if (row.retired && !chosen.includes(row.code)) return false;
    if (!field.optionsFrom) return true;
    if ("only" in field.optionsFrom) return row.person === true;
    const nature = String(values[field.optionsFrom.key] ?? "");
    return nature === "" ? !isIndividual(row.natures?.[0]) : row.natures?.includes(nature) === true;
  });
  return rows.map(({ code }) => ({ code, label: optionLabel(table, code) }));
}
