import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { anchorHistory, brokenAnchors } from "../../../src/models/audit/anchors.ts";
import { appendEvent } from "../../../src/models/filing/history.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { type NoticeWorld, noticeWorld } from "../../support/notices.ts";

const test = suite("the daily anchor of the history");
let database: TestDatabase;
let world: NoticeWorld;
let filings: number[];

const happen = (filingId: number): Promise<number> =>
  appendEvent(database.db, {
    filing: { id: filingId, ispId: world.ispId },
    ...{ action: "claim", actor: { kind: "system" }, from: "initial_review", to: "initial_review" },
    ...{ requestId: crypto.randomUUID(), detail: {} },
  });

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  const { ispId, accountId, store } = world;
  const rows = await database.db<{ id: number }[]>`
    insert into filings (number, isp_id, account_id, kind, nature, data_key)
    select '20261118-' || n, ${ispId}, ${accountId}, 'first', 4, ${store.vault.newDataKey().wrapped}
    from generate_series(1001, 1003) n returning id`;
  filings = rows.map(({ id }) => id);
  for (const id of [...filings, ...filings.slice(0, 1)]) await happen(id);
});
test.after(() => database.close());

test("is one digest over the last event of every filing", async () => {
  const heads = await database.db<{ filingId: number; seq: number; hash: Buffer }[]>`
    select distinct on (filing_id) filing_id, seq, hash from filing_events order by filing_id, seq desc`;
  const expected = createHash("sha256");
  for (const { filingId, seq, hash } of heads)
    expected
      .update(Buffer.from(filingId.toString(16).padStart(16, "0") + seq.toString(16).padStart(8, "0"), "hex"))
      .update(hash);
  // 23:50 in Shanghai
  const anchor = await anchorHistory(database.db, new Date("2026-11-18T15:50:00Z"));
  assert.is(anchor?.day, "2026-11-18");
  assert.is(anchor?.filings, 3);
  assert.is(anchor?.digest.toString("hex"), expected.digest("hex"));
});

test("is written once a day", async () => {
  assert.is(await anchorHistory(database.db, new Date("2026-11-18T15:55:00Z")), undefined);
});

test("still holds after more has happened", async () => {
  await happen(filings[1] ?? 0);
  assert.is((await anchorHistory(database.db, new Date("2026-11-19T15:50:00Z")))?.day, "2026-11-19");
  assert.equal(await brokenAnchors(database.db), []);
});

test("tells when somebody with the rights of the owner changed an event", async () => {
  const { db } = database;
  await db`alter table filing_events disable trigger filing_events_append_only`;
  await db`update filing_events set hash = sha256('forged') where filing_id = ${filings[1] ?? 0} and seq = 2`;
  assert.equal(
    (await brokenAnchors(db)).map(({ day }) => day),
    ["2026-11-19"],
  );
});

test.run();
