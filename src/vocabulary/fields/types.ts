/**
 * The shape of a field (字段) of the dictionary. Forms, validation, summaries, the reviewer's page, return reasons,
 * differences and the bureau's XML are all drawn from entries of this shape.
 */

/**
 * What is filed: the subject (主体), a website (网站) of it, an access (接入) of a website; or why one of these is
 * cancelled (注销).
 */
export type SectionKind = "subject" | "website" | "access" | "cancellation";

/** Values of one section, by part key. A list is one of the kinds `checks`, `lines` and `approvals`. */
export type Values = Record<string, string | string[]>;

/**
 * How a field is drawn and read.
 * - `text` `tel` `email` `area`: one string; `lines`: a textarea, one entry a line, kept as a list
 * - `select`: one code of a table; `checks`: several codes, kept as a list; `toggle`: "1" or ""
 * - `division`: three selects province, city, county (six-digit codes; city "" where there is no such step)
 * - `approvals`: checks of the pre-approval table, each with an approval number of its own
 * - `fixed`: filled in by the system, shown as text, never read from a form
 */
export type FieldKind =
  | "text"
  | "tel"
  | "email"
  | "area"
  | "lines"
  | "select"
  | "checks"
  | "toggle"
  | "division"
  | "approvals"
  | "fixed";

/**
 * What kind of personal data a field holds. Anything but `none` is encrypted at rest; identity, phone and email are
 * masked too. `private` is free text in which people write such things.
 */
export type Sensitivity = "none" | "name" | "identity" | "phone" | "email" | "address" | "private";

/** How a typed value is brought into its usual spelling before it is kept, see clean.ts. */
export type Cleaning = "text" | "name" | "code" | "phone" | "email" | "host" | "url" | "ip" | "date" | "none";

/** True when the value under `key` (of the same section) is one of, or none of, the values listed. */
export type Condition = { key: string; in: readonly string[] } | { key: string; notIn: readonly string[] };

/** `true`: always; `false`: never; a condition: when it holds; several: when all of them hold. */
export type When = boolean | Condition | readonly Condition[];

/** One value of a field: most fields have one part with the field's own key. */
export type Part = { key: string; label: string; list: boolean };

/** Attributes of the HTML control. */
export type InputAttributes = {
  type?: "text" | "tel" | "email";
  inputmode?: "text" | "numeric" | "tel" | "email" | "url";
  autocomplete?: string;
  spellcheck?: "false";
  autocapitalize?: "characters" | "none";
};

/** Another label or hint where a condition holds (first match wins). */
export type Variant = { when: Condition; label?: string; summaryLabel?: string; hint?: string };

export type Field = {
  /** Name of the form control and of the error anchor; unique in its section. */
  key: string;
  section: SectionKind;
  /** Id of the group (fieldset) it stands in. */
  group: string;
  /** Label in the form, under the group's legend. */
  label: string;
  /** Label where no legend helps: summaries, findings, return reasons, mails. */
  summaryLabel: string;
  hint: string;
  variants: readonly Variant[];
  kind: FieldKind;
  clean: Cleaning;
  parts: readonly Part[];
  /** What a summary says of a toggle, ticked and not. */
  words: readonly [string, string];
  /** Id of the code table of `select`, `checks`, `approvals`. */
  codeTable: string | null;
  /** Options limited by another field's code (证件类型 by 性质) or to documents of persons. */
  optionsFrom: { key: string } | { only: "person" } | null;
  /** Shown and asked for only where this holds; a hidden field counts as empty. */
  visible: When;
  required: When;
  width: "s" | "m" | "full";
  sensitivity: Sensitivity;
  /** Personal only where this holds (a 个人 subject's name is, a company's is not). */
  sensitiveWhen: When;
  /** Where the bureau's XML carries it, below Zt_xx, Wz_xx or Jr_xx; null: kept here, not sent. */
  bureau: string | null;
  /** Most characters of one value, as the bureau's interface has it. */
  maxLength: number;
  input: InputAttributes;
  /** Ids of data/return-reasons.json. */
  returnReasons: readonly string[];
};

/** A fieldset: its legend and the visible fields in order. */
export type Group = { id: string; legend: string; fields: readonly Field[] };

/** One difference between two versions of a section. */
export type Change = { field: Field; before: string; after: string };
