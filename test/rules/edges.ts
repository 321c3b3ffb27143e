import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import type { MaterialState, Values } from "../../src/vocabulary/filing.ts";
import { identityCheck } from "../../src/vocabulary/identity-card.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";
import { shippedWords } from "../../src/vocabulary/word-lists.ts";
import type { Change, Edge } from "./cases.ts";
import { individual, leader } from "./sample.ts";

/** Values on the border of rules whose cases stand in cases.ts. */

const speaks = (...changes: Change[]): Edge[] => changes.map((change) => ({ change, finds: true }));
const silent = (...changes: Change[]): Edge[] => changes.map((change) => ({ change, finds: false }));

const at = (code: string): Change => ({ context: { province: provinceRule(code) } });
const certNo = (value: string, certType = "1"): Change => ({ subject: { certNo: value, certType } });
const code = (first17: string): string => first17 + creditCodeCheck(first17);
const school = (value: string): Change => ({ subject: { nature: "3", certType: "3", certNo: value } });
const idNo = (value: string): Change => ({ subject: { idNo: value } });
const born = (day: string): string => {
  const first17 = `330108${day}001`;
  return first17 + identityCheck(first17);
};
const mobile = (value: string): Change => ({ subject: { mobile: value } });
const emergency = (value: string): Change => ({ subject: { emergency: value } });
const phone = (value: string, more: Change = {}): Change => ({
  ...more,
  subject: { phone: value, ...more.subject },
});
const email = (value: string): Change => ({ subject: { email: value } });
const name = (siteName: string): Change => ({ website: { siteName } });
const personal = (siteName: string): Change => ({ subject: individual, website: { siteName } });
const two = (values: Record<string, string>): Change => ({ website: { ...leader, ...values } });
const samePerson = (values: Record<string, string>): Change =>
  two({
    ...{ leaderName: "张三", leaderIdNo: "330108199001010010", leaderMobile: "13800005678" },
    ...{ leaderEmergency: "13900001234", leaderEmail: "zhangsan@example.cn", ...values },
  });
const residence = (text: string): Change => ({ subject: { residence: text } });
const address = (text: string): Change => ({ subject: { address: text } });
const place = (province: string, city: string, county: string): Change => ({
  subject: { province, city, county },
});

