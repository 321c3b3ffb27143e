import { isIndividual } from "../vocabulary/code-tables.ts";
import { isOtherPerson } from "../vocabulary/persons.ts";
import type { ProvinceRule } from "../vocabulary/province-rules.ts";
import { applies } from "./material-conditions.ts";
import type { Rule, RuleContext, Scope } from "./types.ts";

/** The registrant says that 主体负责人 is not 法定代表人 but has the latter's letter. */
const isAuthorised = ({ subject }: Scope): boolean =>
  !isIndividual(subject.nature) && subject.leaderAuthorised === "1";

/** A bureau that wants the legal representative may take another person in cases that its row names by the letter. */
function isTaken({ filing, section, subject, website }: Scope, context: RuleContext): boolean {
  const { province, today, words } = context;
  const one = { filing, section, subject, website: website?.values, province, ground: { today, words } };
  return province.extraMaterials.some(
    (material) => material.slot === "leaderLetter" && material.condition !== "hint" && applies(material, one),
  );
}

const wantsSamePerson = (province: ProvinceRule): boolean => province.leadersSamePersonIfNotLegalRep === true;

/** Who answers for a unit: its legal representative, or by letter another person. */
export const legalRepresentativeRules: Rule[] = [
  {
    id: "leader-legal-representative",
    ref: "P01",
    severity: "error",
    at: ["subject.leaderAuthorised"],
    sources: ["HWP", "HWPOL", "TSUBJ"],
    superseded: "腾讯云备案常见问题：主体信息（约2021年）里，北京等地也收法定代表人以外的人；按较新的执行",
    applies: (scope, { province }) => isAuthorised(scope) && province.leaderRule === "legal_rep_only",
    run: (scope, context) =>
      isTaken(scope, context)
        ? null
        : `${context.province.name}要求主体负责人是法定代表人，请取消这一项，并填法定代表人的姓名、证件和手机`,
  },
  {
    id: "leaders-one-person",
    ref: "P02",
    severity: "error",
    at: ["website.samePerson"],
    sources: ["HWP", "AL-JS"],
    empty: true,
    applies: (scope, { province }) => isAuthorised(scope) && wantsSamePerson(province),
    run: ({ values, subject }, { province }) =>
      isOtherPerson(values, subject)
        ? `主体负责人不是法定代表人的，${province.name}要求网站负责人和主体负责人是同一人，请勾选“与主体负责人是同一人”`
        : null,
  },
];
