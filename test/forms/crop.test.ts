import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readCrop } from "../../src/forms/crop.ts";

const test = suite("how much of a picture is cut off (裁剪)");

const read = (body: Record<string, string>, width = 2000, height = 1000) => readCrop(body, { width, height });

test("is read from the four edges, an empty one cuts nothing, wide digits count", () => {
  assert.equal(read({ left: "10", top: "", right: "５", bottom: "0" }).crop, [10, 0, 5, 0]);
});

for (const [what, body, words] of [
  ["nothing at all", {}, /还没有剪掉什么/],
  ["a word", { left: "十" }, /填0到90的整数/],
  ["less than nothing", { top: "-1" }, /填0到90的整数/],
  ["half of a percent", { top: "1.5" }, /填0到90的整数/],
  ["more than there is", { right: "100" }, /填0到90的整数/],
  ["nearly all of the width", { left: "50", right: "41" }, /左右剪得太多/],
  ["nearly all of the height", { top: "46", bottom: "45" }, /上下剪得太多/],
] as const)
  test(`is asked for again where it is ${what}`, () => {
    const { crop, problems } = read(body);
    assert.is(crop, undefined);
    assert.match(problems[0]?.text ?? "", words);
  });

test("leaves a tenth, and 300 pixels of the longer side, just so", () => {
  assert.equal(read({ left: "50", right: "40" }).crop, [50, 0, 40, 0]);
  assert.equal(read({ left: "50", right: "20" }, 1000, 290).crop, [50, 0, 20, 0]);
  assert.match(read({ left: "50", right: "21" }, 1000, 290).problems[0]?.text ?? "", /剩下的太小/);
});

test("is shown again as it was typed", () => {
  assert.equal(read({ left: "abc", top: "7" }).values, { left: "abc", top: "7", right: "0", bottom: "0" });
});

test.run();
