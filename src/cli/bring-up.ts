import { connect } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { fillHolidays } from "../models/calendar/holidays.ts";

/** Migrates a database and adds the holidays it does not know yet. Gives the names of the migrations that ran now. */
export async function bringUpToDate(url: string): Promise<string[]> {
  const ran = await migrate(url);
  const db = connect(url, { max: 1, name: "openbeian migrate" });
  try {
    await fillHolidays(db);
  } finally {
    await db.end({ timeout: 2 });
  }
  return ran;
}
