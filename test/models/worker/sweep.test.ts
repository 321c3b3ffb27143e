import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addAccount } from "../../../src/models/account/add.ts";
import { requestCode } from "../../../src/models/code/codes.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { filesWithoutRow, releaseOriginals, sweeps } from "../../../src/models/worker/sweep.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { type NoticeWorld, noticeWorld } from "../../support/notices.ts";

const test = suite("the sweep");
let database: TestDatabase;
let world: NoticeWorld;

const sweep = async (name: string): Promise<number> => {
  const work = sweeps[name];
  if (!work) throw new Error(`no sweep ${name}`);
  return work(database.db);
};

const rowsOf = async (table: string): Promise<number> => {
  const [row] = await database.db<{ count: number }[]>`select count(*) as count from ${database.db(table)}`;
  return row?.count ?? 0;
};

/** Registers somebody who never activates, with the code and its notice. */
const register = (userName: string, mobile: string): Promise<number> =>
  inTransaction(world.store, async (inside) => {
    const { ispId } = world;
    const person = {
      userName,
      password: "correct horse battery",
      name: "李四",
      email: `${userName}@example.cn`,
      mobile,
    };
    const account = {
      ...person,
      ispId,
      division: "110105",
      agreementVersion: "1",
      state: "pending" as const,
    };
    const accountId = (await addAccount(inside, account)) ?? 0;
    const code = { purpose: "activation" as const, holder: `account:${accountId}`, target: person.email };
    await requestCode(inside, { ...code, ispId, accountId, channel: "mail" });
    return accountId;
  });

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
});
test.after(() => database.close());

test("removes accounts nobody activated with their codes and notices, and no other", async () => {
  const lapsed = await register("lisi01", "13800000001");
  await register("wangwu", "13800000002");
  await database.db`update accounts set lapses_at = now() - interval '1 minute' where id = ${lapsed}`;
  assert.is(await sweep("lapsed accounts"), 1);
  assert.is(await sweep("lapsed accounts"), 0);
  assert.equal(
    (await database.db`select user_name from accounts order by user_name`).map(({ userName }) => userName),
    ["wangwu", "zhangsan"],
  );
  assert.is(await rowsOf("codes"), 1);
  assert.is(await rowsOf("notices"), 1);
});

test("frees the name of a lapsed account at once for who registers it again", async () => {
  const lapsed = await register("zhaoliu", "13800000003");
  await database.db`update accounts set lapses_at = now() - interval '1 minute' where id = ${lapsed}`;
  const again = await register("ZhaoLiu", "13800000004");
  assert.ok(again > lapsed);
  await database.db`update accounts set lapses_at = now() - interval '1 minute' where id = ${again}`;
  assert.is(await sweep("lapsed accounts"), 1);
});

test("removes sessions, captchas, limits and workers that are over, and leaves the others", async () => {
  const { db } = database;
  await db`
    insert into account_sessions (id, user_id, expires_at)
    values ('old', ${world.accountId}, now() - interval '1 second'), ('new', ${world.accountId}, now() + interval '1 hour')`;
  await db`insert into captchas (answer_hash, expires_at) values ('a', now() - interval '1 second'), ('b', now() + interval '1 hour')`;
  await db`insert into rate_limits values ('a', now() - interval '3 days', 1), ('b', now(), 1)`;
  await db`insert into workers (id, host, pid, beat_at) values ('a', 'h', 1, now() - interval '2 hours'), ('b', 'h', 2, now())`;
  const names = [
    "expired sessions of registrants",
    "expired captchas",
    "old rate limits",
    "rows of workers long gone",
  ];
  for (const name of names) assert.is(await sweep(name), 1, name);
  for (const table of ["account_sessions", "captchas", "rate_limits", "workers"])
    assert.is(await rowsOf(table), 1, table);
});

test("removes codes a day after their end and keeps the notice that carried one", async () => {
  const before = await rowsOf("notices");
  await database.db`update codes set expires_at = now() - interval '25 hours'`;
  assert.is(await sweep("spent codes"), 1);
  assert.is(await rowsOf("codes"), 0);
  assert.is(await rowsOf("notices"), before);
});

/** A picture's row; gives its id. */
async function picture(state: string, age: string, file: string): Promise<number> {
  const { ispId, accountId, store } = world;
  const { db } = database;
  const [filing] = await db<{ id: number }[]>`
    insert into filings (number, isp_id, account_id, kind, nature, data_key)
    values (${`20261118-${1000 + (await rowsOf("filings"))}`}, ${ispId}, ${accountId}, 'first', 4,
      ${store.vault.newDataKey().wrapped}) returning id`;
  const [row] = await db<{ id: number }[]>`
    insert into materials (filing_id, isp_id, slot, state, original_file, full_file, original_bytes, digest, uploaded_at)
    values (${filing?.id ?? 0}, ${ispId}, 'certificate', ${state}, ${file}, ${`${file}-full`}, 1, 'd',
      now() - ${age}::interval)
    returning id`;
  return row?.id ?? 0;
}

test("lets go of pictures as they came once copies are ready, or after a day", async () => {
  await picture("ready", "1 minute", "ready");
  await picture("processing", "23 hours", "fresh");
  const stuck = await picture("processing", "25 hours", "stuck");
  await picture("failed", "25 hours", "failed");
  assert.equal((await releaseOriginals(database.db)).sort(), ["failed", "ready", "stuck"]);
  assert.equal(await releaseOriginals(database.db), []);
  const [row] = await database.db`select state, problem from materials where id = ${stuck}`;
  assert.equal({ ...row }, { state: "failed", problem: "broken" });
});

test("knows which files no row names", async () => {
  assert.equal((await filesWithoutRow(database.db, ["fresh", "ready-full", "lost", "ready"])).sort(), [
    "lost",
    "ready",
  ]);
  assert.equal(await filesWithoutRow(database.db, []), []);
});

test.run();
