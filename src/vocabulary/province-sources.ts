import { type ProvinceRule, provinceRuleFile } from "./province-rules.ts";

/** Name and date of a source by its key; a key that is not listed is shown as it is. */
export function sourceText(key: string): string {
  const source = provinceRuleFile.sources[key];
  return source ? `${source.name}，${source.dateText}` : key;
}

/** Where a row comes from, each once, in the order of the row. */
export function sourcesOf(rule: ProvinceRule): string[] {
  const keys = [
    ...rule.sources,
    ...rule.extraMaterials.map(({ source }) => source),
    ...(rule.reviewEstimate ? [rule.reviewEstimate.source] : []),
  ];
  return [...new Set(keys)].filter(Boolean).map(sourceText);
}
