import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../src/lib/processes.ts";
import { type CutScene, startCutScene } from "../../support/cut-scene.ts";

const test = suite("a process killed at any point of submitting");

const PATIENCE = 20_000;
/** More points than there are: the run that reaches none of them ends the test. */
const MOST = 500;

/** What the next worker makes of what a killed one left. */
async function goOn({ bench, as }: CutScene): Promise<void> {
  await until(async () => {
    await bench.letRestEnd();
    await bench.submit(as);
    const [row] = await bench.store.db`select 1 from filings where state = 'uploading'`;
    return row === undefined;
  }, PATIENCE);
}

test("leaves each filing exactly once at the bureau, whatever the point", async () => {
  const scene = await startCutScene();
  const { bench } = scene;
  let points = 0;
  for (let killAt = 1; killAt <= MOST; killAt++) {
    const filing = await bench.uploading();
    const { killed, passed } = await scene.run("submit", killAt);
    await goOn(scene);
    const place = `killed at point ${killAt}`;
    assert.is((await bench.now(filing)).state, "sms_pending", place);
    assert.is(await bench.atBureau(filing), 1, place);
    points = passed;
    if (!killed) break;
  }
  const { db } = bench.store;
  const [counts] = await db<{ filings: number; numbers: number; highest: number; waiting: number }[]>`
    select (select count(*) from filings) as filings, count(distinct sequence) as numbers, max(sequence) as highest,
      count(*) filter (where state <> 'accepted') as waiting
    from bureau_packages where state <> 'void'`;
  assert.equal(counts, {
    filings: points + 1,
    numbers: points + 1,
    highest: points + 1,
    waiting: 0,
  });
  assert.ok(points > 20, `${points} points were cut`);
  await scene.close();
});

test.run();
