import { addDays, daysBetween, isDate } from "../lib/dates.ts";
import { isIndividual } from "../vocabulary/code-tables.ts";
import { textOf } from "../vocabulary/fields/index.ts";
import { subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import { domainHolders } from "../vocabulary/province-schema.ts";
import type { Problem, Rule, RuleContext, Scope } from "./types.ts";

/** Days a domain has to be valid everywhere, and those that most bureaus ask for (D04). */
const LEAST_DAYS = 45;
const USUAL_DAYS = 90;

/** Persons of the filing whom a bureau may take for a unit's holder, by the province's columns. */
function personsNamed({ values, subject }: Scope): { name: string; as: readonly string[] }[] {
  return [
    {
      name: subjectPerson(subject).name,
      as: ["legal_rep", "entity_leader", "principal", "senior_executive"],
    },
    { name: websitePerson(values, subject).name, as: ["site_leader", "senior_executive"] },
  ];
}

const squeezed = (name: string): string =>
  name.replace(/\s/g, "").replaceAll("(", "（").replaceAll(")", "）");

/** What is said of a unit's domain that somebody else holds. */
function otherHolder(scope: Scope, { province }: RuleContext): Problem | null {
  const taken: readonly string[] | null = province.domainHolderOrg;
  if (taken === null)
    return {
      message: "域名持有者不是主办单位，所在的省是否接受还不确定，建议先把域名过户到主办单位名下",
      severity: "warning",
    };
  const others = taken.filter((one) => one !== "org");
  if (others.length === 0)
    return `${province.name}只接受主办单位持有的域名，请先把域名过户到主办单位名下，再做实名认证`;
  const words = others.map((one) => domainHolders[one as keyof typeof domainHolders]).join("、");
  const named = personsNamed(scope).find(({ name }) => squeezed(name) === squeezed(scope.value));
  if (named?.as.some((one) => others.includes(one))) return null;
  // A shareholder or manager is not named in a filing: whether the holder is one, papers show.
  const open = ["shareholder", "principal", "senior_executive"].some((one) => others.includes(one));
  return {
    message: `${province.name}接受的域名持有者是主办单位或${words}，请核对持有者，是的请上传证明，不是的先过户`,
    severity: open ? "warning" : "error",
  };
}

/** What is known of domains: holder, end, registrar. */
export const domainFactRules: Rule[] = [
  {
    id: "domain-holder",
    ref: "D03",
    severity: "error",
    at: ["website.domainHolder"],
    sources: ["HWPREP", "21V", "PROVINCE"],
    applies: ({ subject }) => textOf(subject, "name") !== "",
    run(scope, context) {
      if (squeezed(scope.value) === squeezed(textOf(scope.subject, "name"))) return null;
      if (isIndividual(scope.subject.nature))
        return "个人备案的域名应由本人持有，请先把域名过户到本人名下，再做实名认证";
      return otherHolder(scope, context);
    },
  },
  {
    id: "domain-expires-format",
    ref: "D04",
    severity: "error",
    at: ["website.domainExpires"],
    sources: ["HWP"],
    run: ({ value }) => (isDate(value) ? null : "请写成2030-01-02这样的日期"),
  },
  {
    id: "domain-expired",
    ref: "D01",
    severity: "error",
    at: ["website.domainExpires"],
    sources: ["TREJ2", "XSB"],
    applies: ({ value }) => isDate(value),
    run: ({ value }, { today }) =>
      value < today ? "域名已经到期，请先在注册商处续费，再填新的到期日" : null,
  },
  {
    id: "domain-expires-soon",
    ref: "D04",
    severity: "warning",
    at: ["website.domainExpires"],
    sources: ["HWP", "PROVINCE"],
    superseded: "早年的说明里山东是45天（AL-SD），另有一处写1个月、没有说是哪个省（BD）；现在多数省要求3个月",
    applies: ({ value }, { today }) => isDate(value) && value >= today,
    run({ value }, { today, province }) {
      const least = province.domainMinValidDays ?? LEAST_DAYS;
      const left = daysBetween(today, value);
      if (left >= Math.max(least, USUAL_DAYS) || (left >= least && province.domainMinValidDays !== null))
        return null;
      const until = addDays(today, Math.max(least, USUAL_DAYS));
      if (left >= least)
        return `域名还有${left}天到期，多数省要求还有${USUAL_DAYS}天，建议先续费到${until}以后`;
      return {
        message: `域名还有${left}天到期，少于要求的${least}天，请先在注册商处续费，再填新的到期日`,
        severity: "error",
      };
    },
  },
  {
    id: "domain-registrar-abroad",
    ref: "D12",
    severity: "error",
    at: ["website.domainRegistrar"],
    sources: ["HWDOM", "T17"],
    run({ value }, { words }) {
      const typed = value.toLowerCase().replace(/\s/g, "");
      const abroad = words.foreignRegistrars.some((one) =>
        typed.includes(one.toLowerCase().replace(/\s/g, "")),
      );
      return abroad ? "境外注册商的域名不能备案，请先把域名转入境内的注册商，再做实名认证" : null;
    },
  },
];
