import { addMonths, isDate } from "../lib/dates.ts";
import { compact } from "../lib/text.ts";
import type { ReadDocument } from "../vocabulary/filing.ts";
import { type ReadFact, readFacts } from "./read-facts.ts";
import type { FieldRef, Problem, Rule, RuleContext, Scope } from "./types.ts";

const DAYS: FieldRef[] = ["subject.certValidUntil", "subject.idValidUntil", "website.leaderIdValidUntil"];

const FIELDS: FieldRef[] = [
  ...(["name", "certNo", "residence", "person", "idNo"] as const).map((key): FieldRef => `subject.${key}`),
  "website.leaderName",
  "website.leaderIdNo",
  ...DAYS,
];

/** What is read of each field, as said in a sentence. */
const words: Record<string, string> = {
  name: "名称",
  person: "姓名",
  leaderName: "姓名",
  certNo: "证件号码",
  idNo: "证件号码",
  leaderIdNo: "证件号码",
  residence: "地址",
};

const papers: Record<ReadDocument["kind"], string> = { identityCard: "身份证", businessLicence: "营业执照" };

/** As it is compared: without blanks, brackets and dots in one spelling, letters large. */
const bare = (text: string): string =>
  compact(text)
    .toUpperCase()
    .replace(/[[【〔(]/g, "(")
    .replace(/[\]】〕)]/g, ")")
    .replace(/[·•・.]/g, "·");

/** Share of an address that may be misread before it counts as another: the model takes one letter in twenty wrong. */
const MISREAD = 0.2;

/** How many characters must be changed, added or left out to make one text of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, sign] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (sign === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Licences often leave out province and city, and the model a letter: what is much the same is the same. */
function sameAddress(typed: string, read: string): boolean {
  const [short, long] = [typed, read].sort((a, b) => a.length - b.length) as [string, string];
  return long.endsWith(short) || distance(short, long.slice(-short.length)) <= short.length * MISREAD;
}

const isSame = (key: string, typed: string, read: string): boolean =>
  key === "residence" ? sameAddress(bare(typed), bare(read)) : bare(typed) === bare(read);

const factsAt = ({ filing, section, field }: Scope): ReadFact[] =>
  readFacts(filing, section).filter(({ key }) => key === field);

/** The sentence says what differs, not what was read: whoever may read the field sees that beside it. */
const differing = ({ key, document, isSure }: ReadFact): Problem => ({
  message: `${papers[document.kind]}照片上读到的${wordOf(key, document)}和填写的不同，请核对`,
  severity: isSure ? "warning" : "check",
});

const wordOf = (key: string, { kind }: ReadDocument): string =>
  key === "name" && kind === "identityCard" ? "姓名" : (words[key] ?? "有效期");

/** Cards must be good for three months more, licences only still in force. */
const isEnding = ({ document, text }: ReadFact, today: string): boolean =>
  isDate(text) && text < (document.kind === "identityCard" ? addMonths(today, 3) : today);

function ending(fact: ReadFact, { today }: RuleContext): Problem {
  const { document, text } = fact;
  const over = text < today ? "已经过了" : "不到3个月了";
  // Both days of the card were read, and they bear one another out.
  const severity = document.from ? "warning" : "check";
  return {
    message: `${papers[document.kind]}照片上读到的有效期${over}，请核对；确实如此的，请换成新的证件再备案`,
    severity,
    slot: fact.slot,
  };
}

/** What was read by machine on the pictures of documents, held against what was filled in. It never keeps anybody back. */
export const recognisedRules: Rule[] = [
  {
    id: "reading-differs",
    severity: "check",
    at: FIELDS,
    sources: ["HWREJ", "HWMAT"],
    run: (scope) =>
      factsAt(scope)
        .filter(({ key, text }) => !isSame(key, scope.value, text))
        .map(differing),
  },
  {
    id: "reading-ending",
    ref: "F05",
    severity: "check",
    at: DAYS,
    sources: ["HWREJ", "21V"],
    empty: true,
    run: (scope, context) =>
      factsAt(scope)
        .filter((fact) => fact.text !== scope.value && isEnding(fact, context.today))
        .map((fact) => ending(fact, context)),
  },
];
