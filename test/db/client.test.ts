import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const test = suite("the database client");
let database: TestDatabase;

test.before(async () => {
  database = await testDatabase();
});
test.after(() => database.close());

test("gives columns in camel case and leaves keys inside jsonb alone", async () => {
  const [row] = await database.db`select 1 as filing_id, '{"cert_no": 2}'::jsonb as some_values`;
  assert.equal({ ...row }, { filingId: 1, someValues: { cert_no: 2 } });
});

test("writes camel case keys into snake case columns", async () => {
  await database.db`create temp table notes (filing_id bigint, sent_on date)`;
  const [row] = await database.db`
    insert into notes ${database.db({ filingId: 7, sentOn: "2026-11-18" })} returning *`;
  assert.equal({ ...row }, { filingId: 7, sentOn: "2026-11-18" });
});

test("gives int8 as a number and a day as its text", async () => {
  const [row] = await database.db`select 9007199254740991::bigint as big, date '2026-03-01' as day`;
  assert.equal({ ...row }, { big: 9007199254740991, day: "2026-03-01" });
});

test("finds Chinese text by its trigrams", async () => {
  const [row] = await database.db`select array_length(show_trgm('备案系统'), 1) as trigrams`;
  assert.is(row?.trigrams, 5);
});

test.run();
