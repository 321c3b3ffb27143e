import { hanCount } from "../lib/text.ts";
import { parseDomain, toUnicode } from "../vocabulary/domain.ts";
import { listOf } from "../vocabulary/fields/index.ts";
import { wordsIn } from "../vocabulary/word-lists.ts";
import { personalNameRules, quote, SOURCES } from "./site-name-personal.ts";
import { unitNameRules } from "./site-name-unit.ts";
import type { Rule, Scope } from "./types.ts";

const AT = ["website.siteName"] as const;

function isAddress({ value, values }: Scope): boolean {
  const name = value.toLowerCase();
  const own = listOf(values, "domains").flatMap((domain) => [domain, toUnicode(domain)]);
  return own.includes(name) || /^(?:https?:|www\.)|:\/\//.test(name) || parseDomain(name).ok;
}

const basics: Rule[] = [
  {
    id: "site-name-address",
    ref: "name",
    severity: "error",
    at: AT,
    sources: SOURCES,
    run: (scope) => (isAddress(scope) ? "网站名称不能是域名或网址，请用中文名称" : null),
  },
  {
    id: "site-name-latin",
    ref: "name",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: (scope) => !isAddress(scope),
    run: ({ value }) => (hanCount(value) === 0 ? "网站名称不能只有数字、字母或符号，请用中文名称" : null),
  },
  {
    id: "site-name-short",
    ref: "name",
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
    ref: "name",
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
    ref: "sensitive",
    severity: "error",
    at: AT,
    sources: SOURCES,
    run({ value }, { words }) {
      const found = wordsIn(value, words.refused);
      return found.length > 0 ? `网站名称不能含有${quote(found)}，请换一个名称` : null;
    },
  },
];

/** Names of websites. */
export const siteNameRules: Rule[] = [
  ...basics,
  ...unitNameRules,
  ...personalNameRules,
  {
    id: "site-name-approval",
    ref: "preapproval_words",
    severity: "warning",
    at: AT,
    sources: ["HWREJ", "XN", "TPRE"],
    superseded:
      "腾讯云《前置审批相关》（约2020年）说教育、医疗保健和电子公告的前置审批已在全国取消；华为云备案驳回咨询（2025年12月）里仍有管局要，所以只提示",
    run({ value, values }, { words }) {
      const found = wordsIn(value, words.preApproval);
      if (found.length === 0 || listOf(values, "preApprovals").length > 0) return null;
      return `名称含有${quote(found)}，可能需要前置审批。需要的请在“前置审批或专项审批”里选择并填写批准文号`;
    },
  },
];
