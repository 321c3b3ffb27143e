import type {
  FilingData,
  Section,
  SectionKind,
  SectionRef,
  Values,
  WebsiteSection,
} from "../vocabulary/filing.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";

/** error: cannot be submitted; warning: may be, and the reviewer sees it; check: for the reviewer alone. */
export type Severity = "error" | "warning" | "check";

export type Finding = {
  rule: string;
  severity: Severity;
  section: SectionRef;
  /** Key of the dictionary, null when it concerns the section as a whole. */
  field: string | null;
  /** Key of the material slot, when it is about a material. */
  slot?: string;
  /** Chinese sentence for a person: what is wrong and what to do. */
  message: string;
  source: string;
  /** May be wrong about an honest person: offer 与证件完全一致, see `confirmation`. */
  confirmable?: boolean;
};

/** What the rules must know besides the filing itself. */
export type RuleContext = {
  province: ProvinceRule;
  /** Address ranges of the ISP, inclusive, in text form; empty: not imported, nothing is checked. */
  ipRanges: readonly { first: string; last: string }[];
  /** Today in Asia/Shanghai, YYYY-MM-DD. */
  today: string;
  /** Whether another open filing has the certificate, and which of our domains another open filing has. */
  openConflicts: { certificate: boolean; domains: readonly string[] };
  /** The same of the provider's records; left out where there is no filing yet. */
  onRecord?: { certificate: boolean; domains: readonly string[] };
  ispName: string;
};

/** What a rule sees: the section it runs on, and everything around it. */
export type Scope = {
  filing: FilingData;
  section: Section;
  values: Values;
  subject: Values;
  /** The website itself, or the one an access belongs to; undefined on the subject. */
  website: WebsiteSection | undefined;
  /** Key of the field the rule runs on. */
  field: string;
  /** Its value with `normalise` applied and lists joined by a line feed; "" when hidden or empty. */
  value: string;
  /** The same as a list (lines without empty ones, ticked codes; one entry for a plain field). */
  list: readonly string[];
};

/** A field a rule runs on, "subject.certNo". */
export type FieldRef = `${SectionKind}.${string}`;

/** What a rule answers: a message, with another severity or slot than usual where need be. */
export type Problem = string | { message: string; severity?: Severity; slot?: string };

export type Rule = {
  id: string;
  severity: Severity;
  /** Fields it runs on; it points at them. */
  at: readonly FieldRef[];
  /** Standard, ordinance or public page it comes from. */
  source: string;
  confirmable?: boolean;
  /** Runs on empty fields too (default: an empty field is the business of `required` alone). */
  empty?: boolean;
  applies?(scope: Scope, context: RuleContext): boolean;
  run(scope: Scope, context: RuleContext): Problem | readonly Problem[] | null;
};
