import { isIndividual } from "../vocabulary/code-tables.ts";
import { parseDomain, toAscii, toUnicode } from "../vocabulary/domain.ts";
import type { Rule, RuleContext, Scope } from "./types.ts";

const DOMAINS = ["website.domains"] as const;

const lastLabel = (domain: string): string => domain.slice(domain.lastIndexOf(".") + 1);

/** Whether the top-level domain is one of the list, in either spelling. */
function hasSuffix(domain: string, suffixes: readonly string[]): boolean {
  const wanted = suffixes.map((one) => toAscii(one.replace(/^\./, "")));
  return wanted.includes(lastLabel(toAscii(domain)));
}

/** Domains that are some, whatever their shape is otherwise. */
const known = ({ list }: Scope): string[] =>
  list.filter((line) => {
    const domain = parseDomain(line);
    return domain.ok || domain.fault === "subdomain";
  });

const suffixOf = (domain: string): string => `.${lastLabel(toUnicode(domain))}`;

/** Suffixes that the subject's province names as refused. */
function refusedThere({ subject }: Scope, { province }: RuleContext): readonly string[] {
  const own = isIndividual(subject.nature) ? (province.refusedSuffixesIndividual ?? []) : [];
  return [...(province.refusedSuffixes ?? []), ...own];
}

/** Suffixes of domains. */
export const domainSuffixRules: Rule[] = [
  {
    id: "domain-suffix-refused",
    ref: "D01",
    severity: "error",
    at: DOMAINS,
    sources: ["HWDOM", "TREJ2"],
    run: (scope, { words }) =>
      known(scope)
        .filter((domain) => hasSuffix(domain, words.refusedSuffixes))
        .map((domain) => `“${domain}”的后缀${suffixOf(domain)}没有在国内批复，不能备案，请换用别的域名`),
  },
  {
    id: "domain-suffix-province",
    ref: "D01",
    severity: "error",
    at: DOMAINS,
    sources: ["TFAQ", "T17", "PROVINCE"],
    run: (scope, context) =>
      known(scope)
        .filter((domain) => hasSuffix(domain, refusedThere(scope, context)))
        .map((domain) => {
          const who = isIndividual(scope.subject.nature) ? "个人备案" : "备案";
          return `${context.province.name}的${who}不接受后缀${suffixOf(domain)}，“${domain}”请换用别的域名`;
        }),
  },
  {
    id: "domain-suffix-unlisted",
    ref: "D01",
    severity: "warning",
    at: DOMAINS,
    sources: ["HWDOM", "TFAQ"],
    applies: (_scope, { words }) => words.approvedSuffixes.length > 0,
    run: (scope, context) =>
      known(scope)
        .filter((domain) => !hasSuffix(domain, context.words.approvedSuffixes))
        .filter(
          (domain) => !hasSuffix(domain, [...context.words.refusedSuffixes, ...refusedThere(scope, context)]),
        )
        .map(
          (domain) =>
            `后缀${suffixOf(domain)}不在收录的已批复后缀里，请到domain.miit.gov.cn查“${domain}”能不能备案，不能的换用别的域名`,
        ),
  },
];

/** 事业单位 and 党政机关, by 性质, with the suffixes kept for them. */
const STATE: Record<
  string,
  { who: "institutions" | "all"; name: string; suffixes: string[]; words: string }
> = {
  "3": { who: "institutions", name: "事业单位", suffixes: ["cn", "公益"], words: ".cn或.公益" },
  "2": { who: "all", name: "党政机关", suffixes: ["gov.cn", "政务"], words: ".gov.cn或.政务" },
};

const endsIn = (domain: string, suffix: string): boolean => toAscii(domain).endsWith(`.${toAscii(suffix)}`);

/** Bodies of the state use the domains kept for them. */
export const stateDomainRule: Rule = {
  id: "domain-of-state-body",
  ref: "D11",
  severity: "warning",
  at: DOMAINS,
  sources: ["HWP", "HWKB"],
  run(scope, { province }) {
    const body = STATE[String(scope.subject.nature)];
    if (!body) return null;
    const asked = province.stateDomains === "all" || province.stateDomains === body.who;
    return known(scope)
      .filter((domain) => !body.suffixes.some((suffix) => endsIn(domain, suffix)))
      .map((domain) => ({
        message: `“${domain}”：${body.name}的网站应使用${body.words}的域名，请换用或先申请`,
        severity: asked ? ("error" as const) : ("warning" as const),
      }));
  },
};
