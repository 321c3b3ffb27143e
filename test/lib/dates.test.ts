import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as dates from "../../src/lib/dates.ts";

const test = suite("dates");
const now = new Date("2026-11-24T06:35:00Z");

test("days are those of Shanghai, whatever the machine's zone", () => {
  assert.is(dates.isoDate(new Date("2026-12-03T16:00:00Z")), "2026-12-04");
  assert.is(dates.isoDate(new Date("2026-12-03T15:59:59Z")), "2026-12-03");
  assert.is(dates.isoTime(now), "2026-11-24T14:35+08:00");
  assert.is(dates.moment("2026-12-04").toISOString(), "2026-12-03T16:00:00.000Z");
});

test("days and hours are those of the zone's table, also in the summers that had an hour more", () => {
  const table = new Intl.DateTimeFormat("sv-SE", {
    timeZone: dates.ZONE,
    dateStyle: "short",
    timeStyle: "short",
  });
  for (let time = Date.UTC(1980, 0, 1); time < Date.UTC(2060, 0, 1); time += 97 * 3_600_000 + 60_000)
    assert.is(`${dates.isoDate(new Date(time))} ${dates.clock(new Date(time))}`, table.format(time));
});

test("a day is written with its weekday, the year only when it is another one", () => {
  assert.is(dates.dayText("2026-12-04", now), "12月4日（周五）");
  assert.is(dates.dateText("2027-02-22", now), "2027年2月22日");
  assert.is(dates.fullDayText("2026-12-04"), "2026年12月4日（周五）");
  assert.is(dates.fullDateText("2026-12-04"), "2026年12月4日");
});

test("a time follows its day, on the console in figures", () => {
  const time = new Date("2026-11-20T08:20:00Z");
  assert.is(dates.timeText(time, now), "11月20日16:20");
  assert.is(dates.consoleTime(time, now), "11-20 16:20");
  assert.is(dates.consoleTime(new Date("2025-11-20T08:20:00Z"), now), "2025-11-20 16:20");
});

test("what is left is told in the largest useful units", () => {
  const after = (minutes: number) => dates.remainingText(new Date(now.getTime() + minutes * 60_000), now);
  assert.is(after(10 * 1440 + 30), "还有10天");
  assert.is(after(1440 + 120), "还有1天2小时");
  assert.is(after(222), "还剩3小时42分");
  assert.is(after(180), "还剩3小时");
  assert.is(after(5), "还剩5分钟");
  assert.is(after(0), "还剩不到1分钟");
  assert.is(after(-1560), "已过1天2小时");
});

test("days and months are counted over their ends", () => {
  assert.is(dates.addDays("2026-12-31", 1), "2027-01-01");
  assert.is(dates.addDays("2024-03-01", -1), "2024-02-29");
  assert.is(dates.addMonths("2026-11-30", 3), "2027-02-28");
  assert.is(dates.addMonths("2026-11-22", 3), "2027-02-22");
  assert.is(dates.daysBetween("2026-11-24", "2026-12-04"), 10);
  assert.is(dates.ageOn("2008-02-29", "2026-02-28"), 17);
  assert.is(dates.ageOn("2008-02-29", "2026-03-01"), 18);
});

test("a day that does not exist is none", () => {
  assert.ok(dates.isDate("2024-02-29"));
  for (const text of ["2026-02-29", "2026-13-01", "2026-1-1", "", "2026-00-10"])
    assert.not(dates.isDate(text), text);
  assert.throws(() => dates.moment("gestern"), RangeError);
});

test.run();
