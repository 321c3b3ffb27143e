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

/** Names of the websites of 个人. */
export const personalNameRules: Rule[] = [
  {
    id: "site-name-personal-state",
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
    severity: "error",
    at: AT,
    sources: SOURCES,
    applies: individual,
    run({ value }, { words }) {
      const found = wordsIn(value, words.personal);
      return found.length > 0
        ? `个人网站的名称不能含有${quote(found)}这样的单位或经营字样，请换一个名称`
        : null;
    },
  },
  {
    id: "site-name-personal-template",
    severity: "warning",
    at: AT,
    sources: SOURCES,
    applies: individual,
    run({ value }, { words }) {
      const found = wordsIn(value, words.personalTemplates);
      return found.length > 0 ? `很多省不接受含有${quote(found)}的名称，建议换一个` : null;
    },
  },
  {
    id: "site-name-personal-person",
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
];
