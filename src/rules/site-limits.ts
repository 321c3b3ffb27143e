import { isIndividual } from "../vocabulary/code-tables.ts";
import { listOf } from "../vocabulary/fields/index.ts";
import type { FilingData } from "../vocabulary/filing.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import type { Rule, Scope } from "./types.ts";

/** Most websites that one filing of a unit carries, and how many a 个人 has in all. */
const MOST_OF_UNIT = 10;
const MOST_OF_PERSON = 5;

/** Counts are told once, at the last website. */
const isLast = ({ filing, section }: Scope): boolean => filing.websites.at(-1)?.id === section.id;
const isNew = ({ filing }: Scope): boolean => filing.kind === "first" || filing.kind === "add";

const domainsIn = ({ websites }: FilingData): number =>
  websites.reduce((count, { values }) => count + listOf(values, "domains").length, 0);

/** How many new domains the province takes at once, and why. */
function mostDomains(filing: FilingData, province: ProvinceRule): { most: number; because: string } | null {
  const personal = isIndividual(filing.subject.values.nature);
  const [whose, who] = personal
    ? [province.maxNewDomainsPerOrderIndividual, "个人"]
    : [province.maxNewDomainsPerOrderOrg, "单位"];
  const above = personal ? province.oneDomainAboveIndividual : province.oneDomainAboveUnit;
  const { websites = 0 } = filing.filed ?? {};
  if (above !== null && websites > above)
    return { most: 1, because: `${who}已备案超过${above}个网站的，一份备案单只新增1个域名` };
  return whose === null ? null : { most: whose, because: `${who}一份备案单最多新增${whose}个域名` };
}

/** How much one filing, and one subject, may hold. */
export const siteLimitRules: Rule[] = [
  {
    id: "new-domains-per-filing",
    ref: "D09",
    severity: "error",
    at: ["website.domains"],
    sources: ["HWP", "PROVINCE"],
    applies: (scope) => isNew(scope) && isLast(scope),
    run({ filing }, { province }) {
      const limit = mostDomains(filing, province);
      const count = domainsIn(filing);
      return limit && count > limit.most
        ? `${province.name}规定${limit.because}，现在是${count}个，其余的请等这份办完再新增`
        : null;
    },
  },
  {
    id: "websites-per-filing",
    ref: "L22",
    severity: "warning",
    at: ["website.siteName"],
    sources: ["HWFLOW", "TSITE"],
    superseded: "腾讯云（TSITE，约2020年）：单位一单最多10个；华为云（HWFLOW）建议单位3至5个，个人都是1个",
    empty: true,
    applies: (scope) => isNew(scope) && isLast(scope),
    run({ filing }) {
      const count = filing.websites.length;
      if (isIndividual(filing.subject.values.nature))
        return count > 1 ? `个人一份备案单宜填1个网站，现在是${count}个，建议分次办理，以免一起退回` : null;
      return count > MOST_OF_UNIT
        ? `单位一份备案单最多${MOST_OF_UNIT}个网站，3至5个为宜，现在是${count}个，建议分次办理`
        : null;
    },
  },
  {
    id: "websites-of-individual",
    ref: "L21",
    severity: "warning",
    at: ["website.siteName"],
    sources: ["HWKB"],
    empty: true,
    applies: (scope) => isNew(scope) && isLast(scope) && isIndividual(scope.subject.nature),
    run({ filing }) {
      const count = filing.websites.length + (filing.filed?.websites ?? 0);
      return count > MOST_OF_PERSON
        ? `个人一般最多备案${MOST_OF_PERSON}个网站，连同已备案的现在是${count}个，管局可能不接受，请先注销不用的`
        : null;
    },
  },
  {
    id: "websites-of-unit",
    ref: "L21",
    severity: "error",
    at: ["website.siteName"],
    sources: ["HWPOL", "PROVINCE"],
    empty: true,
    applies: (scope) => isNew(scope) && isLast(scope) && !isIndividual(scope.subject.nature),
    run({ filing }, { province }) {
      const count = filing.websites.length + (filing.filed?.websites ?? 0);
      return province.mostSitesOrg !== null && count > province.mostSitesOrg
        ? `${province.name}规定一个单位最多${province.mostSitesOrg}个网站，连同已备案的现在是${count}个，请先注销不用的`
        : null;
    },
  },
  {
    id: "shell-subject",
    ref: "O15",
    severity: "warning",
    at: ["website.siteName"],
    sources: ["HWCAN", "PROVINCE"],
    empty: true,
    applies: ({ filing, section }, { province }) =>
      filing.kind === "add" &&
      filing.filed?.websites === 0 &&
      !province.shellEntityCanAddSite &&
      filing.websites[0]?.id === section.id,
    // Only the websites here are known: whether the subject has others elsewhere, its owner knows.
    run: (_scope, { province }) =>
      `这个主体在这里已没有网站。在别的接入商处也没有的（空壳主体），${province.name}不能直接新增网站，请先向管局注销主体，再办首次备案`,
  },
];
