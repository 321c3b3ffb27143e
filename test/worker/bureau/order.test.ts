import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parkedResults } from "../../../src/models/bureau/parked.ts";
import { assignParked, retryParked } from "../../../src/models/bureau/parked-actions.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { bureauWith, fileOf, review, sent, subjectOf } from "../../support/downloads.ts";
import { staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("an answer that comes at the wrong time");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

let serial = 0;

const say = (bench: BureauBench, xml: string, name = `order${++serial}.xml`) =>
  bench.download({ bureau: bureauWith(bench, fileOf(xml, name)).bureau });

const submitter = (bench: BureauBench) => staffNamed(bench.people, "孙七");

const onlyParked = async (bench: BureauBench) => {
  const [one, ...more] = await parkedResults(bench.store, submitter(bench));
  assert.is(more.length, 0);
  if (!one) throw new Error("nothing is parked");
  return one;
};

const record = (number: string, domain: string | null) =>
  `<DownloadData version="V.3.0"><ICP><BASJ><Baxx><Zt_xx><Ztid>9001</Ztid><Dwmc>示例</Dwmc><Baxh>${number}</Baxh></Zt_xx>
   <Wz_xx><Wzid>9002</Wzid><Wzmc>示例</Wzmc><Ym_xx><Ymid>9003</Ymid><Ym>${domain}</Ym></Ym_xx><Baxh>${number}-1</Baxh></Wz_xx></Baxx></BASJ></ICP></DownloadData>`;

test("is applied once when the same content comes under another name", async ({ bench }) => {
  const filing = await sent(bench);
  const xml = review(await subjectOf(bench, filing), 0, "请修改");
  assert.is((await say(bench, xml)).applied, 1);
  const events = (await eventsOf(bench.store.db, filing.id)).length;
  assert.equal(
    [(await say(bench, xml)).repeated, (await eventsOf(bench.store.db, filing.id)).length],
    [1, events],
  );
  const told = await bench.store.db`
    select 1 from notices where filing_id = ${filing.id} and template = 'bureau-returned'`;
  assert.ok(told.length <= 1);
});

for (const [state, words] of [
  ["cancelled", "已取消"],
  ["closed", "已关闭"],
  ["returned", "退回主办者修改"],
] as const)
  test(`is parked where the filing is ${state} meanwhile, with its status for a reason`, async ({
    bench,
  }) => {
    const filing = await sent(bench);
    const ended = state === "returned" ? { returned_from: "bureau" } : {};
    await bench.store.db`update filings set ${bench.store.db({ state, ...ended })} where id = ${filing.id}`;
    assert.is((await say(bench, review(await subjectOf(bench, filing), 1))).parked, 1);
    const { note, filing: number } = await onlyParked(bench);
    assert.equal([number, note?.includes(words)], [filing.number, true], note ?? "");
    assert.is((await bench.now(filing)).state, state);
  });

test("goes to the filing that a person names, recorded as that person's act", async ({ bench }) => {
  const filing = await sent(bench);
  await say(bench, review(987654321, 1));
  const { id } = await onlyParked(bench);
  const done = await assignParked(bench.store, submitter(bench), { id, number: filing.number });
  assert.equal(done, { filing: filing.number, repeated: false });
  assert.is((await bench.now(filing)).state, "approved");
  const event = (await eventsOf(bench.store.db, filing.id)).at(-1);
  assert.equal([event?.action, event?.detail.assignedBy], ["approve-bureau", submitter(bench).staffId]);
  const log = await bench.store.db`
    select 1 from audit_log where action = 'assign-result' and filing_id = ${filing.id}`;
  assert.is(log.length, 1);
  assert.is((await parkedResults(bench.store, submitter(bench))).length, 0);
});

test("goes to a filing once, whoever presses the button again", async ({ bench }) => {
  const filing = await sent(bench);
  await say(bench, review(987654321, 1));
  const { id } = await onlyParked(bench);
  const assign = () => assignParked(bench.store, submitter(bench), { id, number: filing.number });
  const both = await Promise.all([assign(), assign()]);
  assert.is(both.filter((one) => "refused" in one).length, 1);
  const actions = (await eventsOf(bench.store.db, filing.id)).map(({ action }) => action);
  assert.is(actions.filter((action) => action === "approve-bureau").length, 1);
});

test("brings numbers to the filing that a person names", async ({ bench }) => {
  const filing = await sent(bench);
  await say(bench, record("浙ICP备2026000777号", filing.domain));
  const { id } = await onlyParked(bench);
  const done = await assignParked(bench.store, submitter(bench), { id, number: filing.number });
  assert.not.ok("refused" in done, JSON.stringify(done));
  assert.is((await bench.now(filing)).state, "numbered");
});

test("is refused for a filing whose workflow does not allow it, and stays parked", async ({ bench }) => {
  const filing = await sent(bench);
  await say(bench, review(987654321, 1));
  await bench.store.db`update filings set state = 'ready' where id = ${filing.id}`;
  const { id } = await onlyParked(bench);
  const done = await assignParked(bench.store, submitter(bench), { id, number: filing.number });
  assert.match("refused" in done ? done.refused : "", /不能用在这件备案单上/);
  assert.is((await onlyParked(bench)).id, id);
  assert.is((await bench.now(filing)).state, "ready");
});

test("about another operation is refused for the filing", async ({ bench }) => {
  const filing = await sent(bench);
  await say(bench, review(987654321, 1).replace("<Czlx>1<", "<Czlx>4<"));
  const { id } = await onlyParked(bench);
  const done = await assignParked(bench.store, submitter(bench), { id, number: filing.number });
  assert.match("refused" in done ? done.refused : "", /对不上/);
});

test("is applied when it is tried again and what it is about has appeared, and never by itself", async ({
  bench,
}) => {
  const filing = await sent(bench);
  const gone = (id: number) =>
    `<DownloadData version="V.3.0"><ICP><ZXSJ><Zxxx><Zxlb>0</Zxlb><Jlid>${id}</Jlid></Zxxx></ZXSJ></ICP></DownloadData>`;
  await say(bench, gone(9001));
  const { id } = await onlyParked(bench);
  assert.ok("refused" in (await retryParked(bench.store, submitter(bench), id)));
  const [desk] = bench.simulator.view().filings;
  bench.simulator.order({ action: "approve", filing: desk?.id ?? 0 });
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  await bench.store.db`update subjects set bureau_object_id = 9001 where filing_id = ${filing.id}`;
  const inForce = async () =>
    (await bench.store.db`select 1 from subjects where filing_id = ${filing.id} and cancelled_at is null`)
      .length;
  assert.equal([(await onlyParked(bench)).id, await inForce()], [id, 1]);
  assert.not.ok("refused" in (await retryParked(bench.store, submitter(bench), id)));
  assert.is(await inForce(), 0);
});

test.run();
