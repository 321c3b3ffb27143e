import { nationalRule, provinceRule } from "../../src/vocabulary/province-rules.ts";
import type { Case, Change } from "./cases.ts";
import { individual, leader } from "./sample.ts";

/** Rules about persons, their documents and telephones, about names and remarks. Provinces stand for what their rows say. */

const at = (code: string) => ({ province: provinceRule(code) });
const person = (over: Change): Change => ({
  ...over,
  subject: { ...individual, ...over.subject },
  website: { siteName: "茶余饭后随笔", ...over.website },
});
const until = (idValidUntil: string): Change => ({ subject: { idValidUntil } });
const passport = { certType: "7", certNo: "E00000000" };
const mobile = (value: string, code = "330000"): Change => ({
  subject: { mobile: value },
  context: at(code),
});
const two = (emergency: string, other: string): Change => ({
  subject: { emergency: other },
  website: { ...leader, leaderEmergency: emergency },
  context: at("350000"),
});
const phone = (code: string, remark: string): Change => ({
  subject: { phone: "13600000000", remark },
  context: at(code),
});
const site = (siteName: string, over: Change = {}): Change => ({ ...over, website: { siteName } });
export const subjectCases: Record<string, Case> = {
  "branch-office": {
    says: /填总公司的法定代表人/,
    bad: { subject: { name: "示例茶业（杭州）有限公司宁波分公司" } },
    good: {},
    edge: [
      { change: { subject: { name: "示例茶业办事处服务有限公司" } }, finds: false },
      { change: person({ subject: { name: "分公司" } }), finds: false },
    ],
  },
  "document-taken": {
    says: /河北不接受外国人的个人备案/,
    field: "certType",
    bad: person({ subject: { certType: "30" }, context: at("130000") }),
    good: person({ subject: { certType: "30" } }),
    edge: [
      { change: person({ context: at("130000") }), finds: false },
      { change: person({ subject: passport, context: at("130000") }), finds: true },
      { change: { subject: { idType: "7" }, context: at("140000") }, finds: true },
      { change: { subject: { idType: "7" }, context: { province: nationalRule("140000") } }, finds: false },
      { change: { website: { ...leader, leaderIdType: "14" }, context: at("140000") }, finds: true },
    ],
  },
  "validity-format": {
    says: /请写成2035-01-02/,
    field: "idValidUntil",
    bad: until("三个月"),
    good: until("长期"),
    edge: [
      { change: until("2030-02-29"), finds: true },
      { change: until("2032-02-29"), finds: false },
      { change: until(""), finds: false },
    ],
  },
  "document-expired": {
    says: /居民身份证已经过期/,
    bad: until("2026-11-23"),
    good: until("2026-11-24"),
    edge: [
      { change: { subject: { certValidUntil: "2026-11-23" } }, finds: true },
      { change: { subject: { certValidUntil: "2026-11-24" } }, finds: false },
      { change: until("长期"), finds: false },
    ],
  },
  "document-ending": {
    says: /至少还有3个月/,
    bad: until("2027-02-23"),
    good: until("2027-02-24"),
    edge: [
      { change: until("2026-11-24"), finds: true },
      { change: until("2026-11-23"), finds: false },
      { change: { subject: { certValidUntil: "2026-12-31" } }, finds: false },
      { change: person({ subject: { ...passport, certValidUntil: "2026-12-31" } }), finds: true },
      { change: { website: { ...leader, leaderIdValidUntil: "2027-02-23" } }, finds: true },
    ],
  },
  "validity-missing": {
    says: /请填写身份证背面的有效期/,
    field: "idValidUntil",
    bad: until(""),
    good: until("2040-01-01"),
    edge: [
      { change: { subject: { idValidUntil: "", idType: "7", idNo: "E00000000" } }, finds: false },
      { change: { subject: { certValidUntil: "" } }, finds: false },
      { change: person({ subject: { certValidUntil: "" } }), finds: true },
      { change: { website: { leaderIdValidUntil: "", leaderIdNo: "1" } }, finds: false },
    ],
  },
  "mobile-local": {
    says: /归属地是福建，主办单位在浙江/,
    bad: mobile("13905910000"),
    good: mobile("13905710000"),
    edge: [
      { change: mobile("19900000000"), finds: false },
      { change: mobile("13800005678"), finds: false },
      { change: mobile("+86 139-0591-0000"), finds: true },
      { change: { subject: { mobile: "13905910000", province: "" } }, finds: false },
    ],
  },
  "mobile-virtual": {
    says: /虚拟运营商/,
    bad: mobile("17000000000"),
    good: mobile("17200000000"),
    edge: [
      { change: mobile("17100000000"), finds: true },
      { change: mobile("16900000000"), finds: false },
    ],
  },
  "emergency-mobile": {
    says: /建议换成手机/,
    bad: { subject: { emergency: "086-0571-00000002" } },
    good: { subject: { emergency: "13900001234" } },
    edge: [{ change: { subject: { emergency: "12345" } }, finds: false }],
  },
  "emergency-crossed": {
    says: /福建不接受两位负责人互相留对方的手机/,
    bad: two("13800005678", "13700004321"),
    good: two("13600008765", "13700004321"),
    edge: [
      { change: two("13800005678", "13900001234"), finds: false },
      { change: { ...two("13800005678", "13700004321"), context: at("330000") }, finds: false },
    ],
  },
  "landline-remark": {
    says: /在备注里写明机主的姓名和职务/,
    field: "phone",
    bad: phone("120000", "没有固定电话"),
    good: phone("120000", "机主李四，职务为会计"),
    edge: [
      { change: phone("120000", "机主李四"), finds: true },
      { change: phone("620000", "李四，总经理"), finds: false },
      { change: phone("500000", "李四"), finds: true },
      { change: phone("330000", "李四"), finds: false },
      { change: phone("120000", ""), finds: false },
    ],
  },
  "residence-city": {
    says: /证件住所在唐山市，所在地选的是石家庄市。河北要求/,
    bad: {
      subject: { residence: "河北省唐山市示例路1号", province: "130000", city: "130100", county: "130102" },
      context: at("130000"),
    },
    good: {
      subject: { residence: "河北省石家庄市示例路1号", province: "130000", city: "130100", county: "130102" },
      context: at("130000"),
    },
    edge: [
      { change: { subject: { residence: "浙江省宁波市示例路1号" } }, finds: false },
      {
        change: {
          subject: { residence: "长安区示例路1号", province: "130000", city: "130100", county: "130102" },
          context: at("130000"),
        },
        finds: false,
      },
    ],
  },
  "investor-separator": {
    says: /用英文逗号/,
    bad: { subject: { investor: "示例集团、示例茶业" } },
    good: { subject: { investor: "示例集团,示例茶业" } },
    edge: [
      { change: { subject: { investor: "示例集团，示例茶业" } }, finds: true },
      { change: { subject: { investor: "示例（杭州）有限公司" } }, finds: false },
    ],
  },
  "investor-province": {
    says: /福建要求企业填本单位的全称/,
    bad: { subject: { investor: "示例集团" }, context: at("350000") },
    good: { context: at("350000") },
    edge: [
      { change: { subject: { investor: "张三" }, context: at("640000") }, finds: false },
      { change: { subject: { investor: "李四" }, context: at("640000") }, finds: true },
      { change: { subject: { investor: "欧阳示例" }, context: at("220000") }, finds: true },
      { change: { subject: { investor: "示例公司" }, context: at("220000") }, finds: false },
      { change: { subject: { investor: "示例集团" } }, finds: false },
    ],
  },
  "site-name-ending": {
    says: /广东的单位网站一般以“官网”结尾/,
    bad: { context: at("440000") },
    good: site("示例茶业官网", { context: at("440000") }),
    edge: [
      { change: site("官网示例茶叶", { context: at("440000") }), finds: true },
      { change: site("示例茶叶订货系统", { context: at("440000") }), finds: false },
      { change: person({ context: at("440000") }), finds: false },
    ],
  },
  "site-name-unrelated": {
    says: /没有相同的字/,
    bad: site("绿野订货"),
    good: site("示例茶业"),
    edge: [
      { change: site("茶余饭后"), finds: true },
      { change: site("好茶业"), finds: false },
      { change: { website: { siteName: "绿野订货", remark: "绿野是本公司的注册商标" } }, finds: false },
      { change: person({ website: { siteName: "绿野随笔" } }), finds: false },
    ],
  },
  "site-name-twice": {
    says: /两个同名的网站/,
    bad: { context: at("610000"), edit: addSite("示例茶叶商城") },
    good: { context: at("610000"), edit: addSite("示例茶叶门户") },
    edge: [{ change: { edit: addSite("示例茶叶商城") }, finds: false }],
  },
  "site-name-personal-length": {
    says: /3至10个字，现在是11个/,
    bad: person({ website: { siteName: "茶余饭后随笔与喝茶手记" } }),
    good: person({ website: { siteName: "茶余饭后随笔喝茶手记" } }),
    edge: [{ change: site("茶余饭后随笔与喝茶手记示例"), finds: false }],
  },
  "personal-remark": {
    says: /本网站为个人网站，做/,
    field: "remark",
    bad: person({ context: at("320000") }),
    good: person({
      context: at("320000"),
      website: { remark: "本网站为个人网站，做记录使用，网站开通后主要内容为喝茶笔记" },
    }),
    edge: [
      { change: person({ context: at("320000"), website: { remark: "个人网站" } }), finds: true },
      { change: person({ context: at("370000"), website: { remark: "喝茶笔记" } }), finds: false },
      { change: person({}), finds: false },
      { change: { context: at("320000") }, finds: false },
    ],
  },
};

/** A second website of this name. */
function addSite(siteName: string): Change["edit"] {
  return ({ websites }) => {
    const [first] = websites;
    if (!first) return;
    websites.push({ ...structuredClone(first), id: 9, position: 2, values: { ...first.values, siteName } });
  };
}
