import { length } from "../lib/text.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { children, provinceShortName, provinces } from "../vocabulary/divisions.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { wordsIn } from "../vocabulary/word-lists.ts";
import type { Rule, Scope } from "./types.ts";

/** Pages on names of websites that the rules restate. */
export const SOURCES = ["HWREJ", "XN", "QC"];
const AT = ["website.siteName"] as const;

const individual = ({ subject }: Scope): boolean => isIndividual(subject.nature);

/** “中国”、“国家” */
export const quote = (words: readonly string[]): string => words.map((word) => `“${word}”`).join("、");

/** 浙江: no word of everyday language is among the provinces; some cities (安康, 大同) are such words. */
const provinceNames: readonly string[] = provinces.map(({ code }) => provinceShortName(code));

/** 杭州: cities as people say them. */
const cityNames: readonly string[] = provinces.flatMap(({ code }) =>
  children(code)
    .map(({ name }) => /^(.{2,})(?:市|地区|盟)$/.exec(name)?.[1] ?? "")
    .filter(Boolean),
);

/** The place that the name is, or the province it begins with. */
function placeAhead(name: string): string | undefined {
  const bare = name.replace(/[省市]$/, "");
  const found = provinceNames.find((place) => name.startsWith(place));
  return found ?? cityNames.find((place) => place === bare);
}

/** 个人主页 is a name that is warned of; the 主页 in it is not refused besides. */
const withoutWords = (text: string, words: readonly string[]): string =>
  words.reduce((rest, word) => rest.replaceAll(word, ""), text);

/** Names of the websites of 个人. */
export const personalNameRules: Rule[] = [
  {
    id: "site-name-personal-state",
    ref: "state_prefix",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: individual,
    run({ value }, { words }) {
      const found = wordsIn(value, [...words.state, ...words.publicPower]);
      return found.length > 0 ? `个人网站的名称不能含有${quote(found)}，请换一个名称` : null;
    },
  },
  {
    id: "site-name-personal-business",
    ref: "personal_forbidden",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: individual,
    run({ value }, { words }) {
      const found = wordsIn(withoutWords(value, words.personalTemplates), words.personal);
      return found.length > 0
        ? `个人网站的名称不能含有${quote(found)}这样的单位或经营字样，请换一个名称`
        : null;
    },
  },
  {
    id: "site-name-personal-template",
    ref: "personal_template",
    severity: "warning",
    at: AT,
    sources: [...SOURCES, "AL-JS18"],
    superseded:
      "阿里云《江苏备案要求》旧版（2018年1月）要个人网站只叫“XX的个人博客”或“XX的个人主页”；华为云备案驳回咨询（2025年12月）里这类名称多被退回，所以只提示",
    applies: individual,
    run({ value }, { words }) {
      const found = wordsIn(value, words.personalTemplates);
      return found.length > 0 ? `很多省不接受含有${quote(found)}的名称，建议换一个` : null;
    },
  },
  {
    id: "site-name-personal-person",
    ref: "personal_entity",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: individual,
    run({ value, subject }) {
      const name = textOf(subject, "name");
      return name.length > 1 && value.includes(name) ? "个人网站的名称不能含有人名，请换一个名称" : null;
    },
  },
  {
    id: "site-name-personal-place",
    ref: "personal_entity",
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: individual,
    run({ value }) {
      const first = placeAhead(value);
      if (first) return `个人网站的名称不能用地名“${first}”，请换一个名称`;
      const found = wordsIn(value, [...provinceNames, ...cityNames]);
      if (found.length === 0) return null;
      return { message: `名称里的${quote(found)}像是地名，审核时可能要求更换`, severity: "warning" };
    },
  },
  {
    id: "site-name-personal-length",
    ref: "name",
    severity: "warning",
    at: AT,
    sources: ["HWREJ"],
    applies: individual,
    run({ value }) {
      const count = length(value);
      return count > 10 ? `个人网站的名称建议用3至10个字，现在是${count}个` : null;
    },
  },
];
