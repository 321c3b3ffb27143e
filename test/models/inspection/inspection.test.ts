import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  closeInspection,
  doneInspections,
  inspectionCount,
  openInspections,
} from "../../../src/models/inspection/rows.ts";
import { downloaded, inspectionXml, type OnRecord, recorded } from "../../support/bureau-tasks.ts";
import { staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

type Shared = { bench: TaskBench; bureauId: number; on: OnRecord };
const test = suite<Shared>("what the bureau found wrong");
test.before(async (shared) => {
  shared.bench = await taskBench();
  const { store, people } = shared.bench;
  shared.bureauId = await addBureau(store, people.isps.first);
  shared.on = await recorded(store, people, shared.bureauId);
});
test.after(({ bench }) => bench.close());

const sun = ({ bench }: Shared) => staffNamed(bench.people, "孙七");

test("becomes an entry for each, by kind, with the record that it means", async (shared) => {
  const { store } = shared.bench;
  const { on } = shared;
  const entries = [
    `<Zthc><Ztid>${on.subject}</Ztid><Dwmc>示例茶业</Dwmc><Zjlx>1</Zjlx><Zjhm>${on.certNo}</Zjhm><Cwyy>证件过期</Cwyy></Zthc>`,
    `<Jrhc><Wzid>${on.website}</Wzid><Wz_Baxh>${on.number}-1</Wz_Baxh><Ym>${on.domain.name}</Ym><Hcjg>1</Hcjg><Hcsj>2026-11-01</Hcsj><Jrid>${on.access}</Jrid></Jrhc>`,
    `<Kkwzhc><Wzid>${on.website}</Wzid><Wz_Baxh>${on.number}-1</Wz_Baxh><Hcjg>0</Hcjg><Hcsj>2026-11-01</Hcsj></Kkwzhc>`,
    `<Wzch><Wzid>990077</Wzid><Wz_Baxh>浙ICP备2019990001号-9</Wz_Baxh><Hcsj>2026-11-01</Hcsj></Wzch>`,
  ];
  await downloaded(store, shared.bureauId, inspectionXml(entries.join("")));
  const found = await openInspections(store, sun(shared), { limit: 10 });
  assert.equal(
    found.map(({ kind, finding, number, subjectId, websiteId }) => [
      kind,
      finding,
      number,
      subjectId,
      websiteId,
    ]),
    [
      ["subject", null, null, on.subject, null],
      ["access", 1, `${on.number}-1`, on.subject, on.website],
      ["website", 0, `${on.number}-1`, on.subject, on.website],
      ["liveness", null, "浙ICP备2019990001号-9", null, null],
    ],
  );
  assert.is(found[0]?.entry.reason, "证件过期");
  assert.is(await inspectionCount(store.db, sun(shared)), 4);
  const parked = await store.db`select 1 from bureau_results where outcome = 'parked'`;
  assert.is(parked.length, 0);
});

test("is found by the certificate alone where the bureau's id is unknown", async (shared) => {
  const { store } = shared.bench;
  const { on } = shared;
  await store.db`update subjects set bureau_object_id = null where id = ${on.subject}`;
  await downloaded(
    store,
    shared.bureauId,
    inspectionXml(`<Zthc><Ztid>5</Ztid><Zjlx>1</Zjlx><Zjhm>${on.certNo.toLowerCase()}</Zjhm></Zthc>`),
  );
  const last = (await openInspections(store, sun(shared), { limit: 50 })).at(-1);
  assert.is(last?.subjectId, on.subject);
});

test("is sealed, and nothing of it can be read in another provider", async (shared) => {
  const { store, people } = shared.bench;
  const rows = await store.db<{ entrySealed: Buffer }[]>`select entry_sealed from inspections`;
  assert.ok(rows.length > 0 && rows.every(({ entrySealed }) => !entrySealed.includes(shared.on.certNo)));
  const far = { ...sun(shared), ispId: people.isps.second };
  assert.equal(await openInspections(store, far, { limit: 10 }), []);
  const [one] = await openInspections(store, sun(shared), { limit: 1 });
  try {
    await closeInspection(store, far, one?.id ?? 0, "");
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, "NotFound");
  }
});

test("is seen to once, by whoever was first, with a note", async (shared) => {
  const { store } = shared.bench;
  const [one] = await openInspections(store, sun(shared), { limit: 1 });
  const id = one?.id ?? 0;
  assert.ok(await closeInspection(store, sun(shared), id, "已请主办者变更"));
  assert.not(await closeInspection(store, staffNamed(shared.bench.people, "吴九"), id, "再来"));
  const [done] = await doneInspections(store, sun(shared), { limit: 1 });
  assert.equal([done?.id, done?.note, done?.doneByName], [id, "已请主办者变更", "孙七"]);
  try {
    await closeInspection(store, staffNamed(shared.bench.people, "周八"), id, "");
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).name, "Forbidden");
  }
});

test.run();
