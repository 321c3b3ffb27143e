import { suite } from "uvu";
import * as assert from "uvu/assert";
import { check, rules } from "../../src/rules/index.ts";
import { sourceText } from "../../src/vocabulary/sources.ts";
import { context, filing } from "./sample.ts";

const test = suite("what older sources say");

test("a rule whose sources differ names the older one, and the newer one comes first", () => {
  const differing = rules.filter(({ superseded }) => superseded);
  assert.ok(differing.length >= 4);
  for (const { id, sources, superseded = "" } of differing) {
    assert.ok(sources.length > 0, id);
    assert.match(superseded, /\p{Script=Han}/u, id);
    assert.not.match(sourceText(sources[0] ?? ""), /^[A-Z-]+$/, id);
  }
});

test("what a change may touch is judged in a change alone", () => {
  const ids = ["certificate-fixed", "nature-change", "name-change-and-domain", "domain-added-by-change"];
  const data = filing();
  const before = { name: "旧名", certNo: "1", nature: "5", domains: ["old.cn"] };
  data.subject.before = before;
  for (const site of data.websites) site.before = before;
  const found = (kind: typeof data.kind) =>
    ids.filter((id) => check({ ...data, kind }, context).some(({ rule }) => rule === id));
  for (const kind of ["first", "add", "join"] as const) assert.equal(found(kind), [], kind);
  assert.equal(found("change"), ids);
});

test.run();
