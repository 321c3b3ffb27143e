import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as engine from "../../src/rules/index.ts";
import { maybeField } from "../../src/vocabulary/fields/index.ts";
import { sourceOf } from "../../src/vocabulary/sources.ts";
import { type Case, cases, changed } from "./cases.ts";
import { edges } from "./edges.ts";
import { addressEdges } from "./edges-addresses.ts";
import { context, filing, individual, leader } from "./sample.ts";

const test = suite("filing rules");

const found = (rule: string, change: Case["bad"]) =>
  engine.check(...changed(change)).filter((finding) => finding.rule === rule);

const edgesOf = (id: string) => [
  ...(cases[id]?.edge ?? []),
  ...(edges[id] ?? []),
  ...(addressEdges[id] ?? []),
];

for (const { id } of engine.rules) {
  const one = cases[id];
  test(`${id} speaks where it should and is silent otherwise`, () => {
    assert.ok(one, "this rule has no case");
    const findings = found(id, one.bad);
    assert.ok(
      findings.some(({ message }) => one.says.test(message)),
      JSON.stringify(findings),
    );
    if (one.field) assert.is(findings[0]?.field, one.field);
    assert.equal(found(id, one.good), []);
  });

  test(`${id} knows where it ends`, () => {
    assert.ok(edgesOf(id).length > 0, "this rule has no value on the border");
    for (const [index, { change, finds }] of edgesOf(id).entries()) {
      assert.is(found(id, change).length > 0, finds, `${index}: ${JSON.stringify(found(id, change))}`);
    }
  });
}

test("ids occur once, and every rule stands on fields that exist and names a source", () => {
  assert.is(new Set(engine.rules.map(({ id }) => id)).size, engine.rules.length);
  for (const { id, at, sources } of engine.rules) {
    assert.ok(sources.length > 0 && at.length > 0, id);
    for (const reference of sources) assert.ok(sourceOf(reference), `${id} ${reference}`);
    for (const ref of at) {
      const [section, key] = ref.split(".") as ["subject" | "website" | "access", string];
      assert.ok(key === "" || maybeField(section, key), `${id} ${ref}`);
    }
  }
});

test("a faultless filing has no findings, of a company, of two persons, of an individual", () => {
  assert.equal(engine.check(filing(), context), []);
  assert.equal(engine.check(filing({ website: leader }), context), []);
  assert.equal(
    engine.check(filing({ subject: individual, website: { siteName: "茶余饭后随笔" } }), context),
    [],
  );
});

test("messages blame nobody, end without a full stop and are Chinese", () => {
  for (const { bad } of Object.values(cases)) {
    for (const { message } of engine.check(...changed(bad))) {
      assert.not.match(message, /错误|非法|无效|不合法|违规|必须|失败|请正确|您|[。！!]$/, message);
      assert.match(message, /\p{Script=Han}/u);
    }
  }
});

test("an empty filing is told everything that is missing at once, and nothing else is wrong with it", () => {
  const data = filing();
  data.materials = [];
  for (const section of [
    data.subject,
    ...data.websites,
    ...data.websites.flatMap(({ accesses }) => accesses),
  ]) {
    section.values = {};
  }
  const findings = engine.check(data, context);
  const kinds = [...new Set(findings.map(({ rule }) => rule))].sort();
  assert.equal(kinds, ["landline-missing", "material-ready", "required"]);
  assert.ok(findings.filter(({ rule }) => rule === "required").length > 20);
  assert.not(engine.canSubmit(findings));
});

test("findings come in the order of the form", () => {
  const fields = engine
    .check(...changed({ subject: { email: "", name: "", mobile: "1" } }))
    .map(({ field }) => field);
  assert.equal(fields, ["name", "mobile", "email"]);
});

test("one field gets the findings it has in the whole filing", () => {
  const [data, around] = changed({ subject: { mobile: "1", email: "x" } });
  const one = engine.checkField(data, around, { kind: "subject", id: 1 }, "mobile");
  assert.equal(
    one,
    engine.check(data, around).filter(({ field }) => field === "mobile"),
  );
  assert.equal(engine.checkField(data, around, { kind: "subject", id: 9 }, "mobile"), []);
});

