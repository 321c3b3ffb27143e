import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { NotFound } from "../../../src/models/errors.ts";
import { filingsOfAccount, findFiling } from "../../../src/models/filing/rows.ts";
import { findRecord, recordsOfAccount } from "../../../src/models/record/rows.ts";
import { acceptMove } from "../../../src/models/transfer/accept.ts";
import { moveByStaff, staffReasons } from "../../../src/models/transfer/by-staff.ts";
import { endMove } from "../../../src/models/transfer/end.ts";
import { offerRecord, requestTransferCode } from "../../../src/models/transfer/offer.ts";
import { findMove, lapseMoves } from "../../../src/models/transfer/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, registrantNamed, staffNamed } from "../../support/filings.ts";
import { offered, openChange, recordOf } from "../../support/moves.ts";
import { cloudServer, stock } from "../../support/products.ts";
import { addBureau } from "../../support/records.ts";

const test = suite("a record on its way to another account");
let world: World;
let bureau: number;
test.before(async () => {
  world = await testWorld();
  bureau = await addBureau(world.store, world.people.isps.first);
});
test.after(() => world.close());

const zhang = () => registrantNamed(world.people, "张三");
const wang = () => registrantNamed(world.people, "王五");
const ownerOf = async (subjectId: number) =>
  (await world.db`select account_id from subjects where id = ${subjectId}`)[0]?.accountId;

async function rejects(work: Promise<unknown>, kind: new (...args: never[]) => Error): Promise<void> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  assert.instance(error, kind);
}

test("goes with its filings, and its former owner sees none of them", async () => {
  const record = await recordOf(world, bureau);
  const id = await offered(world, record.subjectId, "WangWu");
  assert.equal(await acceptMove(world.store, wang(), id), { accepted: true });
  assert.is((await findRecord(world.store, record.subjectId, wang())).number, record.number);
  assert.is((await findFiling(world.db, record.filing.number, wang())).id, record.filing.id);
  await rejects(findRecord(world.store, record.subjectId, zhang()), NotFound);
  await rejects(findFiling(world.db, record.filing.number, zhang()), NotFound);
  const left = (await filingsOfAccount(world.db, zhang())).map(({ number }) => number);
  assert.not(left.includes(record.filing.number));
  assert.not((await recordsOfAccount(world.store, zhang())).some((one) => one.id === record.subjectId));
});

test("takes a 取消接入 that runs along: its new owner is the one who may object", async () => {
  const record = await recordOf(world, bureau);
  await world.db`
    insert into terminations (isp_id, account_id, subject_id, access_id, reason, data_key, explanation_sealed,
      started_by, ends_at, request_id)
    select s.isp_id, s.account_id, s.id, a.id, 'other', s.data_key, s.data_key, ${world.people.staff.吴九.id},
      now() + interval '10 days', ${newId()}
    from subjects s join websites w on w.subject_id = s.id join accesses a on a.website_id = w.id
    where s.id = ${record.subjectId}`;
  await acceptMove(world.store, wang(), await offered(world, record.subjectId, "wangwu"));
  const rows = await world.db`select account_id from terminations where subject_id = ${record.subjectId}`;
  assert.equal(
    rows.map(({ accountId }) => accountId),
    [wang().accountId],
  );
});

test("is told to both sides and stands in the audit log without a name", async () => {
  const record = await recordOf(world, bureau);
  const id = await offered(world, record.subjectId, "wangwu");
  await acceptMove(world.store, wang(), id);
  const told = await world.db<{ template: string; accountId: number }[]>`
    select template, account_id from notices where cause like ${`move:${id}:%`} order by template, account_id, channel`;
  const of = (template: string) => [
    ...new Set(told.filter((one) => one.template === template).map((one) => one.accountId)),
  ];
  assert.equal(of("record-offered"), [wang().accountId]);
  assert.equal(of("record-settled").sort(), [zhang().accountId, wang().accountId].sort());
  const log = await world.db<{ action: string; detail: unknown }[]>`
    select action, detail from audit_log where (detail ->> 'moveId')::bigint = ${id} order by id`;
  assert.equal(
    log.map(({ action }) => action),
    ["offer-record", "move-record"],
  );
  assert.equal(Object.keys(log[0]?.detail as object).sort(), ["from", "moveId", "subjectId", "to"]);
});

