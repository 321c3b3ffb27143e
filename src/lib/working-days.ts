import { addDays, isoDate, moment } from "./dates.ts";

/** Says of a calendar day YYYY-MM-DD whether people work on it. */
export type Calendar = { isWorkingDay(date: string): boolean };

/** Working hours of a day in order, as pairs of HH:MM. */
export type Hours = readonly (readonly [start: string, end: string])[];

/** 9:00–18:00 with an hour for lunch: eight working hours. */
export const usualHours: Hours = [
  ["09:00", "12:00"],
  ["13:00", "18:00"],
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Enough to cross any holiday; guards against a calendar without working days. */
const HORIZON = 3660;

/**
 * Monday to Friday, corrected by days that differ.
 * @param exceptions day YYYY-MM-DD → true: worked (调休), false: free (节假日)
 */
export function calendarOf(exceptions: ReadonlyMap<string, boolean> = new Map()): Calendar {
  // A list of clocks asks for the same few days again and again.
  const known = new Map(exceptions);
  return {
    isWorkingDay(date) {
      const found = known.get(date);
      if (found !== undefined) return found;
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      const isWorking = weekday !== 0 && weekday !== 6;
      known.set(date, isWorking);
      return isWorking;
    },
  };
}

/** Working minutes of one working day. */
export function minutesADay(hours: Hours = usualHours): number {
  return spansOf(hours).reduce((sum, [start, end]) => sum + (end - start) / MINUTE, 0);
}

/** Milliseconds of a day at which the clock shows HH:MM. */
const timeOf = (clock: string): number => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE;

const spansOf = (hours: Hours): [number, number][] =>
  hours.map(([start, end]) => [timeOf(start), timeOf(end)]);

/** Days YYYY-MM-DD by their number since 1970: a list of clocks walks over the same few again and again. */
const names = new Map<number, string>();
const MOST_NAMES = 10_000;

function nameOf(day: number): string {
  const known = names.get(day);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) names.clear();
  const name = new Date(day * DAY).toISOString().slice(0, 10);
  names.set(day, name);
  return name;
}

/** The spans of working time from a moment on, each cut to lie after it. */
function* workingSpans(from: Date, calendar: Calendar, hours: Hours): Generator<[number, number]> {
  const spans = spansOf(hours);
  const today = isoDate(from);
  const first = Date.parse(today) / DAY;
  const start = moment(today).getTime();
  for (let i = 0; i < HORIZON; i++) {
    if (!calendar.isWorkingDay(nameOf(first + i))) continue;
    const midnight = start + i * DAY;
    for (const [begin, end] of spans)
      if (midnight + end > from.getTime()) yield [Math.max(midnight + begin, from.getTime()), midnight + end];
  }
}

/** The moment at which so many minutes of working time have passed; throws RangeError without working days. */
export function addWorkingMinutes(from: Date, minutes: number, calendar: Calendar, hours = usualHours): Date {
  let left = minutes * MINUTE;
  for (const [start, end] of workingSpans(from, calendar, hours)) {
    if (left <= end - start) return new Date(start + left);
    left -= end - start;
  }
  throw new RangeError("the calendar has no working days");
}

/** Eight hours (or what the hours add up to) a day: from Friday 16:00, one working day ends on Monday 16:00. */
export function addWorkingDays(from: Date, days: number, calendar: Calendar, hours = usualHours): Date {
  return addWorkingMinutes(from, days * minutesADay(hours), calendar, hours);
}

/** Working minutes between two moments; negative when the second lies before the first. */
export function workingMinutesBetween(from: Date, to: Date, calendar: Calendar, hours = usualHours): number {
  if (to < from) return -workingMinutesBetween(to, from, calendar, hours);
  let sum = 0;
  for (const [start, end] of workingSpans(from, calendar, hours)) {
    if (start >= to.getTime()) break;
    sum += Math.min(end, to.getTime()) - start;
  }
  return Math.floor(sum / MINUTE);
}

/** 1天2小时 of working time for the console's clock; a day is a working day. */
export function workingSpanText(minutes: number, hours = usualHours): string {
  const whole = Math.abs(Math.trunc(minutes));
  const daily = minutesADay(hours);
  const [days, rest] = [Math.floor(whole / daily), whole % daily];
  const [hour, minute] = [Math.floor(rest / 60), rest % 60];
  if (days > 0) return hour > 0 ? `${days}天${hour}小时` : `${days}天`;
  if (hour > 0) return minute > 0 ? `${hour}小时${minute}分` : `${hour}小时`;
  return minute > 0 ? `${minute}分钟` : "不到1分钟";
}

/** The first working day after a day. */
export function nextWorkingDay(date: string, calendar: Calendar): string {
  for (let i = 1; i < HORIZON; i++) {
    const next = addDays(date, i);
    if (calendar.isWorkingDay(next)) return next;
  }
  throw new RangeError("the calendar has no working days");
}
