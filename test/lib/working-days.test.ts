import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as working from "../../src/lib/working-days.ts";

const test = suite("working days");

const at = (text: string) => new Date(`${text}+08:00`);
const week = working.calendarOf();

// 2026-10-01 to 10-07 are the holiday of the national day; 2026-10-10, a Saturday, is worked for it
// (as the State Council published the days off for 2026; the same in the package chinese-days).
const october = working.calendarOf(
  new Map([...[1, 2, 3, 4, 5, 6, 7].map((day) => [`2026-10-0${day}`, false] as const), ["2026-10-10", true]]),
);

test("a day has eight working hours", () => {
  assert.is(working.minutesADay(), 480);
});

test("lunch, nights and weekends do not count", () => {
  assert.equal(working.addWorkingMinutes(at("2026-11-24T11:30"), 60, week), at("2026-11-24T13:30"));
  assert.equal(working.addWorkingMinutes(at("2026-11-24T17:30"), 60, week), at("2026-11-25T09:30"));
  assert.equal(working.addWorkingMinutes(at("2026-11-27T17:30"), 60, week), at("2026-11-30T09:30"));
});

test("what comes in at night or on a Sunday begins on the next working morning", () => {
  assert.equal(working.addWorkingMinutes(at("2026-11-22T10:00"), 30, week), at("2026-11-23T09:30"));
  assert.equal(working.addWorkingMinutes(at("2026-11-23T03:00"), 30, week), at("2026-11-23T09:30"));
});

test("a working day is as long as its hours", () => {
  assert.equal(working.addWorkingDays(at("2026-11-27T16:00"), 1, week), at("2026-11-30T16:00"));
  assert.equal(working.addWorkingDays(at("2026-11-24T09:00"), 2, week), at("2026-11-25T18:00"));
});

test("holidays are free and days worked instead of them are not", () => {
  assert.equal(working.addWorkingDays(at("2026-09-30T10:00"), 1, october), at("2026-10-08T10:00"));
  assert.equal(working.addWorkingDays(at("2026-10-09T10:00"), 1, october), at("2026-10-10T10:00"));
  assert.is(working.nextWorkingDay("2026-09-30", october), "2026-10-08");
});

test("time between is the time added", () => {
  const from = at("2026-09-30T16:20");
  for (const minutes of [0, 1, 99, 480, 1000, 4000]) {
    const to = working.addWorkingMinutes(from, minutes, october);
    assert.is(working.workingMinutesBetween(from, to, october), minutes);
    assert.equal(working.workingMinutesBetween(to, from, october), -minutes || 0);
  }
});

test("hours of one's own are kept to", () => {
  const short = [["10:00", "12:00"]] as const;
  assert.equal(working.addWorkingDays(at("2026-11-24T11:00"), 1, week, short), at("2026-11-25T11:00"));
});

test("a calendar without working days is told, not waited for", () => {
  const never = { isWorkingDay: () => false };
  assert.throws(() => working.addWorkingMinutes(at("2026-11-24T11:00"), 1, never), RangeError);
  assert.throws(() => working.nextWorkingDay("2026-11-24", never), RangeError);
});

test("spans are told in working days", () => {
  assert.is(working.workingSpanText(600), "1天2小时");
  assert.is(working.workingSpanText(480), "1天");
  assert.is(working.workingSpanText(222), "3小时42分");
  assert.is(working.workingSpanText(5), "5分钟");
});

test.run();
