import type { Finding, Severity } from "../../rules/types.ts";
import { maybeField, sectionNames, summaryLabelOf } from "../../vocabulary/fields/index.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { numberedSections } from "./filing-facts.ts";

/** A place with something to look at, named on top of the page. */
export type FoundPlace = { label: string; place: string; severity: Severity };

/** What the check found, by section: each place once, with the worst that is said of it. */
export type FoundGroup = { caption: string; places: FoundPlace[] };

const worst: readonly Severity[] = ["error", "warning", "check"];

/** The places that have a line on the page, in its order; what is about a picture or a whole section is told in words. */
export function foundPlaces(data: FilingData, findings: readonly Finding[]): FoundGroup[] {
  return numberedSections(data).flatMap(([{ id, kind, values }, suffix]) => {
    const own = findings.filter(({ section, field, slot }) => section.id === id && field !== null && !slot);
    const keys = [...new Set(own.map(({ field }) => field ?? ""))];
    const places = keys.flatMap((key) => {
      const field = maybeField(kind, key);
      const severity = worst.find((one) =>
        own.some((finding) => finding.field === key && finding.severity === one),
      );
      return field && severity
        ? [{ label: summaryLabelOf(field, values), place: `${id}.${key}`, severity }]
        : [];
    });
    return places.length > 0 ? [{ caption: sectionNames[kind] + suffix, places }] : [];
  });
}
