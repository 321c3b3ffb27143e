import type { Db } from "../../db/client.ts";
import { addWorkingDays, type Calendar, calendarOf } from "../../lib/working-days.ts";
import { ispSettings } from "../isp/settings.ts";
import type { Store } from "../store.ts";
import type { State } from "./states.ts";

/** Stages with a clock for staff; the number of working days is a setting of the provider. */
const stages = [
  "initial_review",
  "verification",
  "ready",
  "bureau_returned",
] as const satisfies readonly State[];

export type Stage = (typeof stages)[number];

export const isStage = (state: State): state is Stage => (stages as readonly State[]).includes(state);

/** Working days of mainland China from the table `holidays`: a year and more around today, as far as any clock reaches. */
export async function workingCalendar(db: Db): Promise<Calendar> {
  const rows = await db<{ day: string; isWorking: boolean }[]>`
    select day, is_working from holidays where day between current_date - 400 and current_date + 800`;
  return calendarOf(new Map(rows.map(({ day, isWorking }) => [day, isWorking])));
}

/** When staff must be done with a filing that enters a state now; null where nobody of the provider has a clock. */
export async function dueAt({ db }: Store, ispId: number, state: State, now: Date): Promise<Date | null> {
  if (!isStage(state)) return null;
  const { reviewDays, workingHours } = await ispSettings(db, ispId);
  return addWorkingDays(now, reviewDays[state], await workingCalendar(db), workingHours);
}
