import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Tree } from "../../../src/gateways/bureau/xml.ts";
import { completeReconciliation } from "../../../src/models/reconciliation/complete.ts";
import { decideDifferences } from "../../../src/models/reconciliation/decide.ts";
import { openReconciliation } from "../../../src/models/reconciliation/reconciliations.ts";
import { withText } from "../../../src/simulator/trees.ts";
import { copyOf, copyXml, ourRecord, recorded, takeCopy } from "../../support/copies.ts";
import { complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

type Shared = { bench: TaskBench; bureauId: number; ispId: number };
const test = suite<Shared>("what a comparison with the bureau leaves alone");
test.before.each(async (shared) => {
  shared.bench = await taskBench();
  shared.ispId = shared.bench.people.isps.first;
  shared.bureauId = await addBureau(shared.bench.store, shared.ispId);
});
test.after.each(({ bench }) => bench.close());

const onRecord = ({ bench: { store, people }, bureauId }: Shared) => recorded(store, people, bureauId);
const copyNow = async ({ bench: { store }, ispId }: Shared, id: number) =>
  copyOf(await ourRecord(store, ispId, id));
const take = ({ bench: { store }, bureauId }: Shared, copy: Tree) =>
  takeCopy(store, bureauId, copyXml([copy]));

const open = ({ bench }: Shared) => bench.db<{ id: number; subjectId: number | null; place: string }[]>`
  select id, subject_id, place from record_differences where state = 'open' order by id`;
const places = async (shared: Shared) => (await open(shared)).map(({ place }) => place);

async function repaired(shared: Shared): Promise<string[]> {
  const { bench, ispId } = shared;
  const wanted = {
    ids: (await open(shared)).map(({ id }) => id),
    decision: "bureau",
    reason: "核对过",
  } as const;
  const done = await decideDifferences(bench.store, ispId, staffNamed(bench.people, "孙七"), wanted);
  return done.map(({ outcome }) => outcome);
}

const round = async ({ bench, bureauId, ispId }: Shared, source: "copy" | "lookup" = "copy") =>
  (await openReconciliation(bench.db, { ispId, bureauId, source }, 7)).id;

/** A record that nobody has here, under other ids, another domain and this number. */
async function strange(shared: Shared, number: string): Promise<Tree> {
  const texts = {
    ...{ "Zt_xx/Ztid": "990001", "Zt_xx/IspZtid": "990002", "Zt_xx/Baxh": number },
    ...{ "Wz_xx/Wzid": "990003", "Wz_xx/Baxh": `${number}-1`, "Wz_xx/Ym_xx/Ym": "fremd.example.cn" },
  };
  const copy = await copyNow(shared, await onRecord(shared));
  return Object.entries(texts).reduce((tree, [path, text]) => withText(tree, path, text), copy);
}

test("records of another bureau, and those that came after it began, are not missing in a whole copy", async (shared) => {
  const { bench, ispId } = shared;
  const [copied, lost, later, elsewhere] = [
    await onRecord(shared),
    await onRecord(shared),
    await onRecord(shared),
    await onRecord(shared),
  ];
  await take(shared, await copyNow(shared, copied));
  await bench.db`update subjects set numbered_at = now() + interval '1 second' where id = ${later}`;
  const other = await addBureau(bench.store, bench.people.isps.second);
  await bench.db`update isp_bureaus set isp_id = ${ispId}, province = '110000', is_default = false where id = ${other}`;
  await bench.db`update subjects set bureau_id = ${other} where id = ${elsewhere}`;
  await completeReconciliation(bench.store, ispId, await round(shared));
  assert.equal(
    (await open(shared)).map(({ subjectId }) => subjectId),
    [lost],
  );
});

test("a copy is whole once, and what the bureau was only asked for never is", async (shared) => {
  const { bench, ispId } = shared;
  const id = await round(shared);
  const first = await completeReconciliation(bench.store, ispId, id);
  await onRecord(shared);
  assert.equal(await completeReconciliation(bench.store, ispId, id), first);
  assert.equal(await places(shared), []);
  await bench.db`update reconciliations set state = 'closed', closed_at = now()`;
  for (const over of [id, await round(shared, "lookup")])
    assert.is(await completeReconciliation(bench.store, ispId, over).catch(({ name }) => name), "NotFound");
});

test("a record of another provider is not ours, whatever the bureau calls it", async (shared) => {
  const { bench } = shared;
  const { store, people, db } = bench;
  const far = await addBureau(store, people.isps.second);
  const filing = await complete(store, registrantNamed(people, "钱一"), freshParts());
  const id = await numberFiling(store, filing, far, "浙ICP备20990001号");
  // The number alone keeps nothing out: the other provider may have it on record too.
  await take(shared, withText(await strange(shared, "浙ICP备20990001号"), "Zt_xx/IspZtid", String(id)));
  assert.equal(
    (await open(shared)).map(({ subjectId, place }) => [subjectId, place]),
    [[null, "record"]],
  );
  assert.equal(await repaired(shared), ["done"]);
  const held = await db`select 1 from subjects where number = '浙ICP备20990001号' and cancelled_at is null`;
  assert.is(held.length, 2);
});

test("a number that another record has is given to no second one", async (shared) => {
  const { bench } = shared;
  await take(shared, await strange(shared, "浙ICP备20990002号"));
  await bench.db`
    update subjects set number = '浙ICP备20990002号' where id = (select max(id) from subjects)`;
  assert.equal(await repaired(shared), ["taken"]);
  await bench.db`delete from record_differences`;
  const id = await onRecord(shared);
  await take(shared, withText(await copyNow(shared, id), "Zt_xx/Baxh", "浙ICP备20990002号"));
  assert.equal(await places(shared), ["number"]);
  assert.equal(await repaired(shared), ["taken"]);
});

test("nothing comes back into force below what is cancelled", async (shared) => {
  const { bench } = shared;
  const id = await onRecord(shared);
  const copy = await copyNow(shared, id);
  await bench.db`update subjects set cancelled_at = now() where id = ${id}`;
  await bench.db`update websites set cancelled_at = now() where subject_id = ${id}`;
  await take(shared, copy);
  await bench.db`delete from record_differences where website_id is null`;
  assert.equal(await places(shared), ["state"]);
  assert.equal(await repaired(shared), ["parent"]);
});

test.run();
