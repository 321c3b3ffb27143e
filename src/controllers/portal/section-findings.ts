import { filingData, ruleContext } from "../../models/filing/findings.ts";
import type { Store } from "../../models/store.ts";
import { checkSection, countOf, type Finding } from "../../rules/index.ts";
import type { Values } from "../../vocabulary/fields/index.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import type { SectionPlace } from "./section-place.ts";

/** The filing with the values of one section in the place of those stored. */
export function withValues<T extends Pick<FilingData, "subject" | "websites" | "cancellation">>(
  data: T,
  id: number,
  values: Values,
): T {
  const put = <S extends Section>(one: S): S => (one.id === id ? { ...one, values } : one);
  const websites = data.websites.map((website) => ({
    ...put(website),
    accesses: website.accesses.map(put),
  }));
  const reason = data.cancellation && { cancellation: put(data.cancellation) };
  return { ...data, subject: put(data.subject), websites, ...reason };
}

/** What the rules say of a section with these values. */
export async function findingsFor(
  store: Store,
  { filing, section }: SectionPlace,
  values: Values,
): Promise<Finding[]> {
  const data = withValues(await filingData(store, filing), section.id, values);
  const found = checkSection(data, await ruleContext(store, filing, data), section);
  return found.filter(
    ({ slot, severity, confirmable }) => !slot && (severity !== "check" || confirmable === true),
  );
}

/** How much of a section must be corrected, and how much is to be looked at: what stands on top of its page. */
export type Counts = { errors: number; warnings: number };

export const countsOf = (findings: readonly Finding[]): Counts => ({
  errors: countOf(findings, "error"),
  warnings: countOf(findings, "warning"),
});
