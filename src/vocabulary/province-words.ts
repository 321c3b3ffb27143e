import { isMunicipality, provinces } from "./divisions.ts";
import { columnLabel } from "./province-columns.ts";
import type { Here, Line } from "./province-line.ts";
import { type ProvinceRule, provinceRuleFile } from "./province-rules.ts";
import type { ProvinceRow } from "./province-schema.ts";
import { columnSources } from "./province-sources.ts";
import { topics } from "./province-topics.ts";
import { sourceText } from "./sources.ts";

export { reviewTime } from "./province-time.ts";

/** A sentence with the public pages that say so, their years in them; none where that is not known of it alone. */
export type Requirement = { text: string; sources: string[] };

/** Sentences about one thing. */
export type Topic = { title: string; lines: Requirement[] };

function hereIn({ code }: ProvinceRule): Here {
  if (isMunicipality(code)) return "本市";
  return provinces.find((one) => one.code === code)?.name.endsWith("自治区") ? "本自治区" : "本省";
}

/** Sources of the column that was read: the province's, or where it is silent the national row's. */
function sourcesOfLine(
  rule: ProvinceRow,
  national: ProvinceRow,
  { key, source }: NonNullable<Line>,
): string[] {
  if (source) return [sourceText(source)];
  if (!key) return [];
  return columnSources(rule[key] === null ? national : rule, key);
}

/**
 * All that is known of a province, in the order in which a registrant meets it; a topic of which nothing is known says
 * so or is left out. `national` is the national row in force.
 */
export function provinceTopics(
  rule: ProvinceRule,
  national: ProvinceRow = provinceRuleFile.national,
): Topic[] {
  const here = hereIn(rule);
  return topics
    .map(({ title, lines, none }) => {
      const said = lines(rule, here, national).flatMap((line) =>
        line ? [{ text: line.text, sources: sourcesOfLine(rule, national, line) }] : [],
      );
      return { title, lines: said.length === 0 && none ? [{ text: none, sources: [] }] : said };
    })
    .filter(({ lines }) => lines.length > 0);
}

/** What no public page was found about, neither for the province nor for all: words of columns. */
export const unknownOf = (rule: ProvinceRow, national: ProvinceRow = provinceRuleFile.national): string[] =>
  Object.keys(rule)
    .map((key) => key as keyof ProvinceRow)
    .filter((key) => rule[key] === null && national[key] === null)
    .map(columnLabel);

/** Where sources say different things: the newer one holds, the older one is named. */
export const conflictsOf = (rule: ProvinceRow) =>
  rule.conflicts.map(({ key, newer, older }) => ({
    label: key ? columnLabel(key) : "",
    newer: { says: newer.says, source: sourceText(newer.source) },
    older: { says: older.says, source: sourceText(older.source) },
  }));
