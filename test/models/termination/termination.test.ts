import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { Conflict, Forbidden, NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { filingData } from "../../../src/models/filing/findings.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { openRecord } from "../../../src/models/record/tree.ts";
import { endTerminations, fileTermination } from "../../../src/models/termination/file.ts";
import { terminationsFacing, terminationsOf } from "../../../src/models/termination/rows.ts";
import { decideTermination, objectTo, startTermination } from "../../../src/models/termination/terminate.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite<{ world: World; bureauId: number }>("an access that the provider ends");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");
const submitter = ({ people }: World) => staffNamed(people, "孙七");
let serial = 0;

async function access({ world, bureauId }: { world: World; bureauId: number }): Promise<number> {
  const filing = await complete(world.store, owner(world), freshParts());
  const number = `浙ICP备20260003${String(++serial).padStart(2, "0")}号`;
  const id = await numberFiling(world.store, filing, bureauId, number);
  const record = await openRecord(world.store, owner(world), id);
  return record.websites[0]?.accesses[0]?.id ?? 0;
}

const wanted = (accessId: number) => ({
  ...{ accessId, reason: "9", explanation: "服务器已到期三个月", words: "其他：服务器已到期三个月" },
  requestId: newId(),
});
const started = async (shared: { world: World; bureauId: number }) =>
  startTermination(shared.world.store, submitter(shared.world), wanted(await access(shared)));
const find = async (world: World, id: number) =>
  (await terminationsOf(world.store, submitter(world))).find((one) => one.id === id);
const letGraceEnd = ({ db }: World, id: number) =>
  db`update terminations set ends_at = now() - interval '1 minute' where id = ${id}`;
const told = async ({ db }: World) =>
  (
    await db<
      { template: string }[]
    >`select distinct template from notices where template like 'termination-%' order by 1`
  ).map(({ template }) => template);

test("is told at once, reminded once, and filed only after the period of grace", async (shared) => {
  const { world } = shared;
  const id = await started(shared);
  assert.ok((await terminationsFacing(world.store, owner(world))).some((one) => one.id === id));
  assert.equal(await told(world), ["termination-noticed"]);
  assert.is(await fileTermination(world.store, id, submitter(world)), "not_due");
  assert.is((await world.db`select 1 from filings where kind = 'cancel'`).length, 0, "nothing of it stays");
  await world.db`update terminations set ends_at = now() + interval '2 days' where id = ${id}`;
  assert.equal(await endTerminations(world.store), { reminded: 1, filed: 0 });
  assert.equal(await endTerminations(world.store), { reminded: 0, filed: 0 });
  await letGraceEnd(world, id);
  assert.equal(await endTerminations(world.store), { reminded: 0, filed: 0 }, "this provider files by hand");
  const both = await Promise.all([
    fileTermination(world.store, id, submitter(world)),
    fileTermination(world.store, id, submitter(world)),
  ]);
  assert.ok(both.includes("filed"));
  assert.is((await world.db`select 1 from filings where kind = 'cancel'`).length, 1);
  const filed = await find(world, id);
  assert.is(filed?.state, "filed");
  const filing = await findFiling(world.db, filed?.filing ?? "", owner(world));
  assert.equal([filing.state, filing.scope], ["ready", "access"]);
  assert.is((await filingData(world.store, filing)).cancellation?.values.explanation, "服务器已到期三个月");
  assert.equal(await told(world), ["termination-filed", "termination-noticed", "termination-reminder"]);
  for (const action of ["cancel"] as const)
    try {
      await act(world.store, filing, action, owner(world));
      assert.unreachable("the registrant took it back");
    } catch (error) {
      assert.instance(error, TransitionRefused);
      assert.is((error as TransitionRefused).refusal, "by_provider");
    }
});

test("waits for a decision when the registrant objects, and goes on or ends with it", async (shared) => {
  const { world } = shared;
  const id = await started(shared);
  assert.is(await objectTo(world.store, owner(world), id, "已经续费"), true);
  assert.is(await objectTo(world.store, owner(world), id, "再说一次"), false);
  await letGraceEnd(world, id);
  assert.is(await fileTermination(world.store, id, { kind: "system" }), "not_due");
  assert.ok(
    await decideTermination(world.store, submitter(world), id, { upheld: true, words: "没有查到续费" }),
  );
  const upheld = await find(world, id);
  assert.ok(upheld && upheld.endsAt > new Date(Date.now() + 2 * 86_400_000));
  assert.equal([upheld.objection, upheld.answer], ["已经续费", "没有查到续费"]);
  assert.ok(await decideTermination(world.store, submitter(world), id, { upheld: false, words: "" }));
  await letGraceEnd(world, id);
  assert.is(await fileTermination(world.store, id, submitter(world)), "not_due");
  assert.is(await decideTermination(world.store, submitter(world), id, { upheld: false, words: "" }), false);
});

test("is filed by itself where the provider lets it, unless another filing has the record", async (shared) => {
  const { world } = shared;
  const id = await started(shared);
  await letGraceEnd(world, id);
  const isp = world.people.isps.first;
  await world.db`update isps set settings = '{"termination":{"automatic":true}}' where id = ${isp}`;
  const [row] = await world.db<{ subjectId: number }[]>`select subject_id from terminations where id = ${id}`;
  const { createFiling } = await import("../../../src/models/filing/create.ts");
  const { accountId, ispId } = owner(world);
  const subjectId = row?.subjectId ?? 0;
  const change = await createFiling(world.store, owner(world), {
    ...{
      kind: "change",
      scope: "subject",
      subjectId,
      targetId: subjectId,
      accountId,
      ispId,
      requestId: newId(),
    },
  });
  assert.not.ok("taken" in change);
  assert.is(await fileTermination(world.store, id, { kind: "system" }), "held");
  if (!("taken" in change)) await act(world.store, change, "cancel", owner(world));
  assert.equal(await endTerminations(world.store), { reminded: 0, filed: 1 });
  assert.is((await find(world, id))?.state, "filed");
  await world.db`update isps set settings = '{}' where id = ${isp}`;
});

test("is one at a time, by 上报 or 主管 of the provider, and nobody else's to object to", async (shared) => {
  const { world } = shared;
  const start = wanted(await access(shared));
  const twice = await Promise.all([
    startTermination(world.store, submitter(world), start),
    startTermination(world.store, submitter(world), start),
  ]);
  assert.is(twice[0], twice[1], "a double click begins one");
  const fails = async (work: Promise<unknown>, kind: new (...args: never[]) => Error) => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instance(error, kind);
  };
  await fails(startTermination(world.store, submitter(world), { ...start, requestId: newId() }), Conflict);
  const reviewer = staffNamed(world.people, "李四");
  await fails(startTermination(world.store, reviewer, { ...start, requestId: newId() }), Forbidden);
  await fails(
    startTermination(world.store, staffNamed(world.people, "冯二"), { ...start, requestId: newId() }),
    NotFound,
  );
  await fails(
    objectTo(world.store, registrantNamed(world.people, "王五"), twice[0] ?? 0, "不同意"),
    NotFound,
  );
});

test.run();
