import { nothingElsewhere } from "../../src/rules/elsewhere.ts";
import type { RuleContext } from "../../src/rules/index.ts";
import type { FilingData, Values } from "../../src/vocabulary/filing.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";
import { shippedWords } from "../../src/vocabulary/word-lists.ts";

/** An invented company in Hangzhou; every number is made up, with valid check characters. */
export const company: Values = {
  name: "示例茶业（杭州）有限公司",
  nature: "4",
  certType: "1",
  certNo: "91330108MA2EXAMP08",
  certValidUntil: "长期",
  residence: "浙江省杭州市滨江区示例路100号3幢201室",
  province: "330000",
  city: "330100",
  county: "330108",
  address: "示例路100号3幢201室",
  investor: "示例茶业（杭州）有限公司",
  person: "张三",
  idType: "2",
  idNo: "330108199001010010",
  idValidUntil: "2040-01-01",
  mobile: "13800005678",
  emergency: "13900001234",
  phone: "086-0571-00000000",
  email: "zhangsan@example.cn",
};

export const website: Values = {
  siteName: "示例茶叶商城",
  domains: ["example.cn"],
  homePages: ["www.example.cn"],
  serviceContents: ["9"],
  languages: ["1"],
  serviceType: "1",
  preApprovals: [],
  samePerson: "1",
};

export const access: Values = {
  accessModes: ["5"],
  serverPlaces: ["330000"],
  ips: ["203.0.113.18", "203.0.113.20-203.0.113.23"],
};

/** An invented second person. */
export const leader: Values = {
  samePerson: "",
  leaderName: "李四",
  leaderIdType: "2",
  leaderIdNo: "330108199202020020",
  leaderIdValidUntil: "2040-01-01",
  leaderMobile: "13700004321",
  leaderEmergency: "13600008765",
  leaderPhone: "086-0571-00000001",
  leaderEmail: "lisi@example.cn",
};

/** A person who files: 个人. */
export const individual: Values = {
  ...company,
  name: "张三",
  nature: "5",
  certType: "2",
  certNo: "330108199001010010",
  certValidUntil: "2040-01-01",
};

type Parts = { subject?: Values; website?: Values; access?: Values };

/** A complete filing without fault, with what is given put over it; all materials are there. */
export function filing(parts: Parts = {}): FilingData {
  return {
    kind: "first",
    subject: { kind: "subject", id: 1, position: 1, values: { ...company, ...parts.subject } },
    websites: [
      {
        kind: "website",
        id: 2,
        position: 1,
        values: { ...website, ...parts.website },
        accesses: [{ kind: "access", id: 3, position: 1, values: { ...access, ...parts.access } }],
      },
    ],
    materials: [
      { slot: "certificate", sectionId: 1, state: "ready" },
      { slot: "leader", sectionId: 1, state: "ready" },
      { slot: "residencePermit", sectionId: 1, state: "ready" },
      { slot: "siteLeader", sectionId: 2, state: "ready" },
      { slot: "form", sectionId: 2, state: "ready" },
      { slot: "domain", sectionId: 2, state: "ready" },
      { slot: "letter", sectionId: 2, state: "ready" },
    ],
  };
}

export const context: RuleContext = {
  province: provinceRule("330000"),
  ipRanges: [
    { first: "203.0.113.0", last: "203.0.113.255" },
    { first: "2001:db8::", last: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff" },
  ],
  today: "2026-11-24",
  openConflicts: { certificate: false, domains: [] },
  ispName: "示例云",
  words: shippedWords,
  elsewhere: nothingElsewhere,
};
