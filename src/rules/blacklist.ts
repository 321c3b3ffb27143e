import { toAscii } from "../vocabulary/domain.ts";
import { listOf } from "../vocabulary/fields/index.ts";
import type { FilingData, SectionKind } from "../vocabulary/filing.ts";
import type { Rule, Scope } from "./types.ts";

const whatToDo = "暂不能备案，请联系我们，或向省通信管理局了解怎样移出";

/** What is on record already may be put right: there it is told and stops nothing. */
const onRecord = ({ filing }: Scope): boolean => filing.kind === "change";

const hadBefore = ({ section }: Scope, domain: string): boolean =>
  listOf(section.before ?? {}, "domains").some((one) => toAscii(one) === toAscii(domain));

/** What is copied from the record is not looked at itself: what these kinds add to it speaks for it. */
const addsTo: Partial<Record<FilingData["kind"], SectionKind>> = { add: "website", join: "access" };

const isIn = (domains: readonly string[]) => {
  const known = domains.map(toAscii);
  return (domain: string): boolean => known.includes(toAscii(domain));
};

const domainWords = (domain: string): string => `域名“${domain}”在管局的黑名单中，${whatToDo}`;
const certificateWords = `这个主办单位的证件在管局的黑名单中，${whatToDo}`;

/** 黑名单 of the bureaus. The words accuse nobody: who is listed may not know why, or may be taken for another. */
export const blacklistRules: Rule[] = [
  {
    id: "certificate-blacklisted",
    ref: "O01",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["V3 结果代码1065"],
    applies: ({ filing }, { elsewhere }) => filing.kind !== "cancel" && elsewhere.listed.certificate,
    run: (scope) => ({ message: certificateWords, severity: onRecord(scope) ? "warning" : "error" }),
  },
  {
    id: "copied-blacklisted",
    ref: "O01",
    severity: "error",
    at: ["website.", "access."],
    sources: ["V3 结果代码1065", "V3 结果代码1064"],
    empty: true,
    applies: ({ filing, section }) => addsTo[filing.kind] === section.kind && filing.subject.open === false,
    run({ filing, website }, { elsewhere: { listed } }) {
      const domains = filing.kind === "join" ? listOf(website?.values ?? {}, "domains") : [];
      const stopped = domains.filter(isIn(listed.domains)).map(domainWords);
      return listed.certificate ? [certificateWords, ...stopped] : stopped;
    },
  },
  {
    id: "domain-blacklisted",
    ref: "D14",
    severity: "error",
    at: ["website.domains"],
    sources: ["V3 结果代码1064"],
    applies: ({ filing }) => filing.kind !== "cancel",
    run(scope, { elsewhere: { listed } }) {
      const stopped = scope.list.filter(isIn(listed.domains)).map((domain) => ({
        message: domainWords(domain),
        severity: onRecord(scope) && hadBefore(scope, domain) ? ("warning" as const) : ("error" as const),
      }));
      const below = scope.list.filter(isIn(listed.below)).map((domain) => ({
        message: `“${domain}”的下级域名在管局的黑名单中，请核对它们是不是同一个网站`,
        severity: "check" as const,
      }));
      return [...stopped, ...below];
    },
  },
];