test("a section gets its own findings", () => {
  const [data, around] = changed({ subject: { mobile: "1" }, website: { siteName: "茶" } });
  const rules = engine.checkSection(data, around, { kind: "website", id: 2 }).map(({ rule }) => rule);
  assert.equal(rules, ["site-name-short"]);
});

test("hidden fields are not looked at", () => {
  const website = { samePerson: "1", leaderMobile: "1", leaderIdNo: "1" };
  assert.equal(engine.check(filing({ website }), context), []);
});

test("sections that are copied from the record and closed are not looked at", () => {
  const data = filing({ subject: { name: "" }, website: { siteName: "" }, access: { ips: [] } });
  const closed = new Set(["subject"]);
  const close = <S extends { kind: string }>(one: S) => ({ ...one, open: !closed.has(one.kind) });
  const kindsOf = () => {
    const websites = data.websites.map((site) => ({ ...close(site), accesses: site.accesses.map(close) }));
    const found = engine.check({ ...data, subject: close(data.subject), websites }, context);
    return [...new Set(found.map(({ section }) => section.kind))];
  };
  assert.equal(kindsOf(), ["website", "access"]);
  closed.add("website");
  assert.equal(kindsOf(), ["access"]);
  closed.add("access");
  assert.equal(kindsOf(), []);
});

test("the same fault weighs more where the province forbids it", () => {
  const severity = (code: string) => {
    const [data, around] = changed({ subject: { emergency: "13800005678" } });
    const province = { ...around.province, emergencyDistinct: code === "440000" };
    return engine.check(data, { ...around, province }).find(({ rule }) => rule === "emergency-distinct")
      ?.severity;
  };
  assert.is(severity("330000"), "warning");
  assert.is(severity("440000"), "error");
});

test("a city that is also an everyday word only asks the reviewer to look", () => {
  const [data, around] = changed({ subject: individual, website: { siteName: "安康喝茶记" } });
  const findings = engine.check(data, around).map(({ rule, severity }) => [rule, severity]);
  assert.equal(findings, [["site-name-personal-place", "warning"]]);
});

test("what was confirmed goes on to the reviewer, until the value changes", () => {
  const certNo = "91330108MA2EXAMP07";
  const confirmed = [engine.confirmation("credit-code-check", "certNo", { certNo })];
  const severity = (subject: Record<string, string | string[]>) =>
    engine.check(filing({ subject }), context).find(({ rule }) => rule === "credit-code-check")?.severity;
  assert.is(severity({ certNo }), "error");
  assert.is(severity({ certNo, confirmed }), "check");
  assert.is(severity({ certNo: "91330108MA2EXAMP06", confirmed }), "error");
});

test("only rules that may be wrong about an honest person can be confirmed", () => {
  const confirmable = engine.rules.filter((rule) => rule.confirmable).map(({ id }) => id);
  assert.equal(confirmable, [
    "credit-code-check",
    "registration-number",
    "organisation-code-check",
    "identity-region",
    "mobile-local",
  ]);
  const confirmed = [engine.confirmation("mobile-format", "mobile", { mobile: "1" })];
  const [finding] = engine.check(filing({ subject: { mobile: "1", confirmed } }), context);
  assert.is(finding?.severity, "error");
});

test("a landline in the place of a mobile is called by its name", () => {
  const [finding] = engine.check(filing({ subject: { mobile: "086-0571-88888888" } }), context);
  assert.match(finding?.message ?? "", /固定电话/);
});

test("confirmations are read from a form, others and nonsense are not", () => {
  const token = engine.confirmation("identity-region", "idNo", { idNo: "1" });
  assert.match(token, /^identity-region:idNo:[0-9a-f]{3}$/);
  assert.equal(engine.readConfirmed({ confirmed: [token, "x", "<b>"] }, {}), [token]);
  assert.equal(engine.readConfirmed({}, { confirmed: [token] }), [token]);
  assert.equal(engine.readConfirmed({ _confirmed: "" }, { confirmed: [token] }), []);
});

test.run();
