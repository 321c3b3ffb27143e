import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bookableDays, isOpenOn, type Opening, timesOf } from "../../../src/models/appointment/opening.ts";

const test = suite("when a place receives people");

const place: Opening = {
  weekdays: [1, 2, 3, 4, 5],
  spans: [
    ["09:00", "10:15"],
    ["13:30", "15:00"],
  ],
  capacity: 2,
};

/** 国庆节 2026 as the State Council announced it: off from October 1 to 7, the Saturday after is worked. */
const october = new Map([
  ...[1, 2, 3, 4, 5, 6, 7].map((day) => [`2026-10-0${day}`, false] as const),
  ["2026-10-10", true] as const,
]);

test("has the half hours that end within its spans", () => {
  assert.equal(timesOf(place), ["09:00", "09:30", "13:30", "14:00", "14:30"]);
});

test("is closed on holidays and open on worked weekends", () => {
  const open = (day: string) => isOpenOn(place, day, october);
  assert.equal(["2026-10-01", "2026-10-08", "2026-10-10", "2026-10-11"].map(open), [
    false,
    true,
    true,
    false,
  ]);
  assert.not.ok(isOpenOn({ ...place, weekdays: [] }, "2026-10-10", october));
});

test("is open on a Saturday of its own, unless that is a holiday", () => {
  const saturdays = { ...place, weekdays: [6] };
  assert.equal(
    ["2026-10-03", "2026-10-17", "2026-10-16"].map((day) => isOpenOn(saturdays, day, october)),
    [false, true, false],
  );
});

test("can be booked from tomorrow on by the clock of the zone, for thirty days", () => {
  const days = bookableDays(place, october, new Date("2026-09-29T16:30:00Z"));
  assert.is(days[0], "2026-10-08", "it is September 30 in Shanghai, and the holidays follow");
  assert.is(days.at(-1), "2026-10-30");
  assert.equal(bookableDays({ ...place, capacity: 0 }, october, new Date()), []);
});

test.run();
