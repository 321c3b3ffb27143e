import { suite } from "uvu";
import * as assert from "uvu/assert";
import { firstFilingXml, Unsendable } from "../../../src/gateways/bureau/index.ts";
import { type Content, firstFilingOf } from "../../../src/models/bureau/first-filing.ts";
import { provinceRule } from "../../../src/vocabulary/province-rules.ts";
import { jpeg } from "../../gateways/bureau/sample.ts";
import * as sample from "../../rules/sample.ts";

const test = suite("a filing as the bureau takes it");

type Parts = Parameters<typeof sample.filing>[0];

const content = (parts: Parts = {}, change: Partial<Content> = {}): Content => ({
  data: sample.filing(parts),
  ids: {
    domains: [{ id: 4, sectionId: 2, domain: "example.cn" }],
    ips: [
      { id: 5, sectionId: 3, first: "203.0.113.18", last: "203.0.113.18" },
      { id: 6, sectionId: 3, first: "203.0.113.20", last: "203.0.113.23" },
    ],
  },
  pictures: ["certificate", "leader"].map((slot) => ({ slot, sectionId: 1, bytes: jpeg() })),
  province: provinceRule("330000"),
  bureauIspId: 1001,
  onBehalf: false,
  ...change,
});

const xmlOf = (parts?: Parts, change?: Partial<Content>) =>
  firstFilingXml(firstFilingOf(content(parts, change)));

test("passes the schema of the interface", () => {
  assert.match(xmlOf(), /<IspZtid>1<\/IspZtid><Dwmc>示例茶业（杭州）有限公司<\/Dwmc>/);
});

test("of a person carries no investor and names the person as responsible", () => {
  const { subject } = firstFilingOf(content({ subject: { ...sample.individual, investor: "旧值" } }));
  assert.is(subject.investor, undefined);
  assert.equal([subject.person.name, subject.person.certificateType], ["张三", 2]);
  xmlOf({ subject: sample.individual });
});

test("names the website's own person, or the subject's where it is the same", () => {
  assert.is(firstFilingOf(content()).websites[0]?.person.name, "张三");
  const other = firstFilingOf(content({ website: { ...sample.website, ...sample.leader } }));
  assert.equal([other.websites[0]?.person.name, other.subject.person.name], ["李四", "张三"]);
});

test("gives the mobile number where a unit has no office telephone", () => {
  const { subject } = firstFilingOf(content({ subject: { phone: "" } }));
  assert.is(subject.person.officePhone, "13800005678");
  const person = firstFilingOf(content({ subject: { ...sample.individual, phone: "" } }));
  assert.is(person.subject.person.officePhone, undefined);
});

test("uses the bureau's codes for the place of the server", () => {
  assert.equal(firstFilingOf(content()).websites[0]?.accesses[0]?.places, [34]);
});

test("always has a city, also in a municipality", () => {
  const inBeijing = { province: "110000", city: "", county: "110108" };
  const { subject } = firstFilingOf(content({ subject: inBeijing }));
  assert.equal(subject.area, { province: 110000, city: 110100, county: 110108 });
});

test("sends IPv4 alone, and says so when there is nothing else", () => {
  const v6 = { id: 7, sectionId: 3, first: "2001:db8::1", last: "2001:db8::1" };
  const both = content();
  const mixed = { ...both, ids: { ...both.ids, ips: [...both.ids.ips, v6] } };
  assert.equal(
    firstFilingOf(mixed).websites[0]?.accesses[0]?.ips.map(({ id }) => id),
    [5, 6],
  );
  const only = { ids: { ...both.ids, ips: [v6] } };
  assert.throws(
    () => xmlOf({}, only),
    (error: unknown) => error instanceof Unsendable,
  );
});

test("attaches each picture for its purpose, one file for two persons who are one", () => {
  const attached = firstFilingOf(content()).attachments.map(({ purpose, owner }) => [
    purpose,
    owner.kind,
    owner.id,
  ]);
  assert.equal(attached.sort(), [
    [2, "subject", 1],
    [3, "subject", 1],
    [4, "website", 2],
  ]);
});

test("says who wrote it: the registrant, or staff for one", () => {
  assert.is(firstFilingOf(content()).subject.reportedBy, 0);
  assert.is(firstFilingOf(content({}, { onBehalf: true })).subject.reportedBy, 1);
});

test("refuses characters that the interface has no place for, without telling the value", () => {
  try {
    xmlOf({ website: { ...sample.website, siteName: "𠮷祥茶庄" } });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, Unsendable);
    assert.is((error as Error).message, "cannot be sent: website Wzmc not_in_gbk");
  }
});

test.run();
