import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LookupFailed } from "../../../src/gateways/bureau/lookups.ts";
import { newId } from "../../../src/lib/ids.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { recordContents } from "../../../src/models/record/contents.ts";
import { findRecord } from "../../../src/models/record/rows.ts";
import { claimRecord } from "../../../src/models/record-claim/claim.ts";
import { acceptMerge, acceptMove, requestMergeCode } from "../../../src/models/transfer/accept.ts";
import { movesOfAccount } from "../../../src/models/transfer/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { registrantNamed } from "../../support/filings.ts";
import { type Recorded, recordOf } from "../../support/moves.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("the claim of a record");
let world: World;
let bureau: number;
test.before(async () => {
  world = await testWorld();
  bureau = await addBureau(world.store, world.people.isps.first);
});
test.before.each(async () => {
  await world.db`truncate rate_limits`;
});
test.after(() => world.close());

const zhang = () => registrantNamed(world.people, "张三");
const wang = () => registrantNamed(world.people, "王五");

const answers = (word: "right" | "wrong" | "too_many_tries") => ({ verifyBamm: async () => word });
const silent = {
  verifyBamm: (): never => {
    throw new LookupFailed("isp_verifybamm", "timeout");
  },
};
const bySight = {
  verifyBamm: async (_: unknown, { password }: { password: string }) =>
    password === "Example1" ? ("right" as const) : ("wrong" as const),
};

const claims = (
  record: Recorded,
  changes: object = {},
  actor = wang(),
  lookups: Parameters<typeof claimRecord>[1] = bySight,
) =>
  claimRecord(world.store, lookups, actor, {
    ...{ number: record.number, password: "Example1", certNo: record.certNo, source: "198.51.100.9" },
    ...{ requestId: newId(), ...changes },
  });

/** A record that came from the bureau: in no account and without a filing of ours. */
async function stray(): Promise<Recorded> {
  const record = await recordOf(world, bureau);
  await world.db`update subjects set account_id = null, filing_id = null where id = ${record.subjectId}`;
  return record;
}

test("gives it to whoever has number, password and certificate", async () => {
  const [one, two] = [await stray(), await stray()];
  assert.is(await claims(one), "claimed");
  assert.is(await claims(two, { number: `${two.number}-1` }), "claimed", "a website's number will do");
  const found = await findRecord(world.store, one.subjectId, wang());
  assert.is((await recordContents(world.store, found)).filingNumber, null);
  assert.is(await claims(one), "own");
  const told =
    await world.db`select 1 from notices where template = 'record-settled' and account_id = ${wang().accountId}`;
  assert.is(told.length, 4);
});

test("says the same of a wrong number, password and certificate", async () => {
  const record = await stray();
  for (const changes of [
    { number: "浙ICP备2099999999号" },
    { password: "Example2" },
    { certNo: "91330108MA2XXXXXXX" },
  ])
    assert.is(await claims(record, changes), "wrong");
  assert.is(await claims(record), "claimed");
});

test("gives nothing without the bureau's answer, and says so whatever is on record", async () => {
  const record = await stray();
  assert.is(await claims(record, {}, wang(), silent), "silent");
  assert.is(await claims(record, { certNo: "1" }, wang(), silent), "silent");
  assert.is(await claims(record, {}, wang(), answers("too_many_tries")), "too_many");
  const [row] = await world.db`select account_id from subjects where id = ${record.subjectId}`;
  assert.is(row?.accountId, null);
});

test("is held back after a few tries at one number, whoever tries", async () => {
  const record = await stray();
  for (let turn = 0; turn < 5; turn++)
    assert.is(await claims(record, { password: "x" }, turn % 2 ? zhang() : wang()), "wrong");
  assert.is(await claims(record), "too_many");
});

test("has one winner of two at once; the other asks the winner", async () => {
  const record = await stray();
  await Promise.all([world.db`select 1`, world.db`select 1`]);
  const both = await Promise.all([claims(record, {}, zhang()), claims(record, {}, wang())]);
  assert.equal([...both].sort(), ["asked", "claimed"]);
});

test("of another provider's record is wrong like any other", async () => {
  const record = await stray();
  await addBureau(world.store, world.people.isps.second);
  assert.is(await claims(record, {}, registrantNamed(world.people, "钱一")), "wrong");
});

test("asks the owner of a record in an account, and merges all of the certificate with the owner's code", async () => {
  const [first, second] = [await recordOf(world, bureau), await recordOf(world, bureau)];
  await world.db`
    update subjects set certificate_hash = (select certificate_hash from subjects where id = ${first.subjectId})
    where id = ${second.subjectId}`;
  assert.is(await claims(first), "asked");
  assert.is(await claims(first), "waiting");
  const id = (await movesOfAccount(world.db, zhang()))[0]?.id ?? 0;
  assert.is(await acceptMove(world.store, wang(), id).catch((error: Error) => error.name), "NotFound");
  await requestMergeCode(world.store, zhang(), id, "sms");
  const wrong = await acceptMerge(world.store, zhang(), id, { channel: "sms", code: "12345" });
  assert.equal(wrong, { checked: { result: "incomplete" } });
  const code = await world.codeFor("transfer", `merge:${zhang().accountId}:${id}`);
  assert.equal(await acceptMerge(world.store, zhang(), id, { channel: "sms", code }), { accepted: true });
  for (const record of [first, second]) {
    assert.is((await findRecord(world.store, record.subjectId, wang())).id, record.subjectId);
    assert.is((await findFiling(world.db, record.filing.number, wang())).id, record.filing.id);
  }
});

test.run();
