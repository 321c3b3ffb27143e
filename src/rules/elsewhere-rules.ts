import { isIndividual } from "../vocabulary/code-tables.ts";
import { toAscii } from "../vocabulary/domain.ts";
import { personKeys } from "../vocabulary/fields/person.ts";
import { subjectPerson, websitePerson } from "../vocabulary/persons.ts";
import type { FieldRef, Rule, Scope } from "./types.ts";

/** Id of the rule about a mobile number that another subject uses: two submissions at once are told apart by it. */
export const MOBILE_ELSEWHERE = "mobile-used-elsewhere";

const both = (part: keyof (typeof personKeys)["subject"]): FieldRef[] => [
  `subject.${personKeys.subject[part]}`,
  `website.${personKeys.website[part]}`,
];

/** The number of the document of the person whose field it is. */
const documentOf = ({ section, values, subject }: Scope): string =>
  (section.kind === "subject" ? subjectPerson(values) : websitePerson(values, subject)).idNo;

/** What other filings and records of the installation have to say; whose they are nobody is told. */
export const elsewhereRules: Rule[] = [
  {
    id: MOBILE_ELSEWHERE,
    ref: "F10",
    severity: "error",
    at: both("mobile"),
    sources: ["HWREJ", "72DNS"],
    run: ({ value }, { elsewhere }) =>
      elsewhere.mobiles.includes(value)
        ? "这个手机号码已由另一个主办单位的负责人用于备案，请换成这位负责人本人的手机号码"
        : null,
  },
  {
    id: "email-used-elsewhere",
    severity: "warning",
    at: both("email"),
    sources: ["HWREJ"],
    run: ({ value }, { elsewhere }) =>
      elsewhere.emails.includes(value)
        ? "这个电子邮箱已由另一个主办单位的负责人用于备案，请核对是不是本人常用的邮箱"
        : null,
  },
  {
    id: "contacts-differ-elsewhere",
    ref: "F16",
    severity: "warning",
    at: both("mobile"),
    sources: ["HWMAT"],
    run: (scope, { elsewhere }) =>
      elsewhere.otherContacts.includes(documentOf(scope))
        ? "这位负责人在另一份备案里留的手机或电子邮箱和这里不同，同一个人在各份备案里的联系方式要一致，请核对"
        : null,
  },
  {
    id: "site-leader-elsewhere",
    ref: "P04",
    severity: "warning",
    at: ["website.samePerson"],
    sources: ["TSUBJ", "T17"],
    empty: true,
    applies: ({ subject }) => !isIndividual(subject.nature),
    run: ({ values, subject }, { elsewhere }) =>
      elsewhere.siteLeaders.includes(websitePerson(values, subject).idNo)
        ? "这位网站负责人已是另一个单位的网站负责人。一个人只担任一个单位的网站负责人，请换成实际管理这个网站的本单位人员，或在备注里写明原因"
        : null,
  },
  {
    id: "certificate-open-at-other-provider",
    ref: "O01",
    severity: "error",
    at: ["subject.certNo"],
    sources: ["TREV", "HWFLOW"],
    run: (_scope, { elsewhere }) =>
      elsewhere.open.certificate
        ? "这个主办单位在别的接入商处有一份备案正在办理。一个主办单位同时只能办理一份，请等那一份办完，或先在那里取消"
        : null,
  },
  {
    id: "domain-open-at-other-provider",
    ref: "D14",
    severity: "error",
    at: ["website.domains"],
    sources: ["TREV"],
    run: ({ list }, { elsewhere }) => {
      const open = elsewhere.open.domains.map(toAscii);
      return list
        .filter((domain) => open.includes(toAscii(domain)))
        .map((domain) => `“${domain}”在别的接入商处有一份备案正在办理，请等那一份办完，或先在那里取消`);
    },
  },
];
