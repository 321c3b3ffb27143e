import type { Db } from "../../db/client.ts";
import { addDays, isoDate, moment } from "../../lib/dates.ts";

/** When a 面签地址 receives people. */
export type Opening = {
  /** 1 Monday … 7 Sunday. */
  weekdays: readonly number[];
  /** Pairs of HH:MM, in order. */
  spans: readonly (readonly [start: string, end: string])[];
  /** People received each half hour; 0: no bookings. */
  capacity: number;
};

/** Days that differ from their weekday: true worked (调休), false free (节假日). */
export type Exceptions = ReadonlyMap<string, boolean>;

const HALF_HOUR = 30;
/** How many days ahead one may book. */
export const BOOKABLE_DAYS = 30;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const two = (n: number): string => String(n).padStart(2, "0");
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** Whether the place receives people on a day YYYY-MM-DD. */
export function isOpenOn({ weekdays }: Opening, day: string, exceptions: Exceptions): boolean {
  const exception = exceptions.get(day);
  if (exception !== undefined) return exception && weekdays.length > 0;
  return weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
}

/** The half hours of a day as HH:MM; one that does not end within its span is none. */
export function timesOf({ spans }: Pick<Opening, "spans">): string[] {
  return spans.flatMap(([start, end]) => {
    const last = minutesOf(end) - HALF_HOUR;
    const times: string[] = [];
    for (let at = minutesOf(start); at <= last; at += HALF_HOUR) times.push(clockOf(at));
    return times;
  });
}

/** The days that can be booked: from tomorrow on, so that each can still be moved the day before. */
export function bookableDays(opening: Opening, exceptions: Exceptions, now: Date): string[] {
  if (opening.capacity === 0 || opening.spans.length === 0) return [];
  const today = isoDate(now);
  return Array.from({ length: BOOKABLE_DAYS }, (_, at) => addDays(today, at + 1)).filter((day) =>
    isOpenOn(opening, day, exceptions),
  );
}

/** Whether a half hour can be booked as far as the calendar goes; whether a seat is free is another matter. */
export const isBookable = (
  opening: Opening,
  exceptions: Exceptions,
  now: Date,
  { day, time }: { day: string; time: string },
): boolean => bookableDays(opening, exceptions, now).includes(day) && timesOf(opening).includes(time);

/** The moment of a half hour in the zone. */
export const startOf = (day: string, time: string): Date =>
  new Date(moment(day).getTime() + minutesOf(time) * 60_000);

/** Holidays and worked weekends of the weeks that can be booked. */
export async function exceptionsAhead(db: Db): Promise<Exceptions> {
  const rows = await db<{ day: string; isWorking: boolean }[]>`
    select day, is_working from holidays where day between current_date - 2 and current_date + ${BOOKABLE_DAYS + 3}::int`;
  return new Map(rows.map(({ day, isWorking }) => [day, isWorking]));
}
