import { type Finding, rules } from "../rules/index.ts";

const superseded = new Map(rules.flatMap((rule) => (rule.superseded ? [[rule.id, rule.superseded]] : [])));

/** Who says so, with the year; where an older source says otherwise, what it says. "" for what no rule found. */
export function sourceNote({ rule, source }: Pick<Finding, "rule" | "source">): string {
  const older = superseded.get(rule);
  return older ? `${source}。较早的说法不同，以新的为准：${older}` : source;
}
