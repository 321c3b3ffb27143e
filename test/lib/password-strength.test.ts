import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isWeakPassword } from "../../src/lib/password-strength.ts";

const test = suite("a password");

/** From lists of the most used passwords, among them those of Chinese sites. */
const weak = [
  "password",
  "12345678",
  "11111111",
  "qwertyuiop",
  "woaini1314",
  "5201314a",
  "a123456789",
  "1qaz2wsx",
  "Abc12345",
];

for (const password of weak)
  test(`like ${password} is known to everybody`, () => {
    assert.ok(isWeakPassword(password, []));
  });

test("made of what belongs to the person is soon guessed", () => {
  assert.ok(isWeakPassword("chenxiaoyu1990", ["chenxiaoyu"]));
  assert.ok(isWeakPassword("13800005678", ["13800005678"]));
});

test("of some words that have nothing to do with each other is good", () => {
  for (const password of ["qingshan-lvshui-42", "茶壶下雨天蓝色", "correct horse battery staple"])
    assert.not.ok(isWeakPassword(password, ["chenxiaoyu"]));
});

test.run();
