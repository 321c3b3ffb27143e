import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import {
  clearCount,
  countHit,
  type Limit,
  readCount,
  takeBackHit,
} from "../../../src/models/rate-limit/rate-limit.ts";
import type { RootStore } from "../../../src/models/store.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";

const test = suite("a limit");
let database: TestDatabase;
let store: RootStore;
test.before(async () => {
  database = await testDatabase();
  store = { db: database.db, vault: openVault(newSecretKeys()) };
});
test.before.each(async () => {
  await store.db`truncate rate_limits`;
});
test.after(() => database.close());

/** A window so long that no test crosses its end. */
const limit: Limit = { name: "guesses", most: 3, seconds: 30 * 86_400 };

test("lets three through and not the fourth, and says how long to wait", async () => {
  for (let i = 0; i < 3; i++) assert.not.ok((await countHit(store, limit, "zhangsan")).over);
  const fourth = await countHit(store, limit, "zhangsan");
  assert.ok(fourth.over);
  assert.ok(fourth.retryAfter > 0 && fourth.retryAfter <= limit.seconds);
});

test("counts each of many that come at once", async () => {
  const counts = await Promise.all(Array.from({ length: 10 }, () => countHit(store, limit, "zhangsan")));
  assert.is(counts.filter(({ over }) => over).length, 7);
});

test("is one for each subject and each kind", async () => {
  for (let i = 0; i < 4; i++) await countHit(store, limit, "zhangsan");
  assert.not.ok((await countHit(store, limit, "lisi")).over);
  assert.not.ok((await countHit(store, { ...limit, name: "codes" }, "zhangsan")).over);
});

test("remembers of the window before only the part that still lies inside", async () => {
  for (let i = 0; i < 3; i++) await countHit(store, limit, "zhangsan");
  await store.db`update rate_limits set window_start = window_start - make_interval(secs => ${limit.seconds})`;
  assert.ok((await readCount(store, limit, "zhangsan")).hits < 3);
  await store.db`update rate_limits set window_start = window_start - make_interval(secs => ${limit.seconds})`;
  assert.is((await readCount(store, limit, "zhangsan")).hits, 0);
});

test("begins anew when it is cleared", async () => {
  for (let i = 0; i < 4; i++) await countHit(store, limit, "zhangsan");
  await clearCount(store, limit, "zhangsan");
  assert.not.ok((await countHit(store, limit, "zhangsan")).over);
});

test("takes one back and no more than that", async () => {
  await takeBackHit(store, limit, "zhangsan");
  for (let i = 0; i < 3; i++) await countHit(store, limit, "zhangsan");
  await takeBackHit(store, limit, "zhangsan");
  assert.is((await readCount(store, limit, "zhangsan")).hits, 2);
});

test("keeps no name and no address in the table", async () => {
  await countHit(store, limit, "zhangsan@example.cn");
  const [row] = await store.db`select encode(key, 'escape') as key from rate_limits`;
  assert.not.match(row?.key, "zhangsan");
});

test.run();
