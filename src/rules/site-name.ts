import { hanCount } from "../lib/text.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { parseDomain, toUnicode } from "../vocabulary/domain.ts";
import { listOf, textOf } from "../vocabulary/fields/index.ts";
import { wordsIn } from "../vocabulary/word-lists.ts";
import { personalNameRules, quote, SOURCES } from "./site-name-personal.ts";
import type { Rule, Scope } from "./types.ts";

const AT = ["website.siteName"] as const;

/** 军队 政府机关 事业单位 社会团体 群众性团体组织: may bear the name of the state. */
const STATE_BODIES = new Set(["1", "2", "3", "6", "13"]);

const unit = ({ subject }: Scope): boolean => !isIndividual(subject.nature);

/** Words of a list in the name that the body's own registered name does not have. */
function foreignWords({ value, subject }: Scope, words: readonly string[]): string[] {
  const own = textOf(subject, "name");
  return wordsIn(value, words).filter((word) => !own.includes(word));
}

function isAddress({ value, values }: Scope): boolean {
  const name = value.toLowerCase();
  const own = listOf(values, "domains").flatMap((domain) => [domain, toUnicode(domain)]);
  return own.includes(name) || /^(?:https?:|www\.)|:\/\//.test(name) || parseDomain(name).ok;
}

const basics: Rule[] = [
  {
    id: "site-name-address",
    severity: "error",
    at: AT,
    sources: SOURCES,
    run: (scope) => (isAddress(scope) ? "网站名称不能是域名或网址，请用中文名称" : null),
  },
  {
    id: "site-name-latin",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: (scope) => !isAddress(scope),
    run: ({ value }) => (hanCount(value) === 0 ? "网站名称不能只有数字、字母或符号，请用中文名称" : null),
  },
  {
    id: "site-name-short",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: (scope) => !isAddress(scope) && hanCount(scope.value) > 0,
    run({ value }) {
      const count = hanCount(value);
      return count < 3 ? `网站名称至少要有3个汉字，现在是${count}个` : null;
    },
  },
  {
    id: "site-name-symbols",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: (scope) => !isAddress(scope),
    run({ value }) {
      const found = [...new Set(value.match(/[^\p{Script=Han}\p{L}\p{N}（）()·\- ]/gu))];
      return found.length > 0 ? `网站名称里不能有${quote(found)}这样的符号，请去掉` : null;
    },
  },
  {
    id: "site-name-refused",
    severity: "error",
    at: AT,
    sources: SOURCES,
    run({ value }, { words }) {
      const found = wordsIn(value, words.refused);
      return found.length > 0 ? `网站名称不能含有${quote(found)}，请换一个名称` : null;
    },
  },
];

const ofUnits: Rule[] = [
  {
    id: "site-name-state",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: (scope) => unit(scope) && !STATE_BODIES.has(textOf(scope.subject, "nature")),
    run(scope, { words }) {
      const found = foreignWords(scope, words.state);
      const [first] = found.filter((word) => scope.value.startsWith(word));
      if (first) return `网站名称不能以“${first}”开头，只有国家机关等可以使用，请换一个名称`;
      if (found.length === 0) return null;
      return { message: `网站名称含有${quote(found)}，审核时可能要求更换`, severity: "warning" };
    },
  },
  {
    id: "site-name-public-power",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: (scope) => unit(scope) && !STATE_BODIES.has(textOf(scope.subject, "nature")),
    run(scope, { words }) {
      const [first] = foreignWords(scope, words.publicPower).filter((word) => scope.value.startsWith(word));
      return first ? `网站名称不能以“${first}”开头，只有承担这项职责的单位可以使用，请换一个名称` : null;
    },
  },
];

/** Names of websites. */
export const siteNameRules: Rule[] = [
  ...basics,
  ...ofUnits,
  ...personalNameRules,
  {
    id: "site-name-approval",
    severity: "warning",
    at: AT,
    sources: ["HWREJ", "XN", "TPRE"],
    run({ value, values }, { words }) {
      const found = wordsIn(value, words.preApproval);
      if (found.length === 0 || listOf(values, "preApprovals").length > 0) return null;
      return `名称含有${quote(found)}，可能需要前置审批。需要的请在“前置审批或专项审批”里选择并填写批准文号`;
    },
  },
];
