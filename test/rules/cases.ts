import type { RuleContext } from "../../src/rules/index.ts";
import type { FilingData, MaterialState, Values } from "../../src/vocabulary/filing.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";
import { addressCases } from "./cases-addresses.ts";
import { blacklistCases } from "./cases-blacklist.ts";
import { elsewhereCases } from "./cases-elsewhere.ts";
import { recognisedCases } from "./cases-recognised.ts";
import { subjectCases } from "./cases-subject.ts";
import { context, filing, individual, leader } from "./sample.ts";

/** A change to the faultless filing, or to what is around it. */
export type Change = {
  subject?: Values;
  website?: Values;
  access?: Values;
  context?: Partial<RuleContext>;
  /** Changes what values cannot say: sections, materials. */
  edit?(data: FilingData): void;
};

/** What makes a rule speak, and the nearest thing that does not. */
export type Case = { says: RegExp; field?: string; bad: Change; good: Change; edge?: readonly Edge[] };

/** A value on the border: whether the rule speaks. */
export type Edge = { change: Change; finds: boolean };

const unitLeader = (over: Values): Change => ({ website: { ...leader, ...over } });
const person = (over: Change): Change => ({
  ...over,
  subject: { ...individual, ...over.subject },
  website: { siteName: "茶余饭后随笔", ...over.website },
});
const province = (code: string): Partial<RuleContext> => ({ province: provinceRule(code) });
const certNo = (value: string, certType = "1"): Change => ({ subject: { certNo: value, certType } });
const school = (value: string): Change => ({ subject: { nature: "3", certType: "3", certNo: value } });
const domains = (...list: string[]): Change => ({ website: { domains: list, homePages: [] } });
const ips = (...list: string[]): Change => ({ access: { ips: list } });
const name = (siteName: string): Change => ({ website: { siteName } });
const none: Change = {};
/** What is known of the first picture. */
const picture = (known: Partial<MaterialState>): Change => ({
  edit: ({ materials }) => void materials.splice(0, 1, { ...(materials[0] as MaterialState), ...known }),
});

/** An app on one platform. */
const app: Values = {
  serviceType: "6",
  homePages: [],
  appPlatforms: ["1"],
  packageNames: ["cn.example.shop"],
  publicKey: "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
  fingerprints: ["D4:1D:8C:D9:8F:00:B2:04:E9:80:09:98:EC:F8:42:7E"],
};

