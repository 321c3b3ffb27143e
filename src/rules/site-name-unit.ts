import { hanCount } from "../lib/text.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { wordsIn } from "../vocabulary/word-lists.ts";
import { quote, SOURCES } from "./site-name-personal.ts";
import type { Rule, Scope } from "./types.ts";

const AT = ["website.siteName"] as const;

/** 军队 政府机关 事业单位 社会团体 群众性团体组织: may bear the name of the state. */
const STATE_BODIES = new Set(["1", "2", "3", "6", "13"]);

const unit = ({ subject }: Scope): boolean => !isIndividual(subject.nature);
const ordinary = (scope: Scope): boolean => unit(scope) && !STATE_BODIES.has(textOf(scope.subject, "nature"));

/** Words of a list in the name that the body's own registered name does not have. */
function foreignWords({ value, subject }: Scope, words: readonly string[]): string[] {
  const own = textOf(subject, "name");
  return wordsIn(value, words).filter((word) => !own.includes(word));
}

/** Two Chinese characters in a row, each pair once; anybody may type a text of any length. */
const pairsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\p{Script=Han}(?=(\p{Script=Han}))/gu)].map(([sign, next]) => `${sign}${next}`));

/** Two Chinese characters in a row that stand in both. */
function sharesCharacters(one: string, other: string): boolean {
  const pairs = pairsIn(other);
  return [...pairsIn(one)].some((pair) => pairs.has(pair));
}

/** Names of the websites of units. */
export const unitNameRules: Rule[] = [
  {
    id: "site-name-state",
    ref: "state_prefix",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: ordinary,
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
    ref: "public_power",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: ordinary,
    run(scope, { words }) {
      const [first] = foreignWords(scope, words.publicPower).filter((word) => scope.value.startsWith(word));
      return first ? `网站名称不能以“${first}”开头，只有承担这项职责的单位可以使用，请换一个名称` : null;
    },
  },
  {
    id: "site-name-ending",
    ref: "unit_name",
    severity: "warning",
    at: AT,
    sources: ["XN", "FKW", "PROVINCE"],
    applies: unit,
    run({ value }, { province }) {
      const endings = province.unitSiteNameEndings;
      if (!endings || endings.some((ending) => value.endsWith(ending))) return null;
      return `${province.name}的单位网站一般以${quote(endings.slice(0, 1))}结尾，或用真实的系统名称，建议修改`;
    },
  },
  {
    id: "site-name-unrelated",
    ref: "unit_name",
    severity: "check",
    at: AT,
    sources: ["HWREJ", "TREJ"],
    applies: (scope) => unit(scope) && hanCount(scope.value) >= 3,
    run({ value, values, subject }) {
      const own = textOf(subject, "name");
      if (own === "" || sharesCharacters(value, own) || textOf(values, "remark") !== "") return null;
      return "网站名称和主办单位名称没有相同的字。是产品或项目名称的，要在备注里说明或有商标证书";
    },
  },
  {
    id: "site-name-twice",
    ref: "unit_name",
    severity: "check",
    at: AT,
    sources: ["OZ", "XSB-SN"],
    superseded:
      "快速备案《陕西备案要求》（2020年以前）要求同一主体的网站名称各不相同；博客《网站名称要求》（2021年2月）说单位的几个网站可以同名，所以只请审核员留意",
    applies: (_scope, { province }) => province.siteNamesUnique === true,
    run: ({ value, section, filing }) =>
      filing.websites.some((one) => one.id !== section.id && textOf(one.values, "siteName") === value)
        ? "这份备案里有两个同名的网站，本省过去要求名称各不相同"
        : null,
  },
];
