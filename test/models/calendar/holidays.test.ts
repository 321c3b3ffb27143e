import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addWorkingDays } from "../../../src/lib/working-days.ts";
import { fillHolidays } from "../../../src/models/calendar/holidays.ts";
import { workingCalendar } from "../../../src/models/filing/sla.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";

const test = suite<{ base: TestDatabase }>("the calendar of mainland China");
test.before(async (context) => {
  context.base = await testDatabase();
  await fillHolidays(context.base.db);
});
test.after((context) => context.base.close());

test("knows 国庆节 and the weekend that is worked for it", async ({ base: { db } }) => {
  // 国务院办公厅关于2026年部分节假日安排的通知: 10月1日至7日放假, 9月20日（周日）、10月10日（周六）上班
  const calendar = await workingCalendar(db);
  const works = (day: string) => calendar.isWorkingDay(day);
  assert.equal(["2026-10-01", "2026-10-07", "2026-10-08", "2026-10-10", "2026-10-11"].map(works), [
    false,
    false,
    true,
    true,
    false,
  ]);
});

test("counts two working days over the holiday", async ({ base: { db } }) => {
  const calendar = await workingCalendar(db);
  const due = addWorkingDays(new Date("2026-09-30T10:00:00+08:00"), 2, calendar);
  assert.is(due.toISOString(), new Date("2026-10-09T10:00:00+08:00").toISOString());
});

test("leaves alone what an administrator changed", async ({ base: { db } }) => {
  await db`update holidays set is_working = true, name = '加班' where day = '2026-10-02'`;
  await db`delete from holidays where day = '2026-10-03'`;
  assert.is(await fillHolidays(db), 0);
  const [row] = await db<{ name: string }[]>`select name from holidays where day = '2026-10-02'`;
  assert.is(row?.name, "加班");
});

test.run();
