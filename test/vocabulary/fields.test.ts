import { suite } from "uvu";
import * as assert from "uvu/assert";
import { codeRow, codeTableIds } from "../../src/vocabulary/code-tables.ts";
import * as fields from "../../src/vocabulary/fields/index.ts";
import { isOtherPerson, subjectPerson, websitePerson } from "../../src/vocabulary/persons.ts";

const test = suite("field dictionary");
const { field, fieldsOf, readValues } = fields;
const sections = ["subject", "website", "access"] as const;
const all = sections.flatMap((section) => fieldsOf(section));

test("every field has a label, a table that exists, and reasons with words", () => {
  for (const one of all) {
    assert.ok(one.label && one.summaryLabel, one.key);
    assert.ok(one.codeTable === null || codeTableIds.includes(one.codeTable), one.key);
    assert.ok(
      fields.returnReasonsOf(one).every(({ text }) => text !== ""),
      one.key,
    );
  }
});

test("no value key stands for two fields of a section", () => {
  for (const section of sections) {
    const keys = fieldsOf(section).flatMap(({ parts }) => parts.map(({ key }) => key));
    assert.is(new Set(keys).size, keys.length);
  }
});

test("conditions name keys of their own section", () => {
  for (const one of all) {
    const conditions = [
      one.visible,
      one.required,
      one.sensitiveWhen,
      ...one.variants.map(({ when }) => when),
    ];
    for (const condition of conditions.flat()) {
      if (typeof condition === "boolean") continue;
      assert.ok(
        fields.fieldOfPart(one.section, (condition as { key: string }).key),
        `${one.section}.${one.key}`,
      );
    }
  }
});

test("a unit is asked for its leader and investor, an individual is not", () => {
  const keys = (nature: string) =>
    fields.groupsOf("subject", { nature }).flatMap((group) => group.fields.map(({ key }) => key));
  for (const key of ["person", "idType", "idNo", "investor"]) {
    assert.ok(keys("4").includes(key));
    assert.not(keys("5").includes(key));
  }
  assert.ok(keys("5").includes("mobile"));
  assert.is(fields.groupsOf("subject", { nature: "5" })[0]?.legend, "个人信息");
});

test("a website's own leader is asked for only when it is another person", () => {
  const groups = (samePerson: string) =>
    fields
      .groupsOf("website", { samePerson })
      .at(-1)
      ?.fields.map(({ key }) => key);
  assert.equal(groups("1"), ["samePerson", "remark"]);
  assert.ok(groups("")?.includes("leaderIdNo"));
});

test("the account of a messenger is asked for when its kind is chosen", () => {
  const account = field("website", "leaderMessenger");
  assert.ok(fields.isVisible(account, { samePerson: "", leaderMessengerType: "qq" }));
  assert.not(fields.isVisible(account, { samePerson: "", leaderMessengerType: "" }));
  assert.not(fields.isVisible(account, { samePerson: "1", leaderMessengerType: "qq" }));
});

test("certificates to choose from fit the nature, documents fit a person", () => {
  const codes = (nature: string) =>
    fields.optionsOf(field("subject", "certType"), { nature }).map(({ code }) => code);
  assert.equal(codes("2"), ["9", "13"]);
  assert.ok(codes("5").includes("2"));
  assert.not(codes("4").includes("2"));
  for (const { code } of fields.optionsOf(field("subject", "idType"), {})) {
    assert.ok(codeRow("cert_type", code)?.person);
  }
});

test("labels and hints follow the nature", () => {
  const name = field("subject", "name");
  assert.is(fields.labelOf(name, { nature: "5" }), "姓名");
  assert.is(fields.summaryLabelOf(name, { nature: "4" }), "主办单位名称");
  assert.match(fields.hintOf(name, { nature: "4", certType: "1" }), "营业执照");
});

test("values are shown in words", () => {
  const show = (section: fields.SectionKind, key: string, values: fields.Values) =>
    fields.displayValue(field(section, key), values);
  assert.is(show("subject", "nature", { nature: "4" }), "企业");
  assert.is(
    show("subject", "division", { province: "330000", city: "330100", county: "330108" }),
    "浙江省杭州市滨江区",
  );
  assert.is(show("subject", "division", { province: "110000", city: "", county: "110105" }), "北京市朝阳区");
  assert.is(show("access", "serverPlaces", { serverPlaces: ["330000", "110000"] }), "浙江、北京");
  assert.is(
    show("website", "domains", { domains: ["example.cn", "example.com"] }),
    "example.cn\nexample.com",
  );
  assert.is(show("website", "preApprovals", {}), "没有");
  assert.is(
    show("website", "preApprovals", { preApprovals: ["2"], approvalNumber2: "新出网证1号" }),
    "出版（新出网证1号）",
  );
  assert.is(show("website", "samePerson", { samePerson: "1" }), "同主体负责人");
  assert.is(show("subject", "phone", {}), "");
});

test("numbers of persons are masked, those of a company are not", () => {
  const values = {
    nature: "4",
    certNo: "91330108MA2EXAMP08",
    idNo: "330108199001010010",
    mobile: "13800005678",
  };
  assert.is(fields.maskedValue(field("subject", "certNo"), values), "91330108MA2EXAMP08");
  assert.is(fields.maskedValue(field("subject", "idNo"), values), "330108********0010");
  const person = { nature: "5", certNo: "330108199001010010" };
  assert.is(fields.maskedValue(field("subject", "certNo"), person), "330108********0010");
});

