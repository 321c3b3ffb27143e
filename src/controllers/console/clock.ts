import { remainingText, spanText } from "../../lib/dates.ts";
import { type Memory, memory } from "../../lib/memory.ts";
import { type Calendar, type Hours, workingMinutesBetween, workingSpanText } from "../../lib/working-days.ts";
import type { ListedFiling } from "../../models/filing/rows.ts";
import { workingCalendar } from "../../models/filing/sla.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import type { Deps } from "../deps.ts";

/** The clock of a filing: `used` is how much of its time is over, 0 to 1; undefined where there is no due time. */
export type Clock = { tone: "bad" | "warn" | "ok" | ""; words: string; used: number | undefined };

/** By which time is counted: working days, working hours of the provider, now. */
export type WorkingTime = { calendar: Calendar; hours: Hours; now: Date };

/** Three working hours before the end the clock turns yellow. */
const SOON = 180;

/** How long a process may count by an old calendar or old working hours, in milliseconds. */
const FRESH = 1_000;

const remembered = new WeakMap<Deps["db"], Memory<Omit<WorkingTime, "now">>>();

export async function workingTime({ db }: Deps, ispId: number): Promise<WorkingTime> {
  const known = remembered.get(db) ?? memory(FRESH);
  remembered.set(db, known);
  const times = await known.of(String(ispId), async () => {
    const [calendar, { workingHours }] = await Promise.all([workingCalendar(db), ispSettings(db, ispId)]);
    return { calendar, hours: workingHours as Hours };
  });
  return { ...times, now: new Date() };
}

/** 超时1天2小时, 剩48分 in working time; without a due time how long the filing has stood there. */
export function clockOf(filing: ListedFiling, time: WorkingTime): Clock {
  const { dueAt, stateSince, smsUntil } = filing;
  const { now } = time;
  if (filing.state === "sms_pending" && smsUntil && smsUntil > now)
    return { tone: "", words: remainingText(smsUntil, now), used: undefined };
  if (!dueAt)
    return { tone: "", words: `已${spanText(now.getTime() - stateSince.getTime())}`, used: undefined };
  return dueClock({ dueAt, since: stateSince }, time);
}

/** The clock of whatever is due at a time and has stood there since another. */
export function dueClock(
  { dueAt, since }: { dueAt: Date; since: Date },
  { calendar, hours, now }: WorkingTime,
): Clock {
  const left = workingMinutesBetween(now, dueAt, calendar, hours);
  const words = workingSpanText(left, hours).replace("分钟", "分");
  if (dueAt < now) return { tone: "bad", words: `超时${words}`, used: 1 };
  const whole = Math.max(workingMinutesBetween(since, dueAt, calendar, hours), 1);
  return { tone: left <= SOON ? "warn" : "ok", words: `剩${words}`, used: 1 - Math.min(left / whole, 1) };
}
