import type { Related } from "../../models/filing/lookups.ts";
import type { Finding, Severity } from "../../rules/types.ts";
import { sourceNote } from "../finding-source.ts";

/** Another filing of the provider and what it shares with this one. */
export type Other = { number: string; shares: Related["shares"] };

/** One sentence beside a value, as the reviewer reads it. */
export type FactFinding = {
  severity: Severity;
  message: string;
  /** Who says so, with the year. */
  source: string;
  /** The registrant has said that the papers read so. */
  confirmed: boolean;
  /** The filings of this provider that the sentence is about. */
  others: string[];
};

/** What the filings that a rule speaks of share with this one; other rules speak of this one alone. */
const sharedBy: Readonly<Record<string, Related["shares"][number]>> = {
  "mobile-used-elsewhere": "phone",
  "email-used-elsewhere": "email",
  "contacts-differ-elsewhere": "document",
  "site-leader-elsewhere": "document",
  "certificate-open-elsewhere": "document",
  "domain-open-elsewhere": "domain",
  "picture-seen-elsewhere": "picture",
};

const MOST_OTHERS = 3;

/** A finding with all that the reviewer is told of it. */
export function factFinding(finding: Finding, others: readonly Other[]): FactFinding {
  const { severity, message, confirmable, rule } = finding;
  const shared = sharedBy[rule];
  return {
    ...{ severity, message, source: sourceNote(finding) },
    confirmed: confirmable === true && severity === "check",
    others: others
      .filter(({ shares }) => shared !== undefined && shares.includes(shared))
      .slice(0, MOST_OTHERS)
      .map(({ number }) => number),
  };
}
