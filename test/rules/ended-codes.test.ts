import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as engine from "../../src/rules/index.ts";
import { divisionSelects } from "../../src/view.ts";
import { codesOf } from "../../src/vocabulary/code-overlay.ts";
import { shippedTable, withCodes } from "../../src/vocabulary/code-tables.ts";
import type { FilingKind } from "../../src/vocabulary/filing.ts";
import { changed } from "./cases.ts";

const test = suite("codes that the bureau ended");

/** The bureau's languages: 1 is over, 2 is in its table no more. */
const rows = shippedTable("site_language")
  .rows.filter(({ code }) => code !== "2")
  .map(({ code, zh }) => ({ code, label: zh, valid: code !== "1" }));

/** What is said of the languages of a website that had others, or none, before. */
function said(kind: FilingKind, languages: string[], before?: string[]): string[] {
  const [data, context] = changed({
    edit(filing) {
      filing.kind = kind;
      const [site] = filing.websites;
      if (!site) throw new Error("no website");
      site.values.languages = languages;
      if (before) site.before = { ...site.values, languages: before };
    },
  });
  const found = withCodes(codesOf([{ name: "Yylb_dms", rows }]), () => engine.check(data, context));
  return found
    .filter(({ rule, field }) => rule === "code-known" && field === "languages")
    .map(({ severity }) => severity);
}

test("cannot be chosen for a new filing, nor anew in a change", () => {
  assert.equal(said("first", ["1"]), ["error"]);
  assert.equal(said("first", ["2"]), ["error"]);
  assert.equal(said("change", ["3", "1"], ["3"]), ["error"]);
  assert.equal(said("change", ["99"], ["1"]), ["error"], "what no table has");
  assert.equal(said("first", ["3"]), []);
});

test("that stand on record are told in a change that leaves them, and stop nothing", () => {
  assert.equal(said("change", ["1"], ["1"]), ["warning"]);
  assert.equal(said("change", ["2", "3"], ["2"]), ["warning"]);
  assert.equal(said("change", ["99"], ["99"]), [], "known to nobody any more");
  assert.equal(said("change", ["3"], ["1"]), []);
});

/** 滨江区 is over for the bureau. */
const ended = codesOf([{ name: "Qy_dms", rows: [{ code: "330108", label: "滨江区", valid: false }] }]);

function saidOfPlace(kind: FilingKind, county: string, before?: string): string[] {
  const [data, context] = changed({
    edit(filing) {
      filing.kind = kind;
      filing.subject.values.county = county;
      if (before) filing.subject.before = { ...filing.subject.values, county: before };
    },
  });
  const found = withCodes(ended, () => engine.check(data, context));
  return found.filter(({ rule }) => rule === "division-consistent").map(({ severity }) => severity);
}

test("that are areas are as well told and stop nothing where a change leaves them", () => {
  assert.equal(saidOfPlace("first", "330108"), ["error"]);
  assert.equal(saidOfPlace("change", "330108", "330106"), ["error"]);
  assert.equal(saidOfPlace("change", "330108", "330108"), ["warning"]);
  assert.equal(saidOfPlace("change", "330106", "330108"), []);
});

test("that are areas are shown while they are chosen, and offered to nobody else", () => {
  const counties = (county: string) =>
    withCodes(ended, () => divisionSelects({ province: "330000", city: "330100", county })[2]?.options ?? []);
  const has = (county: string) => counties(county).some(({ code }) => code === "330108");
  assert.ok(has("330108"));
  assert.not.ok(has("330106") || has(""));
  assert.is(counties("330203").length, counties("").length, "a county of another city is not kept");
});

test.run();
