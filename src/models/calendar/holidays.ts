import { readFileSync } from "node:fs";
import type { Db } from "../../db/client.ts";
import { projectPath } from "../../lib/project.ts";

type Published = Record<"holidays" | "workdays", Record<string, string>>;

/**
 * Holidays and worked weekends as the State Council announces them each autumn for the next year, taken from the
 * package chinese-days. Only years that the table does not know are added, so that an administrator's edits stay.
 * Gives how many days were added.
 */
export async function fillHolidays(db: Db): Promise<number> {
  const file = projectPath("node_modules/chinese-days/dist/chinese-days.json");
  const published = JSON.parse(readFileSync(file, "utf8")) as Published;
  const days = [...rowsOf(published.holidays, false), ...rowsOf(published.workdays, true)];
  const rows = await db`
    insert into holidays (day, is_working, name)
    select (d->>'day')::date, (d->>'isWorking')::boolean, d->>'name' from jsonb_array_elements(${db.json(days)}) d
    where extract(year from (d->>'day')::date) not in (select distinct extract(year from day) from holidays)
    on conflict do nothing returning day`;
  return rows.length;
}

/** The name is "National Day,国庆节,3": English, Chinese, length. */
const rowsOf = (days: Record<string, string>, isWorking: boolean) =>
  Object.entries(days).map(([day, name]) => ({ day, isWorking, name: name.split(",")[1] ?? name }));
