import { cleanEmail } from "../vocabulary/email.ts";
import { personKeys, textOf } from "../vocabulary/fields/index.ts";
import type { Values } from "../vocabulary/fields/types.ts";
import { isOtherPerson, type Person, subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import type { Rule, Scope } from "./types.ts";

const SOURCES = ["HWMAT", "21V"];
const keys = personKeys.website;

const same = (a: string, b: string): boolean => a !== "" && a.toLowerCase() === b.toLowerCase();
const sameDocument = (a: Person, b: Person): boolean => same(a.idNo, b.idNo) && a.idType === b.idType;

/** People named in the filing before this website: of the subject, and of the websites above it. */
function peopleBefore({ filing, section, subject }: Scope): { title: string; person: Person }[] {
  const above = filing.websites.filter((one) => one.position < section.position);
  return [
    { title: "主体负责人", person: subjectPerson(subject) },
    ...above.map(({ values, position }) => ({
      title: `网站${position}的负责人`,
      person: websitePerson(values, subject),
    })),
  ];
}

/** Someone else in the filing who has the same phone or mail box. */
function sharedWith(scope: Scope, key: "mobile" | "email"): string | undefined {
  const own = websitePerson(scope.values, scope.subject);
  const value = key === "email" ? cleanEmail(own.email) : own.mobile;
  return peopleBefore(scope).find(({ person }) => !sameDocument(own, person) && same(value, person[key]))
    ?.title;
}

/** The same person filled in twice: what reads differently there. */
function differs(values: Values, subject: Values, key: keyof Person): boolean {
  const [own, other] = [websitePerson(values, subject), subjectPerson(subject)];
  return sameDocument(own, other) && textOf(values, keys[key]) !== "" && !same(own[key], other[key]);
}

const WORDS = { name: "姓名", mobile: "手机", emergency: "应急联系电话", email: "电子邮箱" } as const;

function equalRule(key: keyof typeof WORDS): Rule {
  return {
    id: `person-same-${key}`,
    ref: "F15",
    severity: "error",
    at: [`website.${keys[key]}`],
    sources: SOURCES,
    run({ values, subject }) {
      if (!differs(values, subject, key)) return null;
      return `证件号码和主体负责人相同，${WORDS[key]}却不同。是同一人的，请勾选“与主体负责人是同一人”；不是的，请核对证件号码`;
    },
  };
}

/** Two responsible persons: different people have different numbers, the same person has the same ones. */
export const personRules: Rule[] = [
  {
    id: "persons-mobile-distinct",
    ref: "F15",
    severity: "error",
    at: [`website.${keys.mobile}`],
    sources: SOURCES,
    applies: ({ values, subject }) => isOtherPerson(values, subject),
    run(scope) {
      const title = sharedWith(scope, "mobile");
      return title ? `和${title}不是同一人，手机不能相同，请填网站负责人本人的号码` : null;
    },
  },
  {
    id: "persons-email-distinct",
    ref: "F15",
    severity: "error",
    at: [`website.${keys.email}`],
    sources: SOURCES,
    applies: ({ values, subject }) => isOtherPerson(values, subject),
    run(scope) {
      const title = sharedWith(scope, "email");
      return title ? `和${title}不是同一人，电子邮箱不能相同，请填网站负责人本人的邮箱` : null;
    },
  },
  equalRule("name"),
  equalRule("mobile"),
  equalRule("emergency"),
  equalRule("email"),
];
