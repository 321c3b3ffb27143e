/** Calendar, deadlines and display of the whole application are in this zone. */
export const ZONE = "Asia/Shanghai";

/** A moment, or a calendar day YYYY-MM-DD of the zone. */
export type When = Date | string;

export type Parts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: number;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEKDAYS = "日一二三四五六";

const formatter = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

/** Midnight in the zone for YYYY-MM-DD, the moment itself for a Date; throws RangeError on anything else. */
export function moment(when: When): Date {
  const date =
    typeof when === "string" && when.length === 10 ? new Date(`${when}T00:00:00+08:00`) : new Date(when);
  if (Number.isNaN(date.getTime())) throw new RangeError(`not a date: ${when}`);
  return date;
}

/** From 1991-09-15 on the zone is eight hours ahead, summer and winter; before that summers had an hour more. */
const SETTLED = Date.UTC(1991, 8, 15);
const AHEAD = 8 * 60 * MINUTE;

/** Year, month (1–12), day, hour, minute and weekday (0 is Sunday) in the zone. */
export function partsOf(when: When): Parts {
  const time = moment(when).getTime();
  return time < SETTLED ? formerParts(time) : settledParts(time);
}

/** By arithmetic, since a list asks hundreds of times: the formatter takes twenty times as long. */
function settledParts(time: number): Parts {
  const there = new Date(time + AHEAD);
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    hour: there.getUTCHours(),
    minute: there.getUTCMinutes(),
    weekday: there.getUTCDay(),
  };
}

function formerParts(time: number): Parts {
  const found: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(time)) found[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = found;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

const two = (n: number): string => String(n).padStart(2, "0");

/** 2026-12-04 */
export function isoDate(when: When): string {
  const { year, month, day } = partsOf(when);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** 2026-12-04T16:20+08:00, for the attribute of a time element. */
export function isoTime(when: When): string {
  return `${isoDate(when)}T${clock(when)}+08:00`;
}

/** 16:20 */
export function clock(when: When): string {
  const { hour, minute } = partsOf(when);
  return `${two(hour)}:${two(minute)}`;
}

/** 12月4日; with the year where it is not that of `now`: 2027年2月22日. */
export function dateText(when: When, now: Date): string {
  const { year, month, day } = partsOf(when);
  const short = `${month}月${day}日`;
  return year === partsOf(now).year ? short : `${year}年${short}`;
}

/** 12月4日（周五） */
export function dayText(when: When, now: Date): string {
  return `${dateText(when, now)}（周${WEEKDAYS[partsOf(when).weekday]}）`;
}

/** 11月20日16:20 */
export function timeText(when: When, now: Date): string {
  return dateText(when, now) + clock(when);
}

/** 2026年12月4日, the year always written: for what is kept and read at any time. */
export function fullDateText(when: When): string {
  const { year, month, day } = partsOf(when);
  return `${year}年${month}月${day}日`;
}

/** 2026年12月4日（周五）, the year always written: for printed and kept documents. */
export function fullDayText(when: When): string {
  return `${fullDateText(when)}（周${WEEKDAYS[partsOf(when).weekday]}）`;
}

/** 11-20 16:20 of the console's tables; 2025-11-20 16:20 in another year. */
export function consoleTime(when: When, now: Date): string {
  const iso = isoDate(when);
  return `${partsOf(when).year === partsOf(now).year ? iso.slice(5) : iso} ${clock(when)}`;
}

/** 10天, 1天2小时, 3小时42分, 5分钟, 不到1分钟; milliseconds without a sign. */
export function spanText(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days >= 3) return `${days}天`;
  if (days > 0) return hours > 0 ? `${days}天${hours}小时` : `${days}天`;
  if (hours > 0) return rest > 0 ? `${hours}小时${rest}分` : `${hours}小时`;
  return rest > 0 ? `${rest}分钟` : "不到1分钟";
}

/** What is left until a deadline: 还有10天, 还剩3小时42分 (less than a day), 已过1天2小时. */
export function remainingText(until: When, now: Date): string {
  const left = moment(until).getTime() - now.getTime();
  if (left < 0) return `已过${spanText(left)}`;
  return (left >= DAY ? "还有" : "还剩") + spanText(left);
}

/** YYYY-MM-DD plus n days (n may be negative). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** YYYY-MM-DD plus n months; the day is cut to the length of the month (11-30 and 3 months: 02-28). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** Whole days from one calendar day to another, negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** True for a day that exists, as YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whole years from a day of birth to a day. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}
