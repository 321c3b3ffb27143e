import type { ProvinceRule } from "./province-rules.ts";
import { sourceText } from "./sources.ts";

/** Where a row comes from, each once, in the order of the row. */
export function sourcesOf(rule: ProvinceRule): string[] {
  const keys = [
    ...rule.sources,
    ...rule.extraMaterials.map(({ source }) => source),
    ...(rule.reviewEstimate ? [rule.reviewEstimate.source] : []),
  ];
  return [...new Set(keys)].filter(Boolean).map(sourceText);
}
