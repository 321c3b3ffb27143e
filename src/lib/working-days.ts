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

/** Enough to cross any holiday; guards against a calendar without working days. */
const HORIZON = 3660;

/**
 * Monday to Friday, corrected by days that differ.
 * @param exceptions day YYYY-MM-DD → true: worked (调休), false: free (节假日)
 */
export function calendarOf(exceptions: ReadonlyMap<string, boolean> = new Map()): Calendar {
  return {
    isWorkingDay(date) {
      const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
      return exceptions.get(date) ?? (weekday !== 0 && weekday !== 6);
    },
  };
}

/** Working minutes of one working day. */
export function minutesADay(hours: Hours = usualHours): number {
  return spansOf("2026-01-01", hours).reduce((sum, [start, end]) => sum + (end - start) / MINUTE, 0);
}

function spansOf(date: string, hours: Hours): [number, number][] {
  return hours.map(([start, end]) => [at(date, start), at(date, end)]);
}

function at(date: string, clock: string): number {
  return moment(date).getTime() + (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE;
}

/** The spans of working time from a moment on, each cut to lie after it. */
function* workingSpans(from: Date, calendar: Calendar, hours: Hours): Generator<[number, number]> {
  let date = isoDate(from);
  for (let i = 0; i < HORIZON; i++, date = addDays(date, 1)) {
    if (!calendar.isWorkingDay(date)) continue;
    for (const [start, end] of spansOf(date, hours)) {
      if (end > from.getTime()) yield [Math.max(start, from.getTime()), end];
    }
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