export const edges: Record<string, Edge[]> = {
  required: [...speaks({ subject: { name: "　 \u200b" } }), ...silent({ subject: { remark: "" } })],
  "approval-number": [
    ...speaks({ website: { preApprovals: ["1", "2"], approvalNumber1: "浙新审1号" } }),
    ...silent({ website: { preApprovals: [] } }),
  ],
  "has-website": silent({ edit: ({ websites }) => void websites.splice(1) }),
  "has-access": silent({ edit: ({ websites }) => void websites[0]?.accesses.splice(1) }),
  "code-known": [
    ...speaks({ access: { accessModes: ["5", "77"] } }, { website: { languages: ["01"] } }),
    ...silent({ access: { accessModes: ["1", "5"] } }),
  ],
  "cert-type-fits-nature": [
    ...speaks({ subject: { nature: "2", certType: "1" } }),
    ...silent({ subject: { nature: "" } }, { subject: { certType: "99" } }),
  ],
  "person-document": [
    ...speaks({ website: { ...leader, leaderIdType: "3" } }),
    ...silent({ subject: { idType: "30" } }, { website: { leaderIdType: "3" } }),
  ],
  "enterprise-as-individual": silent(
    personal("茶余饭后随笔"),
    { subject: { ...individual, name: "公司张三" } },
    { subject: { name: "示例商行" } },
  ),
  "credit-code-length": [
    ...speaks(certNo(`${code("91330108MA2EXAMP0")}0`), certNo("91330108MA2EXAM", "1")),
    ...silent(certNo("330100000000001")),
  ],
  "credit-code-characters": [
    ...speaks(certNo("91330108MA2EXAMPI8"), certNo("91330108MA2EXAMP0S")),
    ...silent(certNo(code("91330108MA2EXAMP0").toLowerCase())),
  ],
  "credit-code-check": silent(certNo(code("91330108MA2EXAMP1")), certNo("91330108MA2EXAMPO8")),
  "credit-code-province": silent(
    { subject: { ...certNo(code("91440300MA2EXAMP0")).subject, province: "440000" } },
    certNo(code("91100000MA2EXAMP0")),
    certNo("9144030071526726X0"),
  ),
  "registration-number": silent(certNo("33010000000000"), certNo("330100000000001", "4")),
  "organisation-code-shape": [
    ...speaks(school("D214356"), school("D21435?9X")),
    ...silent(school("D2143569X"), school("D2143569-0")),
  ],
  "organisation-code-check": silent(school("D2143569X"), school("D214356X")),
  "certificate-open-elsewhere": silent({
    context: { openConflicts: { certificate: false, domains: ["example.cn"] } },
  }),
  "certificate-on-record": silent({
    context: { onRecord: { certificate: true, domains: [] } },
    edit: (data) => void Object.assign(data, { kind: "add" }),
  }),
  "identity-length": [
    ...speaks(idNo("330108900101001"), idNo("3301081990010100100")),
    ...silent({ subject: { idNo: "E0", idType: "7" } }),
  ],
  "identity-characters": [
    ...speaks(idNo("33010819900101O010")),
    ...silent(idNo("33010819900101001x"), idNo("33010819900101001")),
  ],
  "identity-check": [
    ...speaks(idNo("330108199001010011")),
    ...silent(idNo(born("19900101").toLowerCase()), idNo("330108199013010019")),
  ],
  "identity-date": [
    ...speaks(idNo(born("20261125")), idNo(born("20230229"))),
    ...silent(idNo(born("20261124")), idNo(born("20240229"))),
  ],
  "identity-region": silent(idNo("110101199003070038"), {
    subject: { idType: "41", idNo: `81000019900307003${identityCheck("81000019900307003")}` },
  }),
  "person-age": [
    ...speaks(idNo(born("20081125")), { ...idNo(born("20121125")), ...at("630000") }),
    ...silent(idNo(born("20081124")), { ...idNo(born("20121124")), ...at("630000") }),
    // 天津: 16 for the subject's person, 18 for a website's.
    ...speaks({ ...two({ leaderIdNo: born("20081125") }), ...at("120000") }),
    ...silent({ ...idNo(born("20101124")), ...at("120000") }),
  ],
  "person-not-local": [
    ...speaks({ subject: individual, ...at("650000") }),
    ...silent(
      { subject: individual, ...at("330000") },
      { subject: individual, ...at("120000") },
      at("650000"),
    ),
  ],
  "mobile-format": [
    ...speaks(mobile("12800005678"), mobile("138000056789"), mobile("086-0571-88888888")),
    ...silent(mobile("19900005678"), mobile("+86 138-0000-5678")),
  ],
  "emergency-format": [
    ...speaks(emergency("0571"), emergency("1390000123")),
    ...silent(emergency("+8613900001234"), emergency("0571-88888888")),
  ],
  "emergency-distinct": [
    ...speaks(two({ leaderEmergency: "13700004321" })),
    ...silent(two({ leaderEmergency: "13800005678" })),
  ],
  "landline-format": [
    ...speaks(phone("086-0571-888888"), phone("086-0999999-8888888"), phone("086-0571-888888888")),
    ...silent(phone("0571-8888888"), phone("+86 571 8888 8888"), phone("13800005678")),
  ],
  "landline-missing": [
    ...speaks(phone("", { subject: { remark: "没有" }, ...at("320000") })),
    ...silent(phone("", at("440000")), { ...phone("", at("320000")), subject: { ...individual, phone: "" } }),
  ],
  "landline-is-mobile": [
    ...speaks(phone("13800005678"), phone("13600000000", { subject: { remark: "没有" }, ...at("320000") })),
    ...silent(
      phone("13800005678", { subject: { remark: "没有固定电话" } }),
      phone("13800005678", at("440000")),
    ),
  ],
  "landline-local": silent(phone("086-0574-00000000"), {
    subject: { phone: "086-010-00000000", province: "" },
  }),
  "email-format": [
    ...speaks(email("a@b"), email("a b@example.cn"), email("@example.cn")),
    ...silent(email("a@b.cn"), email("ZHANG.san+1@mail.example.com.cn")),
  ],
  "persons-mobile-distinct": silent(samePerson({}), two({ leaderMobile: "" })),
  "persons-email-distinct": [
    ...speaks(two({ leaderEmail: "ZHANGSAN@EXAMPLE.CN" })),
    ...silent(samePerson({ leaderEmail: "zhangsan@example.cn" })),
  ],
  "person-same-name": silent(
    samePerson({ leaderIdType: "7", leaderName: "张山" }),
    two({ leaderName: "张三" }),
  ),
  "person-same-mobile": silent(samePerson({ leaderMobile: "" }), two({ leaderMobile: "13700004321" })),
  "person-same-emergency": silent(samePerson({ leaderEmergency: "13900001234" })),
  "person-same-email": silent(samePerson({ leaderEmail: "ZhangSan@example.cn" })),
  "division-consistent": [
    ...speaks(place("330000", "330100", "440106"), place("110000", "110100", ""), place("999999", "", "")),
    ...silent(place("330000", "330200", "330203"), place("", "", "")),
  ],
  "residence-province": [
    ...speaks(residence("江苏南京市示例路1号")),
    ...silent(residence("江苏路100号"), residence("上海东路1号"), {
      subject: { ...individual, residence: "江苏省南京市示例路1号" },
    }),
  ],
  "address-detail": [
    ...speaks(address("示例路1号"), address("示例大道东侧")),
    ...silent(address("示例路10号"), address("示例县示例村")),
  ],
  "address-repeats": silent(address("浙江路100号2室"), address("杭州市滨江区示例路100号")),
  "site-name-address": [
    ...speaks(name("WWW.example.cn"), name("https://示例")),
    ...silent(name("example茶叶店")),
  ],
  "site-name-latin": [...speaks(name("2026"), name("ＴＥＡ")), ...silent(name("茶"), name("example.cn"))],
  "site-name-short": [...speaks(name("茶叶AB12"), name("茶")), ...silent(name("茶叶店"), name("Tea"))],
  "site-name-symbols": [
    ...speaks(name("茶叶商城！"), name("茶叶_商城"), name("茶叶，商城")),
    ...silent(name("茶叶·商城"), name("示例-茶叶（杭州）"), name("示例 茶叶")),
  ],
  "site-name-refused": [
    ...speaks(name("示例赌博茶叶")),
    ...silent(name("示例茶叶商城"), {
      ...name("示例赌博"),
      context: { words: { ...shippedWords, refused: [] } },
    }),
  ],
  "site-name-state": [
    ...speaks(name("示例中国茶")),
    ...silent(name("示例中外茶叶"), { ...school("D2143569-X"), website: { siteName: "中国茶叶馆" } }),
  ],
  "site-name-public-power": silent(name("示例维权茶叶"), personal("维权茶叶网")),
  "site-name-personal-state": [
    ...speaks(personal("反腐喝茶记")),
    ...silent(personal("品中茶华"), name("示例中华茶叶")),
  ],
  "site-name-personal-business": [
    ...speaks(personal("喝茶的主页")),
    ...silent(personal("喝茶个人主页"), name("示例茶叶商城")),
  ],
  "site-name-personal-template": [...speaks(personal("喝茶个人主页")), ...silent(personal("喝茶随笔"))],
  "site-name-personal-person": silent(personal("三张喝茶记"), { website: { siteName: "张三示例茶叶" } }),
  "site-name-personal-place": [
    ...speaks(personal("杭州"), personal("上海喝茶记"), personal("喝茶在杭州")),
    ...silent(personal("喝茶随笔"), name("浙江示例茶叶")),
  ],
  "site-name-approval": [
    ...speaks(name("示例p2p茶叶"), name("示例茶叶社区")),
    ...silent({ website: { siteName: "示例茶叶游戏", preApprovals: ["2"], approvalNumber2: "1号" } }),
  ],
  "text-length": [
    ...speaks({ subject: { name: "𠮷".repeat(256) } }),
    ...silent({ subject: { name: "𠮷".repeat(255) } }),
  ],
  "text-gbk": [
    ...speaks(
      { subject: { investor: "茶🍵" } },
      { subject: { investor: "€茶" } },
      { subject: { investor: "茶\ue000" } },
      { subject: { remark: "茶\uffff" } },
      { website: { preApprovals: ["2"], approvalNumber2: "㐀字1号" } },
    ),
    ...silent({ subject: { remarkIsp: "茶🍵" } }, { subject: { investor: "喆囍" } }),
  ],
  "leader-legal-representative": silent(
    { subject: { leaderAuthorised: "1" }, ...at("340000") },
    { subject: { leaderAuthorised: "" } },
    { subject: { ...individual, leaderAuthorised: "1" } },
  ),
  "leaders-one-person": silent(
    { subject: { leaderAuthorised: "1" }, ...at("340000") },
    { website: leader, ...at("340000") },
  ),
  "material-ready": [
    ...speaks(picture("certificate", { state: "processing" }), picture("form", { state: "failed" })),
    ...silent(picture("photo", { state: "failed" }), picture("residencePermit", { state: "failed" })),
  ],
  "picture-legible": [
    ...speaks(picture("form", { faults: ["dark", "small"] })),
    ...silent(picture("form", { faults: [] })),
  ],
  "picture-seen-elsewhere": silent(picture("certificate", { seenElsewhere: false })),
  "nothing-changed": [
    ...speaks(recorded({ address: "示例路100号3幢201室" })),
    ...silent(recorded({ address: "示例路100号3幢202室" }), {}),
  ],
  "province-fixed": silent(recorded({ city: "330200", county: "330203" }), recorded({ province: "" })),
};

/** What is known of one picture of the faultless filing. */
function picture(slot: string, known: Partial<MaterialState>): Change {
  return {
    edit({ materials }) {
      const found = materials.findIndex((one) => one.slot === slot);
      if (found >= 0) materials.splice(found, 1, { ...(materials[found] as MaterialState), ...known });
    },
  };
}

/** A change of the subject, which read otherwise in these fields. */
function recorded(before: Values): Change {
  return {
    edit(data) {
      data.kind = "change";
      data.subject.before = { ...data.subject.values, ...before };
      for (const site of data.websites) site.open = false;
    },
  };
}
