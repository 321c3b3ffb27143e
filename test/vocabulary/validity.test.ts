import { suite } from "uvu";
import * as assert from "uvu/assert";
import { cleanDay, isValidity } from "../../src/vocabulary/validity.ts";

const test = suite("last day of a document");

test("a day is kept in one spelling, however it was typed", () => {
  for (const typed of [
    "2030-01-02",
    "2030-1-2",
    "2030年1月2日",
    "2030.1.2",
    "2030.01.02",
    "2030/1/2",
    "20300102",
    "２０３０年１月２日",
    " 2030 年 1 月 2 日 ",
    "2010.01.02-2030.01.02",
    "2010年1月2日至2030年1月2日",
    "20100102-20300102",
  ]) {
    assert.is(cleanDay(typed), "2030-01-02", typed);
  }
});

test("a document without an end is 长期", () => {
  for (const typed of [
    "长期",
    "永久",
    "长期有效",
    "永久有效",
    "无固定期限",
    "2010.01.02-长期",
    "至长期",
    " 长 期 ",
  ]) {
    assert.is(cleanDay(typed), "长期", typed);
  }
});

test("what is no day stays as it was typed, and is told apart", () => {
  for (const typed of ["三个月", "2030", "2030-01", "30-01-02", "明年"]) {
    assert.is(cleanDay(typed), typed);
    assert.not(isValidity(cleanDay(typed)));
  }
});

test("a day must be in the calendar", () => {
  assert.ok(isValidity(cleanDay("2028年2月29日")));
  assert.not(isValidity(cleanDay("2030年2月29日")));
  assert.not(isValidity(cleanDay("2030.13.1")));
  assert.ok(isValidity("长期"));
  assert.not(isValidity(""));
});

test.run();
