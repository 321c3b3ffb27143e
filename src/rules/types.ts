import type {
  FilingData,
  Section,
  SectionKind,
  SectionRef,
  Values,
  WebsiteSection,
} from "../vocabulary/filing.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import type { WordLists } from "../vocabulary/word-lists.ts";

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
  /** Where the rule comes from, with dates, as shown. */
  source: string;
  /** May be wrong about an honest person: offer 与证件完全一致, see `confirmation`. */
  confirmable?: boolean;
  /** What the person then says, where it is not 与证件完全一致. */
  confirmText?: string;
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
  /** The lists of words in force: the administrator's, else those shipped. */
  words: WordLists;
  /** What other filings and records of the installation hold; whose they are is never said. */
  elsewhere: Elsewhere;
};

/** Evidence from other filings, in the spelling of this filing's own values. */
export type Elsewhere = {
  /** Mobile numbers and mail boxes of this filing that another subject uses. */
  mobiles: readonly string[];
  emails: readonly string[];
  /** Numbers of documents of persons in this filing whose contacts read otherwise in another filing. */
  otherContacts: readonly string[];
  /** Numbers of documents of persons in this filing who are 网站负责人 of another unit. */
  siteLeaders: readonly string[];
  /** Whether a filing submitted at another provider has the certificate, and which of our domains one has. */
  open: { certificate: boolean; domains: readonly string[] };
  /**
   * What stands in a 黑名单 of the provider's bureaus or of the provider: the certificate, domains of ours that are listed
   * or lie under one that is (`domains`), and those of which only something below is listed (`below`).
   */
  listed: { certificate: boolean; domains: readonly string[]; below: readonly string[] };
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
  /** Its number in the collection of filing rules that the bureaus' and providers' pages were gathered in: F05, D04. */
  ref?: string;
  severity: Severity;
  /** Fields it runs on; it points at them. */
  at: readonly FieldRef[];
  /** Where it comes from, newest first: keys of data/sources.json, each with a clause after a blank if need be. */
  sources: readonly string[];
  /** Where an older source says otherwise: what it says, and which one it is. The newer one wins. */
  superseded?: string;
  /** May be wrong about an honest person, who then says 与证件完全一致, or these words. */
  confirmable?: boolean | string;
  /** Runs on empty fields too (default: an empty field is the business of `required` alone). */
  empty?: boolean;
  applies?(scope: Scope, context: RuleContext): boolean;
  run(scope: Scope, context: RuleContext): Problem | readonly Problem[] | null;
};
