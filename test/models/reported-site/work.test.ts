import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { answersOf } from "../../../src/models/reported-site/answers.ts";
import { findSite } from "../../../src/models/reported-site/rows.ts";
import { answerSites, noteSites, takeSite } from "../../../src/models/reported-site/work.ts";
import type { World } from "../../support/app.ts";
import { illegalList, unfiledList } from "../../support/bureau-lists.ts";
import { staffNamed } from "../../support/filings.ts";
import { reportedSites } from "../../support/reported-sites.ts";

const test = suite("work on what bureaus report");

let world: World;
const { submitter, come, sites, names, only } = reportedSites(test, (scene) => {
  ({ world } = scene);
});
const contentFor = () => ({ words: "已断开接入" });
const cut = (requestId = newId()) => ({ action: "cut" as const, requestId, contentFor });

test("several are answered alike, each once, however often the form comes", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn" }, { id: 2, domain: "b.cn" }, { id: 3, domain: "c.cn" }));
  const [c, b, a] = await sites("unfiled", "outside");
  const ids = [a?.id ?? 0, b?.id ?? 0];
  const work = cut();
  assert.equal((await answerSites(world.store, submitter(), ids, work)).done, ids);
  assert.equal((await answerSites(world.store, submitter(), ids, work)).done, ids);
  const late = await answerSites(world.store, staffNamed(world.people, "吴九"), [...ids, c?.id ?? 0], cut());
  assert.equal(late, { done: [c?.id ?? 0], settled: ids, held: [] });
  assert.equal(await names("unfiled", "answering"), ["c.cn", "b.cn", "a.cn"]);
  assert.is((await answersOf(world.store, submitter(), ids[0] ?? 0)).length, 1);
});

test("of two who answer at once one does", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn" }));
  const { id } = await only();
  await Promise.all([world.db`select 1`, world.db`select 1`]);
  const both = await Promise.all(
    (["孙七", "吴九"] as const).map((name) =>
      answerSites(world.store, staffNamed(world.people, name), [id], cut()),
    ),
  );
  assert.equal(both.map(({ done }) => done.length).sort(), [0, 1]);
});

test("is taken by one, and left alone by the others until then", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn" }));
  const { id } = await only();
  const chief = staffNamed(world.people, "吴九");
  assert.equal(
    [await takeSite(world.store, submitter(), id), await takeSite(world.store, chief, id)],
    [true, false],
  );
  assert.equal((await answerSites(world.store, chief, [id], cut())).held, [id]);
  await world.db`update reported_sites set taken_until = now() - interval '1 minute'`;
  assert.is(await takeSite(world.store, chief, id), true);
});

test("found once more after it was dealt with, it is open again", async () => {
  await come(illegalList({ id: 1, domain: "a.cn", ip: "203.0.113.9", at: "2026-11-10" }));
  const { id } = await only("illegal");
  await noteSites(world.store, submitter(), [id], cut());
  assert.is((await only("illegal")).state, "done");
  await come(illegalList({ id: 1, domain: "a.cn", ip: "203.0.113.9", at: "2026-11-10" }));
  assert.is((await only("illegal")).state, "done");
  await come(illegalList({ id: 1, domain: "a.cn", ip: "203.0.113.9", at: "2026-11-11" }));
  assert.is((await only("illegal")).state, "open");
  await noteSites(world.store, submitter(), [id], cut());
  const cuts = await world.db`select cause, domains, ips from cuts where state = 'open' order by id`;
  const task = { cause: "illegal_access", domains: ["a.cn"], ips: ["203.0.113.9"] };
  assert.equal(
    cuts.map((one) => ({ ...one })),
    [task, task],
  );
});

test("is nobody else's: another provider, another kind and another role are refused", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn" }));
  const { id } = await only();
  const refused = async (work: () => Promise<unknown>) => work().catch((error: Error) => error.name);
  const far = staffNamed(world.people, "冯二");
  assert.equal(
    [
      await refused(() => findSite(world.db, far, id)),
      await refused(() => takeSite(world.store, far, id)),
      await refused(() => answerSites(world.store, far, [id], cut())),
      await refused(() => noteSites(world.store, submitter(), [id], cut())),
      await refused(() => answerSites(world.store, submitter(), [id, id + 1], cut())),
      await refused(() => answerSites(world.store, staffNamed(world.people, "李四"), [id], cut())),
    ],
    ["NotFound", "NotFound", "NotFound", "NotFound", "NotFound", "Forbidden"],
  );
  assert.is((await only()).state, "open");
});

test.run();
