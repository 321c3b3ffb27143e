import { type CronItem, type ParsedCronItem, parseCronItems } from "graphile-worker";
import type { JobName } from "../src/jobs.ts";

const DAY = 86_400_000;

/** A time of day in Asia/Shanghai as a crontab pattern, which the queue reads in UTC. China has no summer time. */
const daily = (task: JobName, hour: number, minute: number): CronItem => ({
  task,
  match: `${minute} ${(hour + 16) % 24} * * *`,
  // missed because no worker was up: made up for once
  options: { backfillPeriod: DAY, maxAttempts: 10, jobKey: task },
});

/** What comes again soon is not made up for. The key keeps a slow one from piling up. */
const often = (task: JobName, match: string): CronItem => ({
  task,
  match,
  options: { maxAttempts: 3, jobKey: task },
});

/** When the recurring jobs run. What writes to people runs in their morning, never at night. */
const schedule: CronItem[] = [
  often("poll-bureaus", "* * * * *"),
  often("remind-sla", "*/15 * * * *"),
  often("remind-inquiries", "*/15 * * * *"),
  often("sweep", "40 * * * *"),
  daily("end-terms", 9, 10),
  daily("end-terminations", 9, 15),
  daily("expire-materials", 9, 20),
  daily("remind-certificates", 9, 25),
  daily("miss-numbers", 9, 30),
  daily("remind-cuts", 9, 35),
  daily("anchor-history", 23, 50),
];

/** The schedule of these jobs, for the queue. */
export const cronItems = (names: readonly string[]): ParsedCronItem[] =>
  parseCronItems(schedule.filter(({ task }) => names.includes(task)));
