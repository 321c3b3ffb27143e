import { readFacts } from "../../rules/read-facts.ts";
import type { Finding } from "../../rules/types.ts";
import type { Field, Values } from "../../vocabulary/fields/index.ts";
import type { MaterialState, Section } from "../../vocabulary/filing.ts";

/**
 * The values of a section with what was read on a picture in the place of one field, where the rules say that the two
 * differ; undefined where they do not. The caller shows the field of it as its reader may see it.
 */
export function readInstead(
  section: Section,
  field: Field,
  materials: MaterialState[],
  findings: readonly Finding[],
): Values | undefined {
  const differs = findings.some(
    ({ rule, section: { id }, field: key }) =>
      rule.startsWith("reading-") && id === section.id && key === field.key,
  );
  const fact = differs ? readFacts({ materials }, section).find(({ key }) => key === field.key) : undefined;
  return fact && { ...section.values, [field.key]: fact.text };
}
