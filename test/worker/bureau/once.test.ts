import { suite } from "uvu";
import * as assert from "uvu/assert";
import { applyAnswer, keepAnswer } from "../../../src/models/bureau/answers.ts";
import { insertPackage, type Prepared, type PreparedRequest } from "../../../src/models/bureau/prepare.ts";
import type { BureauResult } from "../../../src/models/bureau/results.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";

const test = suite<{ bench: BureauBench }>(
  "what the database holds to once, should two work beside each other",
);
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("is each result of an answer", async ({ bench }) => {
  const { store } = bench;
  const { wrapped: dataKey } = store.vault.newDataKey();
  const kept = { fileName: "twice.xml", file: "none", dataKey, contentHash: "none" };
  const answer = await keepAnswer(store.db, await bureauNow(bench), kept);
  const unknown: BureauResult = { kind: "other", name: "ICP/Neu", raw: null };
  const results = [unknown, unknown, unknown];
  await Promise.allSettled([
    applyAnswer(store, answer, results),
    applyAnswer(store, answer, results),
    applyAnswer(store, answer, results),
  ]);
  await applyAnswer(store, answer, results);
  const places = await store.db<{ position: number }[]>`
    select position from bureau_results where answer_id = ${answer.id} order by id`;
  assert.equal(places.map(({ position }) => position).toSorted(), [0, 1, 2]);
});

const prepared = (sequence: number): Prepared => ({
  ...{ fileName: `P${sequence}.xml`, sequence, file: "none", dataKey: Buffer.of(1) },
  ...{ contentHash: "none", bytes: 1 },
});

const requestFor = ({ id, number }: Filing, subject: string): PreparedRequest => ({
  kind: "filing",
  waiting: {
    ...{ id, label: number, claim: async () => ({ filingId: id }), unsendable: async () => undefined },
    content: async () => "busy",
  },
  labels: { operation: 1, about: [], subject },
  hasPassword: false,
});

test("is what is under way about a subject, and a package is written whole or not at all", async ({
  bench,
}) => {
  const [one, two, three] = [await bench.uploading(), await bench.uploading(), await bench.uploading()];
  const bureau = await bureauNow(bench);
  const first = requestFor(one, "number:京ICP备2026000001号");
  const second = requestFor(two, "number:京ICP备2026000001号");
  const other = requestFor(three, "number:京ICP备2026000002号");
  assert.equal(await insertPackage(bench.store, bureau, prepared(1), [first]), []);
  assert.equal(await insertPackage(bench.store, bureau, prepared(2), [second, other]), [second]);
  assert.is((await bench.store.db`select 1 from bureau_requests`).length, 1);
  assert.equal(await insertPackage(bench.store, bureau, prepared(2), [other]), []);
});

test.run();
