import { suite } from "uvu";
import * as assert from "uvu/assert";
import { noticesOfFiling, noticesOfIsp, unsentNotices } from "../../../src/models/notice/log.ts";
import { noticeRegistrant } from "../../../src/models/notice/registrant.ts";
import { beginSending } from "../../../src/models/notice/sending.ts";
import { noticeStaff } from "../../../src/models/notice/staff.ts";
import { createStaff } from "../../../src/models/staff/staff.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { type NoticeWorld, noticeWorld } from "../../support/notices.ts";

const test = suite("whom a notice goes to");
let database: TestDatabase;
let world: NoticeWorld;
let filing: { id: number; ispId: number; accountId: number };

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  const { ispId, accountId, store } = world;
  const [row] = await database.db<{ id: number }[]>`
    insert into filings (number, isp_id, account_id, kind, nature, data_key)
    values ('20261118-0042', ${ispId}, ${accountId}, 'first', 4, ${store.vault.newDataKey().wrapped}) returning id`;
  filing = { id: row?.id ?? 0, ispId, accountId };
});
test.after(() => database.close());

test("is the registrant, by mail and on the phone, once for one cause", async () => {
  const tell = () =>
    noticeRegistrant(world.store, filing, "filing-closed", { reason: "重复" }, "close:event:7");
  await tell();
  await tell();
  const told = await noticesOfFiling(database.db, filing.ispId, filing.id);
  assert.equal(told.map(({ channel }) => channel).sort(), ["mail", "sms"]);
  assert.is(told[0]?.filing, "20261118-0042");
  const opened = await Promise.all(told.map(({ id }) => beginSending(world.store, id)));
  assert.equal(opened.map((one) => one?.address).sort(), [world.mobile, world.email].sort());
  assert.equal(opened[0]?.variables, { reason: "重复" });
});

test("is nobody when the transaction it belongs to is taken back", async () => {
  const before = await noticesOfFiling(database.db, filing.ispId, filing.id);
  const undone = inTransaction(world.store, async (inside) => {
    await noticeRegistrant(inside, filing, "filing-verified", {}, "verify:event:8");
    throw new Error("taken back");
  });
  assert.is(await undone.catch((error: Error) => error.message), "taken back");
  assert.is((await noticesOfFiling(database.db, filing.ispId, filing.id)).length, before.length);
  const [jobs] = await database.db<{ count: number }[]>`select count(*) as count from graphile_worker.jobs`;
  assert.is(jobs?.count, before.length);
});

test("is active staff of the role who have an address", async () => {
  const { ispId, store } = world;
  const person = { ispId, password: "correct horse battery", roles: ["submitter"] as const };
  await createStaff(store, { ...person, userName: "sunqi", name: "孙七", email: "sunqi@example.cn" });
  await createStaff(store, { ...person, userName: "zhouba", name: "周八" });
  const gone = await createStaff(store, {
    ...person,
    userName: "wujiu",
    name: "吴九",
    email: "wujiu@example.cn",
  });
  await database.db`update staff set active = false where id = ${gone}`;
  const tell = () =>
    noticeStaff(
      store,
      { ispId, role: "submitter" },
      "bureau-stopped",
      { bureau: "京", reason: "5" },
      "stop:1",
    );
  assert.is(await tell(), 1);
  assert.is(await tell(), 0);
  const [notice] = await noticesOfIsp(database.db, ispId, { states: ["queued"] });
  assert.is((await beginSending(store, notice?.id ?? ""))?.address, "sunqi@example.cn");
});

test("leaves neither address nor words readable in the database", async () => {
  const rows = await database.db<{ row: string }[]>`select n::text as row from notices n`;
  assert.ok(rows.length > 0);
  for (const { row } of rows) assert.not.match(row, /example\.cn|13800001234|重复|张三/);
});

test("is shown only to the provider it belongs to", async () => {
  assert.is((await noticesOfFiling(database.db, filing.ispId + 1, filing.id)).length, 0);
  assert.is((await noticesOfIsp(database.db, filing.ispId + 1)).length, 0);
  const unsent = await unsentNotices(database.db);
  assert.is(
    unsent.reduce((sum, { count }) => sum + count, 0),
    (await noticesOfIsp(database.db, filing.ispId)).length,
  );
});

test.run();
