import { provinceRuleFile } from "../vocabulary/province-rules.ts";
import { sourceText } from "../vocabulary/sources.ts";
import { checkPoints } from "./check-points.ts";
import { rules } from "./index.ts";
import type { Rule } from "./types.ts";

/** More fields than these are counted, not named: rules about every field. */
const NAMED = 8;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
const sourcesOf = (sources: readonly string[]): string => sources.map(sourceText).join("；");

function fieldsOf({ at }: Rule): string {
  if (at.length > NAMED) return `${at.length} fields`;
  return at.map((ref) => `\`${ref.replace(/\.$/, "")}\``).join(" ");
}

const ruleRow = (rule: Rule): string =>
  row(
    `\`${rule.id}\`${rule.confirmable ? " ✓" : ""}`,
    rule.ref ?? "",
    rule.severity,
    fieldsOf(rule),
    sourcesOf(rule.sources),
  );

/** Where an older source says otherwise, of rules, of the check list, and of provinces. */
function conflicts(): string[] {
  const ofRules = [...rules, ...checkPoints]
    .filter(({ superseded }) => superseded !== undefined)
    .map(({ id, ref, superseded = "" }) => row(`\`${id}\``, ref ?? "", superseded));
  const ofProvinces = provinceRuleFile.provinces.flatMap(({ name, conflicts }) =>
    conflicts.map(({ key, newer, older }) =>
      row(
        `${name}${key && ` \`${key}\``}`,
        "",
        `${newer.says}（${sourceText(newer.source)}）；${older.says}（${sourceText(older.source)}）`,
      ),
    ),
  );
  return [...ofRules, ...ofProvinces];
}

/** `rules.md`: every rule with its source and date, what sources disagree on, and the reviewer's check list. */
export const rulesDocument = (): string =>
  [
    "# Filing rules (备案规则)",
    "",
    "Rendered from the rules themselves by `npm run docs`; a test fails when it is stale. Numbers (F05, D04) are those of the",
    "collection of public pages that the rules were gathered in. `error` keeps a filing from being submitted, `warning` is",
    "shown, `check` is for the reviewer alone; some rules say more or less by province. ✓: may be wrong about an honest",
    "person, who can confirm the value. Words of names are `src/vocabulary/data/word-lists.json`, which an administrator",
    "can replace; what a province asks for is `src/vocabulary/data/province-rules.json`.",
    "",
    "| rule | number | severity | fields | sources, newest first |",
    "| --- | --- | --- | --- | --- |",
    ...rules.map(ruleRow),
    "",
    "## Where sources disagree",
    "",
    "The newer one holds, the older one is named.",
    "",
    "| rule | number | what they say |",
    "| --- | --- | --- |",
    ...conflicts(),
    "",
    "## What only a person can judge",
    "",
    "| question | number | phase | about | text | sources |",
    "| --- | --- | --- | --- | --- | --- |",
    ...checkPoints.map((point) =>
      row(
        `\`${point.id}\``,
        point.ref,
        point.phase,
        `\`${[point.of, point.field ?? point.slot].filter(Boolean).join(".")}\``,
        point.text,
        sourcesOf(point.sources),
      ),
    ),
    "",
  ].join("\n");
