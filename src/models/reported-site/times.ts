import { isDate } from "../../lib/dates.ts";

/** 2026-11-20, 2026/11/20 or 20261120, with a time of day (Asia/Shanghai) or without. */
const SHAPE = /^(\d{4})[-/年]?(\d{2})[-/月]?(\d{2})日?(?:[ T]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?/;

/** A time as a bureau writes it; undefined for other words. */
export function bureauTime(text: string): Date | undefined {
  const [, year, month, day, hour = "00", minute = "00", second = "00"] = SHAPE.exec(text.trim()) ?? [];
  if (!isDate(`${year}-${month}-${day}`)) return undefined;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
