import { type DomainFault, filedDomain, parseDomain, toAscii } from "../vocabulary/domain.ts";
import { listOf } from "../vocabulary/fields/index.ts";
import { domainsPerSite } from "../vocabulary/province-rules.ts";
import type { Rule, Scope } from "./types.ts";

const DOMAINS = ["website.domains"] as const;
const SOURCES = ["HWDOM", "21V"];

/** A rule that names each line with one of the faults. */
function rule(
  id: string,
  ref: string,
  faults: readonly DomainFault[],
  message: (line: string, registrable: string) => string,
): Rule {
  return {
    id,
    ref,
    severity: "error",
    at: DOMAINS,
    sources: SOURCES,
    run({ list, subject }) {
      return list.flatMap((line) => {
        const domain = parseDomain(line);
        if (domain.ok || !faults.includes(domain.fault) || filedDomain(line, subject.nature)) return [];
        return [message(line, domain.registrable ?? "")];
      });
    },
  };
}

/** The same domain in another website of the filing, above this one. */
function usedAbove({ filing, section, list }: Scope): string[] {
  const above = filing.websites
    .filter(({ position }) => position < section.position)
    .flatMap(({ values }) => listOf(values, "domains").map(toAscii));
  return list.filter((domain) => above.includes(toAscii(domain)));
}

/** Domains as typed, and where they are already. */
export const domainRules: Rule[] = [
  rule("domain-shape", "D07", ["shape"], (line) => `“${line}”不是域名，请写成example.cn这样`),
  rule("domain-url", "D07", ["url"], (line) => `“${line}”是网址，这里只写域名，例如example.cn`),
  rule("domain-ip", "A11", ["ip"], (line) => `“${line}”是IP地址，这里请写域名`),
  rule("domain-subdomain", "D07", ["subdomain", "wildcard"], (line, registrable) =>
    registrable
      ? `“${line}”是下级域名，请写“${registrable}”，下级域名随它一起备案`
      : `“${line}”请去掉开头的星号，下级域名随主域名一起备案`,
  ),
  rule("domain-suffix", "D01", ["suffix"], (line) => `“${line}”的后缀不是可以注册的域名后缀，请核对`),
  {
    id: "domain-count",
    ref: "D09",
    severity: "error",
    at: DOMAINS,
    sources: ["AL-1DOM", "TSITE", "PROVINCE"],
    run({ list }, { province }) {
      const most = domainsPerSite(province);
      return list.length > most
        ? `一个网站可以填${most}个域名，现在是${list.length}个。其余的请另加网站`
        : null;
    },
  },
  {
    id: "domain-twice",
    ref: "D14",
    severity: "error",
    at: DOMAINS,
    sources: ["V3 结果代码1039"],
    run: (scope) => usedAbove(scope).map((domain) => `“${domain}”已填在这份备案单的另一个网站里，请去掉一处`),
  },
  {
    id: "domain-open-elsewhere",
    ref: "D14",
    severity: "error",
    at: DOMAINS,
    sources: ["TREV", "V3 结果代码1005"],
    run({ list }, { openConflicts }) {
      const open = openConflicts.domains.map(toAscii);
      return list
        .filter((domain) => open.includes(toAscii(domain)))
        .map((domain) => `“${domain}”另有一份备案正在办理，请等那一份办完，或先取消那一份`);
    },
  },
  {
    id: "domain-on-record",
    ref: "O02",
    severity: "error",
    at: DOMAINS,
    sources: ["V3 结果代码1005"],
    applies: ({ filing }) => filing.kind === "first",
    run: ({ list }, { onRecord }) =>
      list
        .filter((domain) => onRecord?.domains.includes(toAscii(domain)))
        .map((domain) => `“${domain}”已经备案，不能再首次备案；要修改信息，请办理变更备案`),
  },
];
