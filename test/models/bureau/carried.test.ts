import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { uncarried } from "../../../src/models/bureau/carried.ts";
import type { FilingData, FilingKind, Values } from "../../../src/vocabulary/filing.ts";
import { UnknownVersion } from "../../../src/vocabulary/interface-version.ts";
import * as sample from "../../rules/sample.ts";
import { contentOf } from "./arbitrary-filings.ts";

const test = suite("what a version of the interface cannot carry");

type Parts = Parameters<typeof sample.filing>[0];
const told = (parts: Parts = {}, more: Partial<FilingData> = {}): string[] =>
  uncarried("V.3.0", { ...sample.filing(parts), ...more }).map(
    ({ section, sectionId, field, severity }) => `${section} ${sectionId} ${field} ${severity}`,
  );
/** What is said beyond the sample's own validity dates and emergency number. */
const beyond = (parts: Parts, more: Partial<FilingData> = {}): string[] => {
  const usual = told({}, more);
  return told(parts, more).filter((one) => !usual.includes(one));
};

test("is kept here: validity dates and the emergency number, and nothing that is empty", () => {
  assert.equal(told(), [
    "subject 1 certValidUntil kept_here",
    "subject 1 idValidUntil kept_here",
    "subject 1 emergency kept_here",
  ]);
  const bare = { certValidUntil: "", idValidUntil: "", emergency: "" };
  assert.equal(told({ subject: bare }), []);
});

test("is kept here: who holds the domain, where, until when, and what is meant for the provider", () => {
  const website = { domainHolder: "示例", domainRegistrar: "示例", domainExpires: "2030-01-02" };
  assert.equal(beyond({ website, subject: { remarkIsp: "请尽快" } }), [
    "subject 1 remarkIsp kept_here",
    "website 2 domainHolder kept_here",
    "website 2 domainExpires kept_here",
    "website 2 domainRegistrar kept_here",
  ]);
});

test("is kept here: an account at a messenger other than QQ and MSN", () => {
  const account = (messengerType: string, messenger = "liu2026"): Parts => ({
    subject: { messengerType, messenger },
  });
  assert.equal(beyond(account("wechat")), ["subject 1 messenger kept_here"]);
  for (const carried of [account("qq"), account("msn"), account("wechat", ""), account("", "liu")])
    assert.equal(beyond(carried), []);
  const leader = { ...sample.leader, leaderMessengerType: "wechat", leaderMessenger: "li2026" };
  assert.ok(beyond({ website: leader }).includes("website 2 leaderMessenger kept_here"));
});

test("is kept here beside an IPv4 address, and blocks without one: IPv6", () => {
  assert.equal(beyond({ access: { ips: ["203.0.113.18", "2001:db8::1"] } }), ["access 3 ips kept_here"]);
  assert.equal(beyond({ access: { ips: ["2001:db8::1", "2001:db8::2-2001:db8::9"] } }), [
    "access 3 ips blocks",
  ]);
  assert.equal(beyond({ access: { ips: ["203.0.113.18"] } }), []);
});

test("is kept here: the home pages after 255 characters, whose first is always sent", () => {
  const page = (size: number) => "a".repeat(size);
  assert.equal(beyond({ website: { homePages: [page(127), page(127)] } }), []);
  assert.equal(beyond({ website: { homePages: [page(127), page(128)] } }), ["website 2 homePages kept_here"]);
  assert.equal(beyond({ website: { homePages: [page(300)] } }), []);
});

test("blocks: an app, a mini program and a quick app, whose own fields are kept here", () => {
  for (const serviceType of ["6", "7", "8"])
    assert.ok(beyond({ website: { serviceType } }).includes("website 2 serviceType blocks"), serviceType);
  assert.equal(beyond({ website: { serviceType: "6", packageNames: ["cn.example"], hostAppId: "x" } }), [
    "website 2 serviceType blocks",
    "website 2 packageNames kept_here",
  ]);
  assert.equal(
    uncarried("V.3.0", sample.filing({ website: { serviceType: "6" } })).find(
      ({ severity }) => severity === "blocks",
    )?.what,
    "应用服务类型（APP）",
  );
});

test("blocks a change of a subject with a document newer than 2013, and no other filing", () => {
  const document = (certType: string): Parts => ({ subject: { certType } });
  assert.equal(beyond(document("11"), { kind: "change" }), []);
  assert.equal(beyond(document("12"), { kind: "change" }), ["subject 1 certType blocks"]);
  for (const kind of ["first", "add", "join"] as const) assert.equal(beyond(document("12"), { kind }), []);
});

test("is told of what a filing sends alone", () => {
  const whole: Parts = {
    website: { domainHolder: "示例" },
    access: { ips: ["203.0.113.18", "2001:db8::1"] },
  };
  const cancellation = {
    ...{ kind: "cancellation" as const, id: 4, position: 1 },
    values: { reason: "1", explanation: "停办", phoneLost: "1" } as Values,
  };
  const of = (kind: FilingKind) => told(whole, { kind, cancellation });
  assert.equal(of("add"), ["website 2 domainHolder kept_here", "access 3 ips kept_here"]);
  assert.equal(of("join"), ["access 3 ips kept_here"]);
  assert.equal(of("cancel"), ["cancellation 4 phoneLost kept_here"]);
});

test("never holds a value that somebody typed", () => {
  fc.assert(
    fc.property(contentOf("first"), ({ data }) => {
      for (const { what } of uncarried("V.3.0", data))
        assert.match(what, /^[\p{Script=Han}、（）“”IPv6A-Z]+$/u);
    }),
    { numRuns: 20 },
  );
});

test("is asked of a version that is known", () => {
  assert.throws(
    () => uncarried("V.3.1", sample.filing()),
    (error: unknown) => error instanceof UnknownVersion,
  );
});

test.run();
