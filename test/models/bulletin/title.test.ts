import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bulletinTitle } from "../../../src/models/bulletin/title.ts";

const test = suite("the title of a notice of the bureau");
const number = "京ICP备2021012345号";

test("is its kind where it has one that is known", () => {
  assert.is(bulletinTitle({ category: 0, number }), "备案主体信息整改");
  assert.is(bulletinTitle({ category: 1, number: null }), "备案网站信息整改");
});

test("names the record where it has no kind, and is never empty or a bare code", () => {
  assert.is(bulletinTitle({ category: null, number }), "关于京ICP备2021012345号的通知");
  assert.is(bulletinTitle({ category: 7, number }), "关于京ICP备2021012345号的通知");
  assert.is(bulletinTitle({ category: null, number: null }), "其他通知");
  assert.is(bulletinTitle({ category: 7, number: null }), "其他通知（类别7）");
});

test.run();