test("moves once when it is accepted twice at once", async () => {
  const record = await recordOf(world, bureau);
  const id = await offered(world, record.subjectId, "wangwu");
  await Promise.all([world.db`select 1`, world.db`select 1`]);
  const both = await Promise.all([acceptMove(world.store, wang(), id), acceptMove(world.store, wang(), id)]);
  assert.equal(both, [{ accepted: true }, { accepted: true }]);
  const log = await world.db`
    select 1 from audit_log where action = 'move-record' and (detail ->> 'moveId')::bigint = ${id}`;
  assert.is(log.length, 1);
});

test("is taken back or accepted when both happen at once, never both", async () => {
  for (let round = 0; round < 4; round++) {
    const record = await recordOf(world, bureau);
    const id = await offered(world, record.subjectId, "wangwu");
    await Promise.all([world.db`select 1`, world.db`select 1`]);
    const [taken, ended] = await Promise.all([
      acceptMove(world.store, wang(), id),
      endMove(world.store, zhang(), id, "withdrawn"),
    ]);
    const { state } = await findMove(world.db, zhang(), id);
    assert.is(taken.accepted, state === "accepted");
    assert.is(ended.state === "withdrawn", state === "withdrawn");
    assert.is(await ownerOf(record.subjectId), (taken.accepted ? wang() : zhang()).accountId);
  }
});

test("goes or is worked on when both begin at once, never both", async () => {
  for (let round = 0; round < 6; round++) {
    const record = await recordOf(world, bureau);
    const id = await offered(world, record.subjectId, "wangwu");
    await Promise.all([world.db`select 1`, world.db`select 1`]);
    const [taken, opened] = await Promise.all([
      acceptMove(world.store, wang(), id),
      openChange(world, record.subjectId).catch((error: unknown) => error),
    ]);
    const made = !(opened instanceof Error);
    assert.is(taken.accepted, !made, `round ${round}`);
    if (!taken.accepted) assert.is(taken.refused, "open_filing");
    else assert.instance(opened, NotFound);
  }
});

test("stays while a filing works on it, and can be offered once that is over", async () => {
  const record = await recordOf(world, bureau);
  const filing = await openChange(world, record.subjectId);
  if ("taken" in filing) throw new Error("taken");
  const offer = { subjectId: record.subjectId, toName: "wangwu", channel: "mail" as const };
  assert.equal(await requestTransferCode(world.store, zhang(), offer), { refused: "open_filing" });
  await act(world.store, filing, "cancel", zhang());
  const id = await offered(world, record.subjectId, "wangwu");
  assert.ok((await acceptMove(world.store, wang(), id)).accepted);
  assert.is((await findFiling(world.db, filing.number, wang())).state, "cancelled");
});

test("is over after seven days, whether or not anybody swept", async () => {
  const record = await recordOf(world, bureau);
  const id = await offered(world, record.subjectId, "wangwu");
  await world.db`update account_moves set expires_at = now() - interval '1 second' where id = ${id}`;
  assert.equal(await acceptMove(world.store, wang(), id), { accepted: false, refused: "over" });
  assert.is((await findMove(world.db, zhang(), id)).state, "expired");
  const again = await offered(world, record.subjectId, "wangwu").catch(() => 0);
  assert.is(again, 0, "a code within the same minute is not sent");
  await world.letAMinutePass();
  assert.ok((await offered(world, record.subjectId, "wangwu")) > id);
  assert.is(await lapseMoves(world.db), 0);
});

test("waits once: a second offer of the same record is refused", async () => {
  const record = await recordOf(world, bureau);
  await offered(world, record.subjectId, "wangwu");
  const offer = { subjectId: record.subjectId, toName: "somebody", channel: "mail" as const };
  assert.equal(await requestTransferCode(world.store, zhang(), offer), { refused: "offered" });
});

