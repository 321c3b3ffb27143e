import type { Db } from "../../db/client.ts";
import { addDays, isoDate, moment } from "../../lib/dates.ts";
import { type Calendar, type Hours, workingMinutesBetween } from "../../lib/working-days.ts";
import { workingCalendar } from "../filing/sla.ts";
import type { Bureau } from "./rows.ts";
import { type BureauSettings, settingsOf } from "./settings.ts";

/** Days to look ahead; the longest holidays are nine. */
const HORIZON = 60;

const MINUTE = 60_000;

const everyDay: Calendar = { isWorkingDay: () => true };
const allDay: Hours = [["00:00", "24:00"]];

type Set = Pick<BureauSettings, "hours" | "workdaysOnly">;

const hoursOf = ({ hours }: Set): Hours => (hours.length > 0 ? hours : allDay);

const at = (day: string, clock: string): number =>
  moment(day).getTime() + (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE;

/**
 * When a bureau next takes files: undefined while it does. Without hours it always does; with `workdaysOnly` on the
 * working days of the calendar only.
 */
export function opensNext(set: Set, now: Date, calendar: Calendar): Date | undefined {
  const days = set.workdaysOnly ? calendar : everyDay;
  const today = isoDate(now);
  for (let i = 0; i < HORIZON; i++) {
    const day = addDays(today, i);
    if (!days.isWorkingDay(day)) continue;
    for (const [from, to] of hoursOf(set)) {
      if (now.getTime() >= at(day, to)) continue;
      return now.getTime() >= at(day, from) ? undefined : new Date(at(day, from));
    }
  }
  throw new RangeError("the calendar has no day on which the bureau is open");
}

/** Whole minutes between two moments in which the bureau took files. */
export const openMinutes = (set: Set, from: Date, to: Date, calendar: Calendar): number =>
  to <= from ? 0 : workingMinutesBetween(from, to, set.workdaysOnly ? calendar : everyDay, hoursOf(set));

/** As `opensNext`, for a bureau now. */
export async function bureauOpens(db: Db, bureau: Bureau, now = new Date()): Promise<Date | undefined> {
  const set = settingsOf(bureau);
  if (set.hours.length === 0 && !set.workdaysOnly) return undefined;
  return opensNext(set, now, await workingCalendar(db));
}
