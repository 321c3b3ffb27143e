import { nothingElsewhere } from "../../src/rules/elsewhere.ts";
import type { Elsewhere } from "../../src/rules/index.ts";
import type { Case, Change } from "./cases.ts";
import { company, individual, leader } from "./sample.ts";

/** What other filings know of the faultless one. */
const known = (elsewhere: Partial<Elsewhere>, over: Change = {}): Change => ({
  ...over,
  context: { elsewhere: { ...nothingElsewhere, ...elsewhere } },
});

const own = String(company.mobile);
const document = String(company.idNo);
const open = (certificate: boolean, ...domains: string[]): Partial<Elsewhere> => ({
  open: { certificate, domains },
});

/** Rules about what other filings and records hold. */
export const elsewhereCases: Record<string, Case> = {
  "mobile-used-elsewhere": {
    says: /另一个主办单位的负责人/,
    field: "mobile",
    bad: known({ mobiles: [own] }),
    good: known({ mobiles: [String(leader.leaderMobile)] }),
  },
  "email-used-elsewhere": {
    says: /电子邮箱已由另一个/,
    field: "leaderEmail",
    bad: known({ emails: [String(leader.leaderEmail)] }, { website: leader }),
    good: known({ emails: [String(leader.leaderEmail)] }),
  },
  "contacts-differ-elsewhere": {
    says: /联系方式要一致/,
    field: "mobile",
    bad: known({ otherContacts: [document] }),
    good: known({ otherContacts: [String(leader.leaderIdNo)] }),
  },
  "site-leader-elsewhere": {
    says: /只担任一个单位的网站负责人/,
    field: "samePerson",
    bad: known({ siteLeaders: [String(leader.leaderIdNo)] }, { website: leader }),
    good: known(
      { siteLeaders: [String(individual.certNo)] },
      { subject: individual, website: { siteName: "茶余饭后随笔" } },
    ),
  },
  "certificate-open-at-other-provider": {
    says: /别的接入商处有一份备案正在办理/,
    field: "certNo",
    bad: known(open(true)),
    good: known(open(false, "example.cn")),
  },
  "domain-open-at-other-provider": {
    says: /“example.cn”在别的接入商处/,
    field: "domains",
    bad: known(open(false, "EXAMPLE.CN")),
    good: known(open(false, "example.com")),
  },
};