test("needs the code of this very record and name, in five tries", async () => {
  const record = await recordOf(world, bureau);
  const offer = { subjectId: record.subjectId, toName: "wangwu", channel: "sms" as const };
  await requestTransferCode(world.store, zhang(), offer);
  const code = await world.codeFor("transfer", `transfer:${zhang().accountId}:${record.subjectId}:wangwu`);
  const tried = (changes: object) =>
    offerRecord(world.store, zhang(), { ...offer, code, requestId: newId(), ...changes });
  assert.equal(await tried({ toName: "qianyi" }), { checked: { result: "none" } });
  const wrong = code === "000000" ? "000001" : "000000";
  for (let left = 4; left > 0; left--)
    assert.equal(await tried({ code: wrong }), { checked: { result: "wrong", left } });
  assert.equal(await tried({ code: wrong }), { checked: { result: "expired" } });
  assert.equal(await tried({}), { checked: { result: "expired" } });
});

test("stays where it is for a name that is nobody's or another provider's, and nobody is told", async () => {
  for (const toName of ["nobody_99", "qianyi"]) {
    const record = await recordOf(world, bureau);
    const id = await offered(world, record.subjectId, toName);
    const move = await findMove(world.db, zhang(), id);
    assert.equal([move.state, move.toAccount, move.toName], ["offered", null, toName]);
    assert.is((await world.db`select 1 from notices where cause like ${`move:${id}:%`}`).length, 0);
    await rejects(findMove(world.db, registrantNamed(world.people, "钱一"), id), NotFound);
  }
});

test("is nobody's but the two sides': others find no such move, and neither side acts for the other", async () => {
  const record = await recordOf(world, bureau);
  const id = await offered(world, record.subjectId, "wangwu");
  await rejects(acceptMove(world.store, registrantNamed(world.people, "钱一"), id), NotFound);
  await rejects(acceptMove(world.store, zhang(), id), NotFound);
  await rejects(endMove(world.store, wang(), id, "withdrawn"), NotFound);
  assert.is((await endMove(world.store, wang(), id, "declined")).state, "declined");
  assert.equal(await acceptMove(world.store, wang(), id), { accepted: false, refused: "over" });
});

test("needs a product of the receiver where the provider asks for one", async () => {
  const { store, db, people } = world;
  await db`update isps set settings = '{"products": {"required": true}}' where id = ${people.isps.first}`;
  const record = await recordOf(world, bureau);
  const id = await offered(world, record.subjectId, "wangwu");
  const foreign = await stock(store, people, cloudServer());
  const own = await stock(store, people, cloudServer());
  await db`insert into product_owners (product_id, account_id) values (${own}, ${wang().accountId})`;
  const refused = { accepted: false, refused: "product" };
  assert.equal(await acceptMove(store, wang(), id), refused);
  assert.equal(await acceptMove(store, wang(), id, { productId: foreign }), refused);
  assert.ok((await acceptMove(store, wang(), id, { productId: own })).accepted);
  const [bound] = await db`
    select product_id, state from filing_products where filing_id = ${record.filing.id} and state <> 'freed'`;
  assert.equal({ ...bound }, { productId: own, state: "spent" });
  const next = await offered(world, (await recordOf(world, bureau)).subjectId, "wangwu");
  assert.equal(await acceptMove(store, wang(), next, { productId: own }), refused);
  await db`update isps set settings = '{}' where id = ${people.isps.first}`;
});

test("moves at once by 主管 with a reason, which is kept sealed", async () => {
  const record = await recordOf(world, bureau);
  const staff = staffNamed(world.people, "吴九");
  const wanted = {
    subjectId: record.subjectId,
    toName: "wangwu",
    reason: "原经办人林黛玉已离职",
    requestId: newId(),
  };
  assert.equal(await moveByStaff(world.store, staff, { ...wanted, toName: "qianyi" }), {
    moved: false,
    refused: "unknown",
  });
  assert.equal(await moveByStaff(world.store, staff, wanted), { moved: true });
  assert.equal(await moveByStaff(world.store, staff, wanted), { moved: true });
  assert.is(await ownerOf(record.subjectId), wang().accountId);
  const reasons = await staffReasons(world.store, staff, record.subjectId);
  assert.equal(
    reasons.map(({ reason }) => reason),
    ["原经办人林黛玉已离职"],
  );
  const [row] = await world.db<{ all: string }[]>`
    select (select json_agg(m)::text from account_moves m) || (select json_agg(l)::text from audit_log l) as all`;
  assert.not(row?.all.includes("林黛玉"));
  await rejects(moveByStaff(world.store, staffNamed(world.people, "冯二"), wanted), NotFound);
});

test.run();
