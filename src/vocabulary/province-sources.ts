import type { ProvinceRow } from "./province-schema.ts";
import { sourceText } from "./sources.ts";

type Named = { source: string };

/** Where a row comes from, each once, in the order of the row. */
export function sourcesOf(rule: ProvinceRow): string[] {
  const items: readonly Named[] = [
    ...rule.extraMaterials,
    ...rule.notes,
    ...rule.conflicts.flatMap(({ newer, older }) => [newer, older]),
    ...(rule.reviewEstimate ? [rule.reviewEstimate] : []),
  ];
  const keys = [...rule.sources, ...Object.values(rule.origins).flat(), ...items.map(({ source }) => source)];
  return [...new Set(keys)].filter(Boolean).map(sourceText);
}

/** Where one column comes from, newest first, with the year; empty where that is not known for it alone. */
export const columnSources = ({ origins }: ProvinceRow, key: string): string[] =>
  (origins[key] ?? []).map(sourceText);