test("what is encrypted follows the nature too", () => {
  const keys = (values: fields.Values) =>
    fields.sensitiveParts(fieldsOf("subject"), values).map(({ key }) => key);
  assert.equal(keys({ nature: "4", name: "示例茶业", address: "示例路", person: "张三" }), ["person"]);
  assert.equal(keys({ nature: "5", name: "张三", address: "示例路" }), ["name", "address"]);
});

test("what is typed is kept in its usual spelling", () => {
  const body = {
    name: "　示例茶业（杭州）有限公司​ ",
    certNo: " 91330108ma2examp08 ",
    phone: "（0571）88888888",
    email: "ZhangSan＠EXAMPLE.cn",
  };
  assert.equal(readValues(fieldsOf("subject"), body, {}), {
    name: "示例茶业（杭州）有限公司",
    certNo: "91330108MA2EXAMP08",
    phone: "086-0571-88888888",
    email: "ZhangSan@example.cn",
  });
});

test("the dot in a name is the one that bureaus take, whichever the keyboard gave", () => {
  const typed = { name: "阿依古丽•买买提", person: "艾力 ・ 艾山", address: "示例•路" };
  assert.equal(readValues(fieldsOf("subject"), typed, {}), {
    ...{ name: "阿依古丽·买买提", person: "艾力·艾山", address: "示例•路" },
  });
  assert.equal(readValues(fieldsOf("subject"), { person: "Tom•Lee" }, {}), { person: "Tom•Lee" });
});

test("lists come from lines, commas and blanks, each entry once", () => {
  const values = readValues(
    fieldsOf("website"),
    { domains: "Example.cn\r\nexample.com，example.cn", homePages: "https://www.example.cn/" },
    {},
  );
  assert.equal(values, { domains: ["example.cn", "example.com"], homePages: ["www.example.cn"] });
  const { ips } = readValues(fieldsOf("access"), { ips: "203.0.113.1 - 203.0.113.4 203.0.113.9" }, {});
  assert.equal(ips, ["203.0.113.1-203.0.113.4", "203.0.113.9"]);
});

test("no more is read than a field could ever take, and no character is halved", () => {
  const { ips } = readValues(fieldsOf("access"), { ips: "203.0.113.1\n".repeat(9) + "1\n2\n".repeat(9) }, {});
  assert.equal(ips, ["203.0.113.1", "1", "2"]);
  const many = Array.from({ length: 40_000 }, (_, at) => `a${at}.cn`).join(" ");
  assert.is(readValues(fieldsOf("website"), { domains: many }, {}).domains?.length, 500);
  const { remark } = readValues(fieldsOf("website"), { remark: `a${"𠮷".repeat(6000)}` }, {});
  assert.is(remark, `a${"𠮷".repeat(4999)}`);
  const blanks = readValues(fieldsOf("access"), { ips: `1${" ".repeat(250_000)}-${"\t".repeat(1000)}2` }, {});
  assert.equal(blanks.ips, ["1-2"]);
});

test("a masked field sent back empty or as shown is unchanged, another value replaces it", () => {
  const before = { nature: "4", mobile: "13800005678", idNo: "330108199001010010", name: "示例" };
  const same = readValues(fieldsOf("subject"), { mobile: "138****5678", idNo: "" }, before);
  assert.equal(same, before);
  assert.is(readValues(fieldsOf("subject"), { mobile: "13900001234" }, before).mobile, "13900001234");
  assert.is(readValues(fieldsOf("subject"), { name: "" }, before).name, "");
});

test("boxes are unticked only when the form says that they were on the page", () => {
  const before = { samePerson: "1", languages: ["1", "12"] };
  assert.equal(readValues(fieldsOf("website"), {}, before), before);
  const after = readValues(fieldsOf("website"), { _samePerson: "", _languages: "" }, before);
  assert.equal(after, { samePerson: "", languages: [] });
});

test("keys outside the dictionary, files and what the system fills in are not taken from a form", () => {
  const file = new File(["x"], "x.png");
  const values = readValues(
    fieldsOf("access"),
    { provider: "别家", ispId: "2", ips: file },
    { provider: "示例云" },
  );
  assert.equal(values, { provider: "示例云", ips: [] });
});

test("changes are told in words, and a field that is hidden counts as empty", () => {
  const before = { samePerson: "", leaderName: "李四", siteName: "示例", serviceContents: ["9"] };
  const after = { samePerson: "1", leaderName: "李四", siteName: "示例茶叶", serviceContents: ["9", "6"] };
  const changes = fields
    .changedFields("website", before, after)
    .map(({ field: one, ...texts }) => [one.key, texts]);
  assert.equal(changes, [
    ["siteName", { before: "示例", after: "示例茶叶" }],
    ["serviceContents", { before: "网络购物", after: "网络购物、博客/个人空间" }],
    ["samePerson", { before: "另有负责人", after: "同主体负责人" }],
    ["leaderName", { before: "李四", after: "" }],
  ]);
});

test("the person of an individual is the individual, of a website the subject's unless another is named", () => {
  const individual = {
    nature: "5",
    name: "张三",
    certType: "2",
    certNo: "1",
    person: "旧值",
    mobile: "13800005678",
  };
  assert.is(subjectPerson(individual).name, "张三");
  assert.is(websitePerson({ samePerson: "1" }, individual).idNo, "1");
  assert.is(websitePerson({ samePerson: "", leaderName: "李四" }, individual).name, "李四");
  assert.not(isOtherPerson({ samePerson: "1", leaderIdNo: "2" }, individual));
  assert.ok(isOtherPerson({ samePerson: "", leaderIdType: "2", leaderIdNo: "2" }, individual));
});

test.run();
