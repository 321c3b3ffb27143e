import { suite } from "uvu";
import * as assert from "uvu/assert";
import { problemSaid, stoppedBecause } from "../../src/cli/bureau-words.ts";
import { type BureauBench, startBureauBench } from "../support/bureau.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";

const test = suite<CliBench & { bench: BureauBench }>("openbeian bureau where something is wrong");

test.before(async (context) => {
  const bench = await startBureauBench();
  Object.assign(context, { bench, ...cliOn(bench, "bureau") });
});
test.after(async ({ bench, remove }) => {
  await bench.close();
  remove();
});

test("has words for every code, and shows one that it does not know as it is", () => {
  assert.is(problemSaid(null), "");
  assert.is(problemSaid("file_zip"), "a file's zip is damaged (file_zip)");
  assert.is(problemSaid("code_5"), "our password there is wrong (5)");
  assert.is(problemSaid("from_a_later_release"), "from_a_later_release");
  assert.is(stoppedBecause("gap"), "it lacks packages that cannot be sent again (gap)");
  assert.match(stoppedBecause("15"), /[\u4e00-\u9fff].*\(15\)$/, "the specification's own words");
});

test("says in words why nothing could be fetched and why a bureau stands still; JSON has the codes", async ({
  bench,
  run,
}) => {
  await bench.store.db`update isp_bureaus set endpoint = 'http://127.0.0.1:9'`;
  const said = /it is out of reach: check its address and the network \(not_connected\)/;
  const pulled = await run("pull");
  assert.is(pulled.code, 1);
  assert.match(pulled.out, said);
  assert.match(pulled.err, said);
  assert.is(JSON.parse((await run("pull", "--json")).out)[0].problem, "not_connected");
  await bench.store.db`update isp_bureaus set stopped_at = now(), stopped_reason = '5'`;
  const status = await run("status");
  assert.match(status.out, said);
  assert.match(status.out, /our password there is wrong \(5\)/);
  const [row] = JSON.parse((await run("status", "--json")).out);
  assert.equal([row.downloadProblem, row.stoppedReason, row.stopped], ["not_connected", "5", "code 5"]);
});

test.run();
