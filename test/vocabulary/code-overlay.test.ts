import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type BureauCode, codesOf, joinedCodes, shippedRows } from "../../src/vocabulary/code-overlay.ts";
import { type Codes, codeLabel, codeRow, withCodes } from "../../src/vocabulary/code-tables.ts";
import { children, divisionName } from "../../src/vocabulary/divisions.ts";
import { displayValue, field, optionsOf, readValues } from "../../src/vocabulary/fields/index.ts";

const test = suite("codes of bureaus in the place of ours");

/** Our own table as a bureau has it: with others, and without those it ended. */
const ours = (id: string, { more = {}, ended = [] }: Change = {}): BureauCode[] => [
  ...shippedRows(id).map(({ code, zh }) => ({ code, label: zh, valid: !ended.includes(code) })),
  ...Object.entries(more).map(([code, label]) => ({ code, label, valid: true })),
];
type Change = { more?: Record<string, string>; ended?: string[] };

const offered = (codes: Codes, section: "subject" | "website", key: string, values = {}): string[] =>
  withCodes(codes, () => optionsOf(field(section, key), values).map(({ code }) => code));

test("give a new pre-approval a number of its own, where uploads have room for it", () => {
  const more = { 60: "卫星测绘", 64: "最后", 65: "太大", X1: "不是数" };
  const codes = codesOf([{ name: "Wzjylx_dms", rows: ours("pre_approval", { more }) }]);
  const approvals = field("website", "preApprovals");
  const typed = { preApprovals: ["60"], approvalNumber60: "京宗2026" };
  const shown = offered(codes, "website", "preApprovals");
  assert.equal(
    ["60", "64", "65", "X1"].filter((code) => shown.includes(code)),
    ["60", "64"],
  );
  withCodes(codes, () => {
    assert.equal(readValues([approvals], typed, {}), typed);
    assert.is(displayValue(approvals, typed), "卫星测绘（京宗2026）");
  });
  assert.equal(readValues([approvals], typed, {}), { preApprovals: ["60"] }, "for nobody else");
});

test("add, rename and end areas; what they do not name, groups and provinces stay", () => {
  const rows = [
    { code: "330000", label: "浙江", valid: true },
    { code: "330100", label: "杭州城", valid: true },
    { code: "330101", label: "市辖区", valid: true },
    { code: "330108", label: "滨江区", valid: false },
    { code: "330199", label: "钱江新区", valid: true },
    { code: "331300", label: "新安市", valid: true },
    { code: "331302", label: "新城区", valid: true },
  ];
  const below = (code: string): string[] => children(code).map((one) => one.code);
  const before = below("330100");
  withCodes(codesOf([{ name: "Qy_dms", rows }]), () => {
    const without = before.filter((code) => code !== "330108");
    assert.equal(below("330100"), [...without, "330199"].sort());
    assert.ok(below("330000").includes("331300"));
    assert.equal(below("331300"), ["331302"]);
    assert.is(divisionName("331302"), "浙江省新安市新城区");
    assert.is(divisionName("330108"), "浙江省杭州城滨江区", "it keeps its name");
  });
  assert.equal(below("330100"), before, "for nobody else");
});

const one = codesOf([{ name: "Yylb_dms", rows: ours("site_language", { ended: ["1"] }) }]);
const other = codesOf([
  { name: "Yylb_dms", rows: ours("site_language", { more: { 41: "客家话" }, ended: ["2"] }) },
  { name: "Qy_dms", rows: [{ code: "330199", label: "钱江新区", valid: true }] },
]);
const none: Codes = new Map();

test("of several bureaus are all offered where no bureau is chosen yet", () => {
  const languages = (...bureaus: Codes[]) => offered(joinedCodes(bureaus, "any"), "website", "languages");
  assert.ok(["1", "2", "41"].every((code) => languages(one, other).includes(code)));
  assert.ok(
    ["1", "2"].every((code) => languages(none, one).includes(code)),
    "one bureau has ours",
  );
  assert.not.ok(languages(one, one).includes("1"), "no bureau takes it");
  assert.is(joinedCodes([one], "any"), one);
});

test("of several bureaus are read everywhere, and those of the first alone are offered to a filing of it", () => {
  const codes = joinedCodes([one, other], "first");
  assert.equal(offered(codes, "website", "languages"), offered(one, "website", "languages"));
  withCodes(codes, () => {
    assert.is(codeLabel("site_language", "41"), "客家话");
    assert.ok(codeRow("site_language", "41")?.retired && codeRow("site_language", "1")?.retired);
    assert.is(divisionName("330199"), "浙江省杭州市钱江新区");
    assert.not.ok(children("330100").some(({ code }) => code === "330199"));
  });
  const plain = joinedCodes([none, other], "first");
  assert.equal(offered(plain, "website", "languages"), offered(none, "website", "languages"));
});

test("of several bureaus keep the certificates of a nature that one of them added", () => {
  const more = { 31: "农民合作社" };
  const added = codesOf([{ name: "Dwxz_dms", rows: ours("unit_nature", { more }) }]);
  const types = (offer: "first" | "any") =>
    offered(joinedCodes([none, added], offer), "subject", "certType", { nature: "31" });
  assert.ok(types("any").includes("1") && !types("any").includes("2"));
  assert.equal(
    offered(joinedCodes([added, none], "first"), "subject", "certType", { nature: "31" }),
    types("any"),
  );
});

test.run();
