import { suite } from "uvu";
import * as assert from "uvu/assert";
import { calendarOf } from "../../../src/lib/working-days.ts";
import { openMinutes, opensNext } from "../../../src/models/bureau/hours.ts";
import type { BureauSettings } from "../../../src/models/bureau/settings.ts";

const test = suite("the hours of a bureau");

/** 2026-10-01 to 10-07 are free, Saturday the 10th is worked. */
const calendar = calendarOf(
  new Map([
    ...[1, 2, 3, 4, 5, 6, 7].map((day): [string, boolean] => [`2026-10-0${day}`, false]),
    ["2026-10-10", true],
  ]),
);

type Hours = Pick<BureauSettings, "hours" | "workdaysOnly">;
const always: Hours = { hours: [], workdaysOnly: false };
const office: Hours = {
  hours: [
    ["08:30", "12:00"],
    ["13:00", "17:30"],
  ],
  workdaysOnly: true,
};
const daily: Hours = { ...office, workdaysOnly: false };

const there = (text: string): Date => new Date(`${text}+08:00`);

const cases: [what: string, hours: Hours, now: string, opens: string | undefined][] = [
  ["without any it is always open", always, "2026-10-03T03:00", undefined],
  ["a minute before the first it waits for it", office, "2026-09-30T08:29", "2026-09-30T08:30"],
  ["at the first minute it is open", office, "2026-09-30T08:30", undefined],
  ["in the last minute it is open", office, "2026-09-30T11:59", undefined],
  ["at the end it is closed until the afternoon", office, "2026-09-30T12:00", "2026-09-30T13:00"],
  ["in the evening it waits for the next working day", office, "2026-09-30T17:30", "2026-10-08T08:30"],
  ["on a weekend that is worked it is open", office, "2026-10-10T09:00", undefined],
  ["on a weekend it waits for Monday", office, "2026-10-11T09:00", "2026-10-12T08:30"],
  ["every day means holidays too", daily, "2026-10-03T09:00", undefined],
  ["the evening waits for the morning", daily, "2026-10-03T18:00", "2026-10-04T08:30"],
  [
    "working days alone are open around the clock",
    { hours: [], workdaysOnly: true },
    "2026-09-30T23:59",
    undefined,
  ],
  ["and closed on the others", { hours: [], workdaysOnly: true }, "2026-10-01T00:00", "2026-10-08T00:00"],
];

for (const [what, hours, now, opens] of cases)
  test(what, () => {
    const found = opensNext(hours, there(now), calendar);
    assert.is(found?.toISOString(), opens && there(opens).toISOString());
  });

test("count towards a term only as far as they were open", () => {
  const [from, to] = [there("2026-09-30T17:00"), there("2026-10-08T09:00")];
  assert.is(openMinutes(office, from, to, calendar), 60);
  assert.is(openMinutes(daily, from, there("2026-09-30T20:00"), calendar), 30);
  assert.is(openMinutes(always, from, there("2026-09-30T20:00"), calendar), 180);
  assert.is(openMinutes(office, to, from, calendar), 0);
});

test.run();
