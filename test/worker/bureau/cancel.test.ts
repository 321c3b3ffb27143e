import { suite } from "uvu";
import * as assert from "uvu/assert";
import { setHook } from "../../../src/models/hook/hook.ts";
import { revisionsOf } from "../../../src/models/record/revisions.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  bureauIdOf,
  cancelling,
  gone,
  inForce,
  owner,
  recorded,
  review,
  say,
  send,
} from "../../support/bureau-kinds.ts";

const test = suite<{ bench: BureauBench }>("a cancellation, at the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("cancels a subject with everything below it, and ends with the approval", async ({ bench }) => {
  const { tree, filing } = await cancelling(bench, "subject");
  assert.equal(await inForce(bench, tree.id), [1, 1, 1, 1]);
  await send(bench, filing);
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  assert.equal(await inForce(bench, tree.id), [0, 0, 0, 0]);
  const kinds = (await revisionsOf(bench.store, { id: tree.id, ispId: filing.ispId })).map((one) => one.kind);
  assert.equal(kinds.sort(), ["access", "subject", "website"]);
});

for (const [scope, table, operation, left] of [
  ["website", "websites", 7, [1, 0, 0, 0]],
  ["access", "accesses", 5, [1, 1, 0, 0]],
] as const)
  test(`cancels a ${scope} alone, once`, async ({ bench }) => {
    const { tree, filing, targetId } = await cancelling(bench, scope);
    const sent = await send(bench, filing);
    assert.is(sent.state, scope === "access" ? "at_bureau" : "sms_pending");
    const id = await bureauIdOf(bench, table, targetId);
    assert.is((await say(bench, review(operation, 1, id))).applied, 1);
    assert.is((await say(bench, review(operation, 1, id))).repeated, 1);
    assert.is((await bench.now(filing)).state, "numbered");
    assert.equal(await inForce(bench, tree.id), left);
  });

test("cancelled by the bureau itself is marked once, and both sides are told", async ({ bench }) => {
  const { tree } = await recorded(bench);
  const id = await bureauIdOf(bench, "websites", tree.websites[0]?.id ?? 0);
  assert.is((await say(bench, gone(1, 12345))).parked, 1);
  assert.is((await say(bench, gone(1, id))).applied, 1);
  assert.equal(await inForce(bench, tree.id), [1, 0, 0, 0]);
  assert.is((await say(bench, gone(1, id))).repeated, 1);
  const told = await bench.store.db<{ staff: boolean }[]>`
    select staff_id is not null as staff from notices where template = 'record-cancelled'`;
  assert.equal([told.length, told.filter(({ staff }) => staff).length], [3, 1]);
});

const cuts = ({ store }: BureauBench) => store.db<{ cause: string; domains: string[]; state: string }[]>`
  select cause, domains, state from cuts order by id`;

test("cancelled by the bureau itself becomes one task to cut, told to the provider's system", async ({
  bench,
}) => {
  const { tree } = await recorded(bench);
  const { ispId } = owner(bench);
  const events = ["access.cut", "record.cancelled"] as const;
  await setHook(bench.store, ispId, { url: "https://crm.example.cn/events", events });
  const id = await bureauIdOf(bench, "websites", tree.websites[0]?.id ?? 0);
  await say(bench, gone(1, id));
  await say(bench, gone(1, id));
  const [cut, ...more] = await cuts(bench);
  assert.equal([cut?.cause, cut?.state, more.length], ["bureau", "open", 0]);
  assert.is(cut?.domains.length, 1);
  const told = await bench.store.db<{ event: string }[]>`select event from hook_deliveries order by event`;
  assert.equal(
    told.map(({ event }) => event),
    [...events],
  );
});

for (const own of [true, false])
  test(`cancelled on our wish ${own ? "is a task to cut too" : "is none where the provider wants none"}`, async ({
    bench,
  }) => {
    const { filing } = await cancelling(bench, "subject");
    const settings = bench.store.db.json({ cuts: { own } });
    await bench.store.db`update isps set settings = settings || ${settings} where id = ${filing.ispId}`;
    await send(bench, filing);
    approve(bench);
    await bench.downloadSome();
    assert.is((await bench.now(filing)).state, "numbered");
    assert.equal(
      (await cuts(bench)).map(({ cause }) => cause),
      own ? ["filing"] : [],
    );
  });

test("cancelled by the bureau, though no filing of ours put it on record, is marked and told", async ({
  bench,
}) => {
  const { tree } = await recorded(bench);
  const id = await bureauIdOf(bench, "subjects", tree.id);
  await bench.store.db`update websites set filing_id = null`;
  await bench.store.db`update subjects set filing_id = null, account_id = null where id = ${tree.id}`;
  assert.is((await say(bench, gone(0, id))).applied, 1);
  assert.equal(await inForce(bench, tree.id), [0, 0, 0, 0]);
  const told = await bench.store.db`
    select staff_id is not null as staff, filing_id from notices where template = 'record-cancelled'`;
  assert.equal(
    told.map((one) => ({ ...one })),
    [{ staff: true, filingId: null }],
  );
});

test("cancelled on our wish ends that filing with 注销数据 too", async ({ bench }) => {
  const { tree, filing } = await cancelling(bench, "subject");
  await send(bench, filing);
  await say(bench, gone(0, await bureauIdOf(bench, "subjects", tree.id)));
  assert.is((await bench.now(filing)).state, "numbered");
  assert.equal(await inForce(bench, tree.id), [0, 0, 0, 0]);
});

test.run();
