import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  begin,
  bureauIdOf,
  changing,
  fill,
  freshParts,
  gone,
  inForce,
  newSite,
  recorded,
  say,
  send,
} from "../../support/bureau-kinds.ts";

const test = suite<{ bench: BureauBench }>("what happens while a filing is at the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("a website that the bureau cancels keeps no domain when its change is numbered", async ({ bench }) => {
  const { tree, filing } = await changing(bench);
  await send(bench, filing);
  const id = await bureauIdOf(bench, "websites", tree.websites[0]?.id ?? 0);
  assert.is((await say(bench, gone(1, id))).applied, 1);
  assert.equal(await inForce(bench, tree.id), [1, 0, 0, 0]);
  approve(bench);
  assert.is((await bench.downloadSome()).parked, 1);
  assert.equal(await inForce(bench, tree.id), [1, 0, 0, 0]);
});

test("a website whose access ended takes its domain back with no change of its subject", async ({
  bench,
}) => {
  const { tree, password } = await recorded(bench);
  const target = { scope: "subject", targetId: tree.id } as const;
  const filing = await begin(bench, { kind: "change", subjectId: tree.id, ...target }, password);
  await fill(bench, filing, { subject: { address: "示例路102号" } });
  await send(bench, filing);
  const id = await bureauIdOf(bench, "accesses", tree.websites[0]?.accesses[0]?.id ?? 0);
  assert.is((await say(bench, gone(2, id))).applied, 1);
  approve(bench);
  assert.is((await bench.downloadSome()).parked, 0);
  assert.is((await bench.now(filing)).state, "numbered");
  assert.equal(await inForce(bench, tree.id), [1, 1, 0, 0]);
});

test("a website is added to no subject that the bureau cancelled", async ({ bench }) => {
  const { tree } = await recorded(bench);
  const { domain } = freshParts();
  const filing = await begin(bench, { kind: "add", subjectId: tree.id, domain });
  await fill(bench, filing, newSite(domain));
  await send(bench, filing);
  await say(bench, gone(0, await bureauIdOf(bench, "subjects", tree.id)));
  approve(bench);
  assert.is((await bench.downloadSome()).parked, 1);
  assert.equal(await inForce(bench, tree.id), [0, 0, 0, 0]);
});

test.run();
