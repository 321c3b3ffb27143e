import { suite } from "uvu";
import * as assert from "uvu/assert";
import { canSubmit, check } from "../../src/rules/index.ts";
import type { ReadDocument } from "../../src/vocabulary/filing.ts";
import { context, filing } from "./sample.ts";

const test = suite("what was read on pictures");

const found = (read: ReadDocument) => {
  const data = filing();
  const material = data.materials.find(({ slot }) => slot === "leader");
  if (material) material.read = read;
  return check(data, context);
};
const severities = (read: ReadDocument): string[] => found(read).map(({ severity }) => severity);

test("a number whose check character is right is a warning, another one is for the reviewer alone", () => {
  assert.equal(severities({ kind: "identityCard", number: "330106199001152139" }), ["warning"]);
  assert.equal(severities({ kind: "identityCard", number: "330106199001152138" }), ["check"]);
});

test("a name is for the reviewer alone: the model takes rare characters for others", () => {
  assert.equal(severities({ kind: "identityCard", name: "李四" }), ["check"]);
});

test("an end is a warning where both days were read", () => {
  const until = "2027-02-01";
  assert.ok(severities({ kind: "identityCard", from: "2017-02-01", until }).includes("warning"));
  assert.not(severities({ kind: "identityCard", until }).includes("warning"));
});

test("nothing that was read keeps a filing back, and nothing that was read stands in a sentence", () => {
  const read: ReadDocument = {
    ...{ kind: "identityCard", name: "王五", number: "330106199001152139" },
    ...{ from: "2016-11-01", until: "2026-11-01" },
  };
  const findings = found(read);
  assert.ok(findings.length >= 3);
  assert.ok(canSubmit(findings));
  for (const { message } of findings) assert.not.match(message, /王五|3301|2026-11-01/);
});

test.run();
