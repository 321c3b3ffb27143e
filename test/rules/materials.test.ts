import { suite } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../../src/rules/index.ts";
import { materialState, requiredMaterials } from "../../src/rules/materials.ts";
import { slots } from "../../src/rules/slots.ts";
import { codeRow } from "../../src/vocabulary/code-tables.ts";
import type { FilingData, Values } from "../../src/vocabulary/filing.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";
import { context, filing, individual, leader } from "./sample.ts";

const test = suite("materials");

const slotsOf = (data: FilingData, province = "330000") => requiredMaterials(data, provinceRule(province));
const needed = (data: FilingData, province = "330000") =>
  slotsOf(data, province)
    .filter(({ required, sameAs }) => required && !sameAs)
    .map(({ slot }) => slot);

test("a company needs its licence, one identity, the form, the domain's certificate, and later a photo", () => {
  assert.equal(needed(filing()), ["certificate", "leader", "form", "domain", "photo"]);
  assert.is(slotsOf(filing())[0]?.label, "主办单位证件（营业执照）");
});

test("two persons need two identities and a letter", () => {
  assert.equal(needed(filing({ website: leader })), [
    "certificate",
    "leader",
    "form",
    "siteLeader",
    "domain",
    "letter",
    "photo",
  ]);
});

test("one person's file serves both slots", () => {
  const slot = slotsOf(filing()).find((one) => one.slot === "siteLeader");
  assert.ok(slot);
  assert.equal(slot.sameAs, { slot: "leader", sectionId: 1 });
  assert.is(materialState(slot, [{ slot: "leader", sectionId: 1, state: "processing" }]), "processing");
  assert.is(materialState(slot, []), undefined);
});

test("an individual needs no certificate of a unit, and a residence permit away from home", () => {
  const data = filing({ subject: individual, website: { siteName: "茶余饭后随笔" } });
  assert.equal(needed(data), ["leader", "form", "domain", "photo"]);
  assert.ok(needed(data, "310000").includes("residencePermit"));
  const permit = slotsOf(data, "310000").find(({ slot }) => slot === "residencePermit");
  assert.match(permit?.provinceHint ?? "", "临时居住证");
});

test("an approval asks for its file", () => {
  assert.ok(needed(filing({ website: { preApprovals: ["1"] } })).includes("preApproval"));
  assert.not(slotsOf(filing()).some(({ slot }) => slot === "preApproval"));
});

test("what a province asks for besides is told beside the slot", () => {
  const pledge = slotsOf(filing(), "440000").find(({ slot }) => slot === "pledge");
  assert.match(pledge?.provinceHint ?? "", /^广东：互联网信息服务备案承诺书/);
  assert.ok(pledge?.required);
  assert.not(slotsOf(filing()).some(({ slot }) => slot === "pledge"));
});

test("each website has its own, and slots are needed once", () => {
  const data = filing();
  const [first] = data.websites;
  assert.ok(first);
  data.websites.push({ ...first, id: 7, position: 2 });
  const keys = slotsOf(data).map(({ slot, sectionId }) => `${slot}:${sectionId}`);
  assert.is(new Set(keys).size, keys.length);
  assert.ok(keys.includes("form:2") && keys.includes("form:7"));
});

test("a cancellation needs papers only where the telephone on record is lost", () => {
  const cancelled = (phoneLost: string) => {
    const cancellation = { kind: "cancellation" as const, id: 9, position: 1, values: { phoneLost } };
    return needed({ ...filing(), kind: "cancel", cancellation });
  };
  assert.equal(cancelled(""), []);
  assert.equal(cancelled("1"), ["certificate", "leader", "cancelLetter"]);
});

test("a change asks for papers of what reads otherwise than on record", () => {
  const base = filing();
  const [site] = base.websites;
  if (!site) throw new Error("no website");
  const changed = (values: Values) => {
    const website = { ...site, values: { ...site.values, ...values }, before: site.values, open: true };
    const subject = { ...base.subject, before: base.subject.values, open: false };
    const data = { ...base, kind: "change" as const, subject, websites: [website] };
    return needed(data);
  };
  assert.equal(changed({ siteName: "另一个名称" }), ["form"]);
  assert.equal(changed({ domains: ["tea.cn"] }), ["form", "domain"]);
  assert.equal(
    changed({ samePerson: "", leaderName: "李四", leaderIdNo: "110101199003074477" }).includes("photo"),
    true,
  );
});

test("purposes are codes of the bureau, and a file stays below its limit in base64", () => {
  for (const { key, purpose, limitBytes } of slots) {
    if (purpose === null) continue;
    const row = codeRow("attachment_purpose", purpose);
    assert.ok(row?.maxKb, key);
    assert.ok((limitBytes * 4) / 3 < (row?.maxKb ?? 0) * 1024, key);
  }
});

test("every slot can be returned with reasons in words", () => {
  for (const { slot, reasons } of slotsOf(filing({ website: leader }))) {
    assert.ok(reasons.length > 1 && reasons.every(({ text }) => text), slot);
  }
});

test("missing, unfinished and failed files are told apart, the photo is not asked for yet", () => {
  const data = filing();
  data.materials = [
    { slot: "certificate", sectionId: 1, state: "processing" },
    { slot: "leader", sectionId: null, state: "failed" },
    { slot: "domain", sectionId: 2, state: "ready" },
  ];
  const findings = check(data, context).map(({ slot, section, message }) => [slot, section.id, message]);
  assert.equal(findings, [
    ["certificate", 1, "主办单位证件（营业执照）还在处理中，通常不到1分钟，请稍等再提交"],
    ["leader", 1, "主体负责人身份证（正反面）没有处理成功，请重新上传"],
    ["form", 2, "还没有上传真实性核验单"],
  ]);
});

test.run();