export const cases: Record<string, Case> = {
  required: { says: /^请填写名称$/, field: "name", bad: { subject: { name: "" } }, good: none },
  "approval-number": {
    says: /出版的批准文号/,
    bad: { website: { preApprovals: ["2"] } },
    good: { website: { preApprovals: ["2"], approvalNumber2: "新出网证（浙）字1号" } },
  },
  "has-website": { says: /至少添加一个/, bad: { edit: (data) => void data.websites.splice(0) }, good: none },
  "has-access": {
    says: /至少添加一个/,
    bad: { edit: ({ websites }) => void websites[0]?.accesses.splice(0) },
    good: none,
  },
  "code-known": { says: /从列表中选择接入方式/, bad: { access: { accessModes: ["77"] } }, good: none },
  "cert-type-fits-nature": {
    says: /企业不使用居民身份证/,
    bad: { subject: { certType: "2", certNo: "330108199001010010" } },
    good: none,
  },
  "person-document": { says: /营业执照.*不是个人证件/, bad: { subject: { idType: "1" } }, good: none },
  "enterprise-as-individual": {
    says: /请选择企业/,
    bad: person({ subject: { name: "示例茶叶有限公司" } }),
    good: person({}),
  },
  "credit-code-length": { says: /应为18位，现在是17位/, bad: certNo("91330108MA2EXAMP0"), good: none },
  "credit-code-characters": { says: /没有“O”/, bad: certNo("91330108MA2EXAMPO8"), good: none },
  "credit-code-check": { says: /对不上.*勾选确认/, bad: certNo("91330108MA2EXAMP07"), good: none },
  "credit-code-province": {
    says: /登记地是广东，所在地选的是浙江/,
    bad: certNo("9144030071526726XG"),
    good: none,
  },
  "registration-number": { says: /15位的注册号/, bad: certNo("330100000000001"), good: none },
  "organisation-code-shape": {
    says: /应为9位.*现在是8位/,
    bad: school("D214356X"),
    good: school("D2143569-X"),
  },
  "organisation-code-check": { says: /前面8位对不上/, bad: school("D2143569-0"), good: school("D2143569-X") },
  "certificate-open-elsewhere": {
    says: /另有一份备案正在办理/,
    bad: { context: { openConflicts: { certificate: true, domains: [] } } },
    good: none,
  },
  "certificate-on-record": {
    says: /已经备案.*请办理变更备案/,
    bad: { context: { onRecord: { certificate: true, domains: [] } } },
    good: none,
  },
  "identity-length": {
    says: /应为18位，现在是17位/,
    bad: { subject: { idNo: "33010819900101001" } },
    good: none,
  },
  "identity-characters": {
    says: /17位数字/,
    bad: unitLeader({ leaderIdNo: "33010819920202002Y" }),
    good: none,
  },
  "identity-check": {
    says: /对不上/,
    bad: person({ subject: { certNo: "330108199001010011" } }),
    good: person({}),
  },
  "identity-date": {
    says: /不是一个出生日期/,
    bad: { subject: { idNo: "330108199013010019" } },
    good: none,
  },
  "identity-region": {
    says: /不在现在的行政区划里.*勾选确认/,
    bad: { subject: { idNo: "440524188001010014" } },
    good: none,
  },
  "person-age": {
    says: /备案一般要求负责人年满18周岁，证件显示10周岁/,
    bad: { subject: { idNo: "330108199001010010" }, context: { today: "2000-01-02" } },
    good: { context: { today: "2008-01-01" } },
  },
  "person-not-local": {
    says: /需要上传居住证/,
    bad: person({ context: province("310000") }),
    good: person({}),
  },
  "mobile-format": { says: /应为11位，现在是10位/, bad: { subject: { mobile: "1380000567" } }, good: none },
  "emergency-format": {
    says: /11位手机号码/,
    bad: { subject: { emergency: "12345" } },
    good: { subject: { emergency: "086-0571-00000002" } },
  },
  "emergency-distinct": { says: /和手机相同/, bad: { subject: { emergency: "13800005678" } }, good: none },
  "landline-format": { says: /要有区号/, bad: { subject: { phone: "88888888" } }, good: none },
  "landline-missing": {
    says: /备注里写明原因/,
    bad: { subject: { phone: "" } },
    good: { subject: { phone: "", remark: "没有固定电话" } },
  },
  "landline-is-mobile": {
    says: /不能是负责人本人的手机/,
    bad: { subject: { phone: "13800005678" }, context: province("110000") },
    good: none,
  },
  "landline-local": { says: /区号010属于北京/, bad: { subject: { phone: "086-010-00000000" } }, good: none },
  "email-format": { says: /要有@/, bad: { subject: { email: "zhangsan" } }, good: none },
  "persons-mobile-distinct": {
    says: /手机不能相同/,
    bad: unitLeader({ leaderMobile: "13800005678" }),
    good: unitLeader({}),
  },
  "leader-legal-representative": {
    says: /浙江要求主体负责人是法定代表人/,
    field: "leaderAuthorised",
    bad: { subject: { leaderAuthorised: "1" } },
    good: { subject: { leaderAuthorised: "1", idType: "7" }, context: province("370000") },
  },
  "leaders-one-person": {
    says: /安徽要求网站负责人和主体负责人是同一人/,
    field: "samePerson",
    bad: { subject: { leaderAuthorised: "1" }, website: leader, context: province("340000") },
    good: { subject: { leaderAuthorised: "1" }, website: leader, context: province("220000") },
  },
  "persons-email-distinct": {
    says: /电子邮箱不能相同/,
    bad: unitLeader({ leaderEmail: "ZhangSan@example.cn" }),
    good: unitLeader({}),
  },
  ...Object.fromEntries(
    (
      [
        ["name", "leaderName", "张山", "姓名却不同"],
        ["mobile", "leaderMobile", "13700004321", "手机却不同"],
        ["emergency", "leaderEmergency", "13600008765", "应急联系电话却不同"],
        ["email", "leaderEmail", "lisi@example.cn", "电子邮箱却不同"],
      ] as const
    ).map(([key, field, value, words]) => {
      const same = {
        ...leader,
        leaderName: "张三",
        leaderIdNo: "330108199001010010",
        leaderMobile: "13800005678",
        leaderEmergency: "13900001234",
        leaderEmail: "zhangsan@example.cn",
      };
      const bad = { website: { ...same, [field]: value } };
      return [`person-same-${key}`, { says: new RegExp(words), field, bad, good: { website: same } }];
    }),
  ),
  "division-consistent": {
    says: /浙江省没有所选的市/,
    bad: { subject: { city: "440100" } },
    good: { subject: { province: "110000", city: "", county: "110105" } },
  },
  "residence-province": {
    says: /证件住所在江苏，所在地选的是浙江/,
    bad: { subject: { residence: "江苏省南京市示例路1号" } },
    good: { subject: { residence: "滨江区示例路1号" } },
  },
  "address-detail": {
    says: /请写到门牌号/,
    bad: { subject: { address: "示例路" } },
    good: { subject: { address: "示例村", remark: "通信地址已为最详细" } },
  },
  "address-repeats": {
    says: /不用再写省/,
    bad: { subject: { address: "浙江省杭州市滨江区示例路100号" } },
    good: none,
  },
  "site-name-address": { says: /不能是域名或网址/, bad: name("example.cn"), good: none },
  "site-name-latin": { says: /不能只有数字/, bad: name("Tea2026"), good: name("Tea茶叶商城") },
  "site-name-short": { says: /现在是2个/, bad: name("茶叶"), good: name("茶叶店") },
  "site-name-symbols": { says: /不能有“★”/, bad: name("★茶叶商城"), good: name("示例茶业（杭州）") },
  "site-name-refused": { says: /不能含有“赌博”/, bad: name("赌博茶叶店"), good: none },
  "site-name-state": {
    says: /不能以“中国”开头/,
    bad: name("中国茶叶网"),
    good: { subject: { name: "中国示例茶业有限公司" }, website: { siteName: "中国示例茶业" } },
  },
  "site-name-public-power": {
    says: /不能以“维权”开头/,
    bad: name("维权茶叶网"),
    good: { ...school("D2143569-X"), website: { siteName: "维权服务站" } },
  },
  "site-name-personal-state": {
    says: /个人网站.*“中华”/,
    bad: person(name("品中华茶")),
    good: person({}),
  },
  "site-name-personal-business": { says: /“商城”/, bad: person(name("示例茶叶商城")), good: person({}) },
  "site-name-personal-template": { says: /“博客”/, bad: person(name("喝茶博客")), good: person({}) },
  "site-name-personal-person": { says: /不能含有人名/, bad: person(name("张三喝茶记")), good: person({}) },
  "site-name-personal-place": { says: /地名“浙江”/, bad: person(name("浙江喝茶记")), good: person({}) },
  "site-name-approval": {
    says: /可能需要前置审批/,
    bad: name("示例茶叶新闻"),
    good: { website: { siteName: "示例茶叶新闻", preApprovals: ["1"], approvalNumber1: "浙新审1号" } },
  },
  "domain-shape": { says: /“示例”不是域名/, bad: domains("示例"), good: none },
  "domain-url": { says: /这里只写域名/, bad: domains("http://example.cn"), good: none },
  "domain-ip": { says: /这里请写域名/, bad: domains("203.0.113.18"), good: none },
  "domain-subdomain": {
    says: /请写“example.com.cn”/,
    bad: domains("www.example.com.cn"),
    good: domains("example.com.cn"),
  },
  "domain-suffix": { says: /后缀/, bad: domains("example.invalidsuffix"), good: domains("示例.中国") },
  "domain-count": {
    says: /可以填1个域名，现在是2个/,
    bad: domains("example.cn", "example.com"),
    good: {
      ...domains("example.cn", "example.com"),
      context: { province: { ...provinceRule("330000"), domainsPerSite: 2 } },
    },
  },
  "domain-twice": {
    says: /另一个网站里/,
    bad: {
      edit: ({ websites }) => {
        const [first] = websites;
        if (first) websites.push({ ...structuredClone(first), id: 4, position: 2 });
      },
    },
    good: none,
  },
  "domain-open-elsewhere": {
    says: /另有一份备案正在办理/,
    bad: { context: { openConflicts: { certificate: false, domains: ["EXAMPLE.cn"] } } },
    good: { context: { openConflicts: { certificate: false, domains: ["example.com"] } } },
  },
  "domain-on-record": {
    says: /已经备案.*请办理变更备案/,
    bad: { context: { onRecord: { certificate: false, domains: ["example.cn"] } } },
    good: { context: { onRecord: { certificate: false, domains: ["example.com"] } } },
  },
  "home-page-format": { says: /不是网址/, bad: { website: { homePages: ["首页"] } }, good: none },
  "home-page-domain": {
    says: /改成www\.example\.cn/,
    bad: { website: { homePages: ["www.example.com"] } },
    good: { website: { domains: ["示例.中国"], homePages: ["www.xn--fsq092h.xn--fiqs8s"] } },
  },
  "home-page-path": {
    says: /写到域名为止/,
    bad: { website: { homePages: ["www.example.cn/index.html"] } },
    good: none,
  },
  "app-package-name": {
    says: /不是包名/,
    bad: { website: { ...app, packageNames: ["shop"] } },
    good: { website: app },
  },
  "app-package-for-each-platform": {
    says: /每个平台写一行包名/,
    bad: { website: { ...app, appPlatforms: ["1", "2"] } },
    good: { website: app },
  },
  "app-fingerprint": {
    says: /十六进制数/,
    bad: { website: { ...app, fingerprints: ["xyz"] } },
    good: { website: app },
  },
  "ip-shape": { says: /不是IP地址/, bad: ips("203.0.113"), good: none },
  "ip-mixed": { says: /分成两行/, bad: ips("203.0.113.1-2001:db8::1"), good: none },
  "ip-order": { says: /对调/, bad: ips("203.0.113.9-203.0.113.1"), good: none },
  "ip-public": { says: /公网IP/, bad: ips("192.168.1.1"), good: none },
  "ip-repeated": {
    says: /重复的地址/,
    bad: ips("203.0.113.1-203.0.113.9", "203.0.113.5"),
    good: ips("203.0.113.1-203.0.113.4", "203.0.113.5"),
  },
  "ip-needs-v4": {
    says: /至少再填一个IPv4/,
    bad: ips("2001:db8::1"),
    good: ips("2001:db8::1", "203.0.113.1"),
  },
  "ip-of-isp": {
    says: /不是示例云的地址/,
    bad: ips("198.51.100.1"),
    good: { ...ips("198.51.100.1"), context: { ipRanges: [] } },
  },
  "text-length": {
    says: /最多255个字，现在是256个/,
    bad: { subject: { name: "茶".repeat(256) } },
    good: { subject: { name: "茶".repeat(255) } },
  },
  "text-gbk": {
    says: /不能接收“𠮷”/,
    bad: { subject: { investor: "𠮷野茶业" } },
    good: { subject: { investor: "镕基喆茶业" } },
  },
  "material-ready": {
    says: /还没有上传真实性核验单/,
    bad: {
      edit: ({ materials }) =>
        void materials.splice(
          materials.findIndex(({ slot }) => slot === "form"),
          1,
        ),
    },
    good: none,
  },
  "picture-legible": {
    says: /^主办单位证件（营业执照）：照片有些模糊.*重拍$/,
    bad: picture({ faults: ["blurred"] }),
    good: picture({ faults: [] }),
  },
  "picture-seen-elsewhere": {
    says: /营业执照.*和另一份备案单用过的照片相同/,
    bad: picture({ seenElsewhere: true }),
    good: picture({ seenElsewhere: false }),
  },
};

/** A change of the subject, with what stands on record. */
const onRecord =
  (before: Values): Change["edit"] =>
  (data) => {
    data.kind = "change";
    data.subject.before = { ...data.subject.values, ...before };
    for (const site of data.websites) site.open = false;
  };

/** Rules about what is changed on record. */
Object.assign(cases, {
  "nothing-changed": {
    says: /还没有修改任何内容/,
    bad: { edit: onRecord({}) },
    good: { edit: onRecord({ address: "龙井路1号" }) },
  },
  "province-fixed": {
    says: /所在的省不能变更/,
    field: "division",
    bad: { edit: onRecord({ province: "110000" }) },
    good: { edit: onRecord({ county: "330106" }) },
  },
} satisfies Record<string, Case>);

Object.assign(cases, addressCases, blacklistCases, elsewhereCases, recognisedCases, subjectCases);

/** The faultless filing and context with a change made to them. */
export function changed(change: Change): [FilingData, RuleContext] {
  const data = filing(change);
  change.edit?.(data);
  return [data, { ...context, ...change.context }];
}
