import { suite } from "uvu";
import * as assert from "uvu/assert";
import { refusalExplanation } from "../../../src/models/bureau/words.ts";

const test = suite("a refusal by the bureau");

const acceptedAt = new Date("2026-11-18T02:00:00Z");
const after = (hours: number) => new Date(acceptedAt.getTime() + hours * 3_600_000);
const refusal = { acceptedAt, refusedAt: after(24), checkDone: false, codes: [1002], words: "" };

test("about a day after the upload is explained as a missed short-message check", () => {
  assert.match(refusalExplanation(refusal) ?? "", /多半是短信核验没有完成/);
  assert.is(refusalExplanation({ ...refusal, refusedAt: after(72) }), undefined);
});

test("with a reason of its own, or after the check was done, is not", () => {
  assert.is(refusalExplanation({ ...refusal, codes: [1005] }), undefined);
  assert.is(refusalExplanation({ ...refusal, checkDone: true }), undefined);
});

test("that speaks of the short message is, whenever it comes", () => {
  const said = { ...refusal, refusedAt: after(72), words: "未完成短信核验" };
  assert.match(refusalExplanation(said) ?? "", /^负责人没有在24小时内完成短信核验/);
});

test.run();
