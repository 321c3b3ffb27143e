import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkList } from "../../src/rules/check-list.ts";
import { checkPoints } from "../../src/rules/check-points.ts";
import { maybeField } from "../../src/vocabulary/fields/index.ts";
import { provinceRule } from "../../src/vocabulary/province-rules.ts";
import { sourceOf } from "../../src/vocabulary/sources.ts";
import { type Change, changed } from "./cases.ts";
import { individual, leader } from "./sample.ts";

const test = suite("the reviewer's check list");

const list = (change: Change = {}) => checkList(...changed(change));
const ids = (change: Change = {}) => list(change).map(({ id }) => id);
const at = (code: string): Change["context"] => ({ province: provinceRule(code) });
/** Both change: nobody answers for a province's website from another one. */
const there = (code: string, more: Change = {}): Change => ({
  ...more,
  subject: { province: code, ...more.subject },
  context: at(code) ?? {},
});

test("ids occur once, fields exist, sources are known, and every text is a question", () => {
  assert.is(new Set(checkPoints.map(({ id }) => id)).size, checkPoints.length);
  for (const { id, of, field, text, sources, ref } of checkPoints) {
    assert.ok(field === null || maybeField(of, field), id);
    assert.ok(sources.length > 0 && ref, id);
    for (const reference of sources) assert.ok(sourceOf(reference), `${id} ${reference}`);
    assert.match(text, /吗？/, id);
  }
});

test("a unit is looked up, an individual is not", () => {
  assert.ok(ids().includes("unit-in-registry"));
  assert.ok(ids().includes("form-sealed"));
  const personal = ids({ subject: individual });
  assert.not(personal.includes("unit-in-registry"));
  assert.not(personal.includes("form-sealed"));
  for (const id of ["name-as-card", "personal-content", "form-fingerprint"])
    assert.ok(personal.includes(id), id);
});

test("asks for the legal representative where the province wants one, else for the letter", () => {
  const only = list(there("110000")).find(({ id }) => id === "legal-representative");
  assert.match(only?.text ?? "", "北京要求是法定代表人");
  assert.not(ids(there("110000")).includes("leader-authorised"));
  assert.ok(ids(there("340000")).includes("leader-authorised"));
  assert.not(ids(there("340000")).includes("legal-representative"));
});

test("asks about a second person only where there is one", () => {
  const own = ["site-leader-employed", "site-leader-letter", "site-leader-document"];
  const two = ids({ website: leader });
  for (const id of own) {
    assert.not(ids().includes(id), id);
    assert.ok(two.includes(id), id);
  }
});

test("the slogan of the curtain is asked for where it is known, word for word", () => {
  const slogan = list(there("620000")).find(({ id }) => id === "photo-slogan");
  assert.match(slogan?.text ?? "", "“共同营造 健康诚信 网络环境”");
  assert.not(ids().includes("photo-slogan"));
  for (const { text } of list(there("620000"))) assert.not.match(text, /[{}]/);
});

test("the photo is looked at in the verification, everything else before", () => {
  const later = list().filter(({ phase }) => phase === "verification");
  assert.ok(later.length >= 8);
  assert.ok(later.every(({ slot }) => slot === "photo" || slot === "form"));
  assert.ok(list().filter(({ phase }) => phase === "initial").length > 15);
});

test("what is copied from the record is not asked about again", () => {
  const join: Change = {
    edit: (data) => {
      data.kind = "join";
      data.subject.open = false;
      for (const site of data.websites) site.open = false;
    },
  };
  const asked = ids(join);
  for (const id of ["residence-as-certificate", "name-fits-content"]) assert.not(asked.includes(id), id);
  for (const id of ["access-on-product", "old-sites-open", "form-sealed"]) assert.ok(asked.includes(id), id);
  assert.not(ids().includes("old-sites-open"));
});

test("each website and access is asked about, each question names its place", () => {
  const two: Change = {
    edit: ({ websites }) => {
      const [first] = websites;
      if (first) websites.push({ ...structuredClone(first), id: 7, position: 2 });
    },
  };
  const names = list(two).filter(({ id }) => id === "name-fits-content");
  assert.equal(
    names.map(({ section }) => section),
    [
      { kind: "website", id: 2 },
      { kind: "website", id: 7 },
    ],
  );
  assert.is(list(two).filter(({ id }) => id === "access-on-product").length, 2);
});

test("a cancellation has none", () => {
  assert.equal(ids({ edit: (data) => void Object.assign(data, { kind: "cancel" }) }), []);
});

test("says where a question comes from", () => {
  const item = list().find(({ id }) => id === "photo-colours");
  assert.is(item?.source, "阿里云问答：拍照核验，约2019年；中国电信备案系统手册，2016年");
  assert.is(item?.slot, "photo");
});

test.run();
