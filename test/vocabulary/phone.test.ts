import { suite } from "uvu";
import * as assert from "uvu/assert";
import { cleanPhone, parseLandline, parseMobile } from "../../src/vocabulary/phone.ts";

const test = suite("phones");

const faultOf = (text: string) => {
  const line = parseLandline(text);
  return line.ok ? "" : line.fault;
};

test("every common spelling of a landline becomes 086-区号-号码", () => {
  const spellings = [
    "086-0571-88888888",
    "0571-88888888",
    "(0571)88888888",
    "（0571）88888888",
    "+86-0571-88888888",
    "+86 571 8888 8888",
    "86 571 88888888",
    "86-571-88888888",
    "0086 0571 88888888",
    "057188888888",
    "０５７１－８８８８８８８８",
    "0571—88888888",
    "0571 8888-8888",
  ];
  for (const text of spellings) assert.is(cleanPhone(text), "086-0571-88888888", text);
});

test("an area code of three digits is split from the number", () => {
  assert.is(cleanPhone("01082988299"), "086-010-82988299");
  assert.is(cleanPhone("02988334444"), "086-029-88334444");
});

test("an extension stays behind the number", () => {
  for (const text of ["0571-88888888-801", "0571-88888888转801", "0571-88888888 ext 801"]) {
    assert.is(cleanPhone(text), "086-0571-88888888-801", text);
  }
});

test("the area code tells the province", () => {
  const line = parseLandline("0592-2220077");
  assert.ok(line.ok && line.province === "350000" && line.number === "2220077");
});

test("what is missing or wrong is told apart", () => {
  assert.is(faultOf("88888888"), "noArea");
  assert.is(faultOf("0001-8888888"), "area");
  assert.is(faultOf("0571-888888"), "number");
  assert.is(faultOf("0571-888888888"), "number");
  assert.is(faultOf("电话"), "shape");
  assert.is(faultOf(""), "shape");
  assert.is(faultOf("13800005678"), "shape");
});

test("a mobile number is read in its spellings", () => {
  for (const text of [
    "13800005678",
    "138 0000 5678",
    "138-0000-5678",
    "+8613800005678",
    "0086 138-0000-5678",
    "１３８００００５６７８",
  ]) {
    assert.is(parseMobile(text), "13800005678", text);
    assert.is(cleanPhone(text), "13800005678", text);
  }
});

test("a number that is no mobile number of the mainland is none", () => {
  for (const text of ["1380000567", "138000056789", "12800005678", "23800005678", ""]) {
    assert.is(parseMobile(text), undefined, text);
  }
});

test("a landline in full-width signs is read like any other", () => {
  assert.is(cleanPhone("（０５７１）８８８８　１２３４"), "086-0571-88881234");
  assert.is(cleanPhone("０５７１－８８８８１２３４"), "086-0571-88881234");
});

test("what is no phone comes back as it was typed", () => {
  assert.is(cleanPhone(" 没有 "), "没有");
});

test.run();
