import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as sample from "../../rules/sample.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { begin, fill, freshParts, newSite, send } from "../../support/bureau-kinds.ts";

const test = suite<{ bench: BureauBench }>("the queue of a bureau and one subject twice");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("an upload that waits for another of its subject lets the next go first", async ({ bench }) => {
  const number = "浙ICP备2020000777号";
  const add = async () => {
    const { domain, certNo } = freshParts();
    const filing = await begin(bench, { kind: "add", nature: "4", certType: "1", certNo, domain, number });
    await fill(bench, filing, { subject: { ...sample.company, certNo, number }, ...newSite(domain) });
    return filing;
  };
  const [first, second] = [await add(), await add()];
  await send(bench, first);
  await send(bench, second);
  const next = await bench.uploading();
  const files = bench.kept.size;
  await bench.submit();
  const states: string[] = [];
  for (const one of [first, second, next]) states.push((await bench.now(one)).state);
  assert.equal(states, ["sms_pending", "uploading", "sms_pending"]);
  assert.is(bench.kept.size, files + 1, "no file was made for the one that waits");
});

test.run();
