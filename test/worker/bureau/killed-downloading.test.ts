import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../../src/lib/processes.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { type CutScene, startCutScene } from "../../support/cut-scene.ts";

const test = suite("a process killed at any point of downloading");

const PATIENCE = 20_000;
/** More points than there are: the run that reaches none of them ends the test. */
const MOST = 500;

/** A filing that the bureau has approved and numbered; both files wait to be fetched. */
async function decided({ bench, as }: CutScene): Promise<Filing> {
  const filing = await bench.uploading();
  await bench.submit(as);
  const [waiting] = bench.simulator.view().filings.filter(({ state }) => state === "waiting");
  bench.simulator.order({ action: "approve", filing: waiting?.id ?? 0 });
  return filing;
}

/** What is there once of each filing, however often it was begun. */
const traces = ({ bench: { store } }: CutScene, { id }: Filing) => store.db<
  { results: number; notices: number; events: number; subjects: number; websites: number }[]
>`
  select (select count(*) from bureau_results where filing_id = ${id} and outcome = 'applied') as results,
    (select count(*) from notices where filing_id = ${id}) as notices,
    (select count(*) from filing_events where filing_id = ${id}) as events,
    (select count(*) from subjects where filing_id = ${id}) as subjects,
    (select count(*) from websites w join subjects s on s.id = w.subject_id where s.filing_id = ${id}) as websites`;

/** The next worker fetches what is left. */
async function goOn({ bench, as }: CutScene, filing: Filing): Promise<boolean> {
  return until(async () => {
    await bench.download(as);
    return (await bench.now(filing)).state === "numbered";
  }, PATIENCE);
}

test("applies each answer exactly once, whatever the point", async () => {
  const scene = await startCutScene();
  const { bench } = scene;
  const whole = await decided(scene);
  await goOn(scene, whole);
  const expected = await traces(scene, whole);
  let points = 0;
  for (let killAt = 1; killAt <= MOST; killAt++) {
    const filing = await decided(scene);
    const { killed, passed } = await scene.run("download", killAt);
    const place = `killed at point ${killAt}`;
    assert.ok(await goOn(scene, filing), place);
    assert.equal(await traces(scene, filing), expected, place);
    points = passed;
    if (!killed) break;
  }
  assert.is((await bench.download(scene.as)).files, 0, "the bureau has nothing left");
  assert.ok(points > 20, `${points} points were cut`);
  await scene.close();
});

test.run();
