import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import type { World } from "../../support/app.ts";
import { illegalList, ownRange, unfiledList } from "../../support/bureau-lists.ts";
import { reportedSites } from "../../support/reported-sites.ts";

const test = suite("未备案网站 and 非法接入 on the console");

let world: World;
const LIST = "/console/unfiled-sites";

const { come, idsOf, answers } = reportedSites(test, (scene) => {
  world = scene.world;
});
test.before.each(() => ownRange(world.store, world.people.isps.first, "203.0.113.0", "203.0.113.255"));

const good = { action: "cut", result: "1", dueOn: "2026-11-25" };

test("shows what lies in our ranges first, the rest and 非法接入 beside it, and counts it in the side bar", async () => {
  await come(
    unfiledList(
      { id: 1, domain: "li.cn", ip: "203.0.113.9" },
      { id: 2, domain: "wai.cn", ip: "198.51.100.9" },
    ),
  );
  await come(illegalList({ id: 1, domain: "feifa.cn", ip: "203.0.113.10" }));
  const browser = await world.signInAs("孙七");
  const { text } = await browser.get(LIST);
  assert.match(text, "li.cn");
  assert.not.match(text, "wai.cn");
  assert.match(text, /未备案网站<span class="n">2<\/span>/);
  assert.match((await browser.get(`${LIST}?place=outside`)).text, "wai.cn");
  assert.match((await browser.get(`${LIST}?kind=illegal`)).text, "feifa.cn");
  assert.not.match((await browser.get(`${LIST}?kind=illegal&place=answering`)).text, "正在答复管局");
});

test("goes on page by page with nothing twice and nothing left out", async () => {
  const many = Array.from({ length: 61 }, (_, at) => ({
    id: at + 1,
    domain: `d${at}.cn`,
    ip: "203.0.113.9",
    at: "2026-11-20",
  }));
  await come(unfiledList(...many));
  const browser = await world.signInAs("孙七");
  const first = await browser.get(LIST);
  const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = await browser.get(next);
  const seen = [first, second].flatMap(({ text }) =>
    [...text.matchAll(/>(d\d+\.cn)</g)].map(([, name]) => name),
  );
  assert.equal([seen.length, new Set(seen).size], [61, 61]);
  assert.not.match(second.text, 'rel="next"');
});

test("answers several that were ticked with one form, once however often it is sent", async () => {
  await come(
    unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }, { id: 2, domain: "b.cn", ip: "203.0.113.9" }),
  );
  const site = await idsOf("a.cn", "b.cn");
  const browser = await world.signInAs("孙七");
  const form = await browser.get(`${LIST}/answer?site=${site[0]}&site=${site[1]}`);
  assert.match(form.text, "a.cn");
  const requestId = /name="requestId" value="([^"]+)"/.exec(form.text)?.[1] ?? "";
  for (let times = 0; times < 2; times++) {
    const sent = await browser.post(`${LIST}/answer`, { ...good, requestId, site });
    assert.equal([sent.status, sent.location], [303, `${LIST}?kind=unfiled&place=answering`]);
  }
  assert.equal(await answers(), [
    { action: "cut", state: "waiting" },
    { action: "cut", state: "waiting" },
  ]);
  const late = await browser.post(`${LIST}/answer`, { ...good, requestId: newId(), site });
  assert.is(late.status, 409);
  assert.match(late.text, "2条已经答复过");
  assert.match((await browser.get(`${LIST}/${site[0]}`)).text, "等管局收下");
});

test("非法接入 is noted, and 已断开接入 makes a task of it", async () => {
  await come(illegalList({ id: 1, domain: "feifa.cn", ip: "203.0.113.10" }));
  const [site = ""] = await idsOf("feifa.cn");
  const browser = await world.signInAs("孙七");
  const sent = await browser.post(`${LIST}/answer`, { kind: "illegal", site, action: "cut" });
  assert.is(sent.location, `${LIST}?kind=illegal&place=done`);
  assert.equal(await answers(), [{ action: "cut", state: "noted" }]);
  assert.is((await world.db`select 1 from cuts where cause = 'illegal_access'`).length, 1);
});

test("is taken by one; the other is told who has it", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }));
  const [site = ""] = await idsOf("a.cn");
  const sun = await world.signInAs("孙七");
  const wu = await world.signInAs("吴九");
  assert.is((await sun.post(`${LIST}/${site}/claim`)).status, 303);
  assert.is((await wu.post(`${LIST}/${site}/claim`)).status, 409);
  assert.match((await wu.get(`${LIST}/${site}`)).text, "孙七正在办理");
  assert.is((await wu.post(`${LIST}/answer`, { ...good, site })).status, 409);
  assert.is((await sun.post(`${LIST}/answer`, { ...good, site })).status, 303);
});

test("forged names find nothing: of another provider, of another kind, of no number", async () => {
  await come(unfiledList({ id: 1, domain: "a.cn", ip: "203.0.113.9" }));
  const [site = ""] = await idsOf("a.cn");
  const browser = await world.signInAs("孙七");
  const far = await world.signInAs("冯二");
  assert.is((await far.get(`${LIST}/${site}`)).status, 404);
  assert.is((await far.post(`${LIST}/answer`, { ...good, site })).status, 404);
  assert.is((await browser.post(`${LIST}/answer`, { ...good, kind: "illegal", site })).status, 404);
  assert.is((await browser.get(`${LIST}/answer?site=${site}&site=99999`)).status, 404);
  for (const name of ["0", "-1", "x", "9".repeat(30)])
    assert.is((await browser.get(`${LIST}/${name}`)).status, 404, name);
  assert.is((await browser.get(`${LIST}/answer?site=x`)).status, 303);
  assert.is((await browser.get(`${LIST}?kind=__proto__&place=constructor`)).status, 200);
  assert.equal(await answers(), []);
});

test("leaves as a table, and that is in the audit log", async () => {
  await come(
    unfiledList({ id: 1, domain: "=a.cn", ip: "203.0.113.9" }, { id: 2, domain: "b.cn", ip: "203.0.113.9" }),
  );
  const browser = await world.signInAs("孙七");
  const csv = await browser.post(`${LIST}/export`, { kind: "unfiled", place: "inside", format: "csv" });
  assert.match(csv.text, "b.cn,203.0.113.9,是");
  assert.is((await browser.post(`${LIST}/export`, { format: "xlsx" })).status, 200);
  const logged =
    await world.db`select detail ->> 'format' as format from audit_log where action = 'export-sites' order by id`;
  assert.equal(
    logged.map(({ format }) => format),
    ["csv", "xlsx"],
  );
});

test.run();
