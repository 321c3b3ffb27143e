import { readData } from "./data.ts";

/** Lists of words that names of websites may not hold, or only under conditions. */
export type WordLists = {
  /** For national bodies alone. */
  state: string[];
  /** For bodies with that duty alone. */
  publicPower: string[];
  /** For nobody. */
  refused: string[];
  /** Point at content that needs an approval first. */
  preApproval: string[];
  /** Of these, what is about finance: some bureaus want a statement then. */
  finance: string[];
  /** Business words no 个人 may use, and names that are widely refused to them. */
  personal: string[];
  personalTemplates: string[];
  /** Suffixes of domains, without the dot, known to be approved (批复), and those that are not. */
  approvedSuffixes: string[];
  refusedSuffixes: string[];
  /** Registrars abroad, by a part of their name. */
  foreignRegistrars: string[];
};

const file = readData("word-lists") as WordLists & { note: string };

export type WordListKey = keyof WordLists;

/** One list as an administrator reads it: what it is for, and what happens to a name that holds one of its words. */
export type WordListTitle = { key: WordListKey; title: string; says: string; sources: readonly string[] };

const titles: Record<WordListKey, Omit<WordListTitle, "key">> = {
  state: {
    title: "国家字样",
    says: "非国家机关的单位，网站名称不能以这些词开头，含有的提示；个人网站的名称不能含有。",
    sources: ["HWMAT", "QC", "TREJ"],
  },
  publicPower: {
    title: "公权力字样",
    says: "没有这项职责的单位，网站名称不能以这些词开头；个人网站的名称不能含有。",
    sources: ["HWMAT", "QC"],
  },
  refused: {
    title: "敏感词",
    says: "任何网站的名称都不能含有。",
    sources: ["XN", "TREJ"],
  },
  preApproval: {
    title: "前置审批相关词",
    says: "名称含有的，提示可能需要前置审批。",
    sources: ["HWREJ", "XN", "FKW", "TPRE"],
  },
  finance: {
    title: "金融相关词",
    says: "名称或内容含有的，有的省要求不从事金融服务的承诺书。",
    sources: ["HWREJ", "TFAQ"],
  },
  personal: {
    title: "个人不能用的词",
    says: "个人网站的名称不能含有这些单位或经营字样。",
    sources: ["XN", "QC", "BK"],
  },
  personalTemplates: {
    title: "个人网站的常见套名",
    says: "个人网站的名称含有的，提示很多省不接受。",
    sources: ["HWREJ", "QC", "AL-JS18"],
  },
  approvedSuffixes: {
    title: "已批复的域名后缀",
    says: "每行一个，不带点。域名的后缀不在里面的，提示到domain.miit.gov.cn核对；清空后不再提示。",
    sources: ["HWDOM", "TFAQ"],
  },
  refusedSuffixes: {
    title: "不能备案的域名后缀",
    says: "每行一个，不带点。这些后缀的域名不能提交。",
    sources: ["HWDOM", "TREJ2"],
  },
  foreignRegistrars: {
    title: "境外的域名注册商",
    says: "注册商名称含有的，要求先把域名转入境内的注册商。",
    sources: ["HWDOM"],
  },
};

/** Every list in the order of the page. */
export const wordListTitles: readonly WordListTitle[] = Object.entries(titles).map(([key, title]) => ({
  key: key as WordListKey,
  ...title,
}));

/** The lists as shipped; an installation and each provider may keep their own. */
export const shippedWords: WordLists = Object.fromEntries(
  wordListTitles.map(({ key }) => [key, file[key]]),
) as WordLists;

/** Those of the words that stand in the text. */
export function wordsIn(text: string, words: readonly string[]): string[] {
  const upper = text.toUpperCase();
  return words.filter((word) => upper.includes(word.toUpperCase()));
}
