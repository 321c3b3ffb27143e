import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compact, fold, hanCount, length, lines, normalise } from "../../src/lib/text.ts";

const test = suite("text");

test("invisible characters and the blanks around are dropped", () => {
  assert.is(normalise("\u3000张\u200b三\ufeff \u202e"), "张三");
  assert.is(normalise("葛\u{e0100}城"), "葛城");
});

test("letters and digits become half-width, Chinese punctuation stays", () => {
  assert.is(normalise("示例（杭州）Ａ１：ｂ，。"), "示例（杭州）A1：b，。");
});

test("ends of lines become one kind", () => {
  assert.is(normalise("一\r\n二\r三"), "一\n二\n三");
});

test("numbers and addresses are folded whole", () => {
  assert.is(fold("（０５７１）－１"), "(0571)-1");
  assert.is(compact(" 9133 0108 ＭＡ\n"), "91330108MA");
});

test("lines are listed once, without empty ones", () => {
  assert.equal(lines("a\r\n\r\n b \na"), ["a", "b"]);
  assert.equal(lines(" "), []);
});

test("characters are counted as people count them", () => {
  assert.is(length("𠮷野"), 2);
  assert.is(hanCount("示例A1𠮷"), 3);
});

test.run();
