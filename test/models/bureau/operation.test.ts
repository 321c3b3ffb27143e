import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Operation, Unsendable, uploadXml } from "../../../src/gateways/bureau/index.ts";
import { labelsOf } from "../../../src/models/bureau/names.ts";
import { uploadOf } from "../../../src/models/bureau/operation.ts";
import {
  type Content,
  type Known,
  nothingKnown,
  OperationIncomplete,
} from "../../../src/models/bureau/parts.ts";
import { provinceRule } from "../../../src/vocabulary/province-rules.ts";
import { jpeg } from "../../gateways/bureau/sample.ts";
import * as sample from "../../rules/sample.ts";

const test = suite("a filing as the bureau takes it");

type Parts = Parameters<typeof sample.filing>[0];

const content = (parts: Parts = {}, change: Partial<Content> = {}): Content => ({
  data: sample.filing(parts),
  targetId: null,
  known: nothingKnown,
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

const firstFilingOf = (whole: Content) => uploadOf(whole) as Extract<Operation, { kind: "first" }>;

const xml = (operation: Operation) => uploadXml({ ispId: 1001, operation });

const xmlOf = (parts?: Parts, change?: Partial<Content>) => xml(uploadOf(content(parts, change)));

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

/** The filing as one on what is on record: every section copies it, each part known to the bureau by an id. */
const known: Known = {
  subject: { id: 11, bureauId: 9001, number: "浙ICP备2026000001号" },
  websites: [{ id: 12, bureauId: 9002, number: "浙ICP备2026000001号-1" }],
  accesses: [{ id: 13, bureauId: 9003 }],
  domains: [{ id: 14, websiteId: 12, bureauId: 9004, domain: "example.cn" }],
  ips: [{ id: 15, accessId: 13, bureauId: 9005, first: "203.0.113.18", last: "203.0.113.18" }],
};

type Data = Content["data"];

const onRecord = (data: Partial<Data>, change: Partial<Content> = {}): Content => {
  const { subject, websites, ...rest } = sample.filing();
  const copied: Data = {
    ...rest,
    subject: { ...subject, recordId: 11 },
    websites: websites.map((site) => ({
      ...site,
      recordId: 12,
      accesses: site.accesses.map((one) => ({ ...one, recordId: 13 })),
    })),
  };
  const ids = {
    ...content().ids,
    domains: [
      { id: 4, sectionId: 2, domain: "example.cn" },
      { id: 8, sectionId: 2, domain: "example.com.cn" },
    ],
  };
  return content({}, { data: { ...copied, ...data }, ids, known, ...change });
};

test("that changes is the whole image under the ids on record; what is new has ours alone", () => {
  const whole = onRecord({ kind: "change", scope: "website" });
  const operation = uploadOf(whole) as Extract<Operation, { kind: "change" }>;
  assert.equal(
    [operation.subject.id, operation.subject.bureauId, operation.subject.number],
    [11, 9001, "浙ICP备2026000001号"],
  );
  const [site] = operation.websites;
  assert.equal(site?.domains, [
    { id: 14, bureauId: 9004, name: "example.cn" },
    { id: 8, name: "example.com.cn" },
  ]);
  assert.equal(site?.accesses[0]?.ips, [
    { id: 15, bureauId: 9005, from: "203.0.113.18", to: "203.0.113.18" },
    { id: 6, from: "203.0.113.20", to: "203.0.113.23" },
  ]);
  assert.match(xml(operation), /<BGBA>.*<Ztid>9001<\/Ztid>.*<Wzid>9002<\/Wzid>.*<Jrid>9003<\/Jrid>/);
  assert.equal(labelsOf(operation, whole), {
    operation: 4,
    about: ["number:浙ICP备2026000001号", "bureau:9001", "our:11"],
    subject: "number:浙ICP备2026000001号",
  });
});

test("that changes leaves out a website that has no access here any more", () => {
  const whole = onRecord({ kind: "change", scope: "subject" });
  const bare = { ...whole.data.websites[0], id: 20, accesses: [] } as Data["websites"][number];
  const two = { ...whole, data: { ...whole.data, websites: [...whole.data.websites, bare] } };
  assert.is((uploadOf(two) as Extract<Operation, { kind: "change" }>).websites.length, 1);
  const none = { ...whole, data: { ...whole.data, websites: [bare] } };
  assert.throws(
    () => uploadOf(none),
    (error: unknown) => error instanceof OperationIncomplete && error.lack === "access_missing",
  );
});

test("that adds a website names the subject by its number, on record here or filed elsewhere", () => {
  const here = content({}, { data: { ...sample.filing(), kind: "add" }, known });
  const one = uploadOf(here) as Extract<Operation, { kind: "add" }>;
  assert.equal(one.subject, { number: "浙ICP备2026000001号" });
  assert.match(xml(one), /<XZWZ>.*<Ztbah>浙ICP备2026000001号<\/Ztbah>/);
  assert.equal(labelsOf(one, here).about, ["number:浙ICP备2026000001号", "bureau:9001", "our:2"]);
  const data = sample.filing({ subject: { number: "京ICP备2020000001号" } });
  const elsewhere = content({}, { data: { ...data, kind: "add" } });
  assert.equal(labelsOf(uploadOf(elsewhere), elsewhere).subject, "number:京ICP备2020000001号");
});

test("that joins an access needs the filing password, and the website's number", () => {
  const data: Data = { ...sample.filing({ website: { number: "京ICP备2020000001号-3" } }), kind: "join" };
  assert.throws(
    () => uploadOf(content({}, { data })),
    (error: unknown) => error instanceof OperationIncomplete && error.lack === "password_missing",
  );
  const passwordHash = "b326b65027680eff6d7509023e983790";
  const whole = content({}, { data, passwordHash });
  const operation = uploadOf(whole);
  assert.match(xml(operation), /<Wzbah>京ICP备2020000001号-3<\/Wzbah>.*<ICPmm>b326b65027680eff/);
  assert.equal(labelsOf(operation, whole), {
    operation: 3,
    about: ["our:3", "number:京ICP备2020000001号-3"],
    subject: "number:京ICP备2020000001号",
  });
});

const why = {
  kind: "cancellation" as const,
  id: 30,
  position: 1,
  values: { reason: "1", explanation: "网站停办" },
};

for (const [scope, targetId, bureauId, operation] of [
  ["subject", 11, 9001, 6],
  ["website", 12, 9002, 7],
  ["access", 13, 9003, 5],
] as const)
  test(`that cancels a ${scope} names it by the bureau's id`, () => {
    const whole = onRecord({ kind: "cancel", scope, cancellation: why }, { targetId });
    const upload = uploadOf(whole);
    assert.equal(upload, { kind: "cancel", of: scope, bureauId, reason: 1, explanation: "网站停办" });
    xml(upload);
    const labels = labelsOf(upload, whole);
    assert.equal([labels.operation, labels.about[0]], [operation, `bureau:${bureauId}`]);
  });

test("of a record without the bureau's ids cannot be made, and says so", () => {
  const byHand: Known = { ...known, websites: known.websites.map((one) => ({ ...one, bureauId: null })) };
  const whole = onRecord(
    { kind: "cancel", scope: "website", cancellation: why },
    { targetId: 12, known: byHand },
  );
  assert.throws(() => uploadOf(whole), /手工录入/);
  assert.throws(
    () => uploadOf(onRecord({ kind: "change", scope: "subject" }, { known: byHand })),
    /手工录入/,
  );
});

test.run();
