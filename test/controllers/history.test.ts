import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isoDate } from "../../src/lib/dates.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import * as sample from "../rules/sample.ts";
import { type Browser, testWorld, type World } from "../support/app.ts";
import { looks, submitted, words } from "../support/console.ts";
import { reviewed, staffNamed } from "../support/filings.ts";

type Context = { world: World; first: Filing; second: Filing; zhang: Browser; reviewer: Browser };

const test = suite<Context>("the history that is searched");
test.before(async (context) => {
  const world = await testWorld();
  const first = await submitted(world, { siteName: "云中茶谱" });
  const second = await submitted(world, { siteName: "山间茶社" });
  await reviewed(world.store, first, "approve", staffNamed(world.people, "李四"));
  const zhang = await world.signInAs("张三");
  Object.assign(context, { world, first, second, zhang, reviewer: await world.signInAs("李四") });
});
test.after(({ world }) => world.close());

const search = async (browser: Browser, path: string, fields: Record<string, string>) =>
  words(
    (await browser.follow(await browser.post(path, fields))).text.replace(/<select[\s\S]*?<\/select>/g, ""),
  );

test("names staff to staff, and to a registrant says only that it was a reviewer", async ({
  zhang,
  reviewer,
}) => {
  const own = words((await zhang.get("/history")).text);
  assert.match(own, /审核员初审通过/);
  assert.not.match(own, /李四|领取/);
  assert.match(words((await reviewer.get("/console/history")).text), /李四初审通过/);
});

test("is narrowed by action, actor, filing and day, all at once", async ({
  zhang,
  reviewer,
  first,
  second,
}) => {
  const approved = await search(zhang, "/history", { action: "approve" });
  assert.ok(approved.includes(first.number) && !approved.includes(second.number));
  const ofSecond = await search(zhang, "/history", { q: second.number });
  assert.ok(ofSecond.includes(second.number) && !ofSecond.includes(first.number));
  const named = await search(zhang, "/history", { q: "山间茶社网" });
  assert.match(named, /没有找到/);
  const today = isoDate(new Date());
  const filters = { action: "submit", actor: "registrant", q: second.number, from: today, until: today };
  assert.ok((await search(reviewer, "/console/history", filters)).includes(second.number));
  assert.match(await search(reviewer, "/console/history", { ...filters, actor: "bureau" }), /没有找到/);
  assert.match(
    await search(reviewer, "/console/history", { ...filters, until: "2020-01-01", from: "" }),
    /没有找到/,
  );
  assert.match(
    await search(zhang, "/history", { action: "claim", q: first.number }),
    /初审通过/,
    "no such choice",
  );
});

test("is narrowed to one colleague", async ({ world, reviewer, first }) => {
  const id = world.people.staff.李四.id;
  const own = await search(reviewer, "/console/history", { actor: `staff.${id}` });
  assert.ok(own.includes(first.number) && !own.includes("主办者提交"));
  assert.match(await search(reviewer, "/console/history", { actor: "staff.999999" }), /没有找到/);
});

test("is the owner's alone", async ({ world, first }) => {
  for (const name of ["王五", "钱一"] as const) {
    const stranger = await world.signInAs(name);
    assert.not((await stranger.get("/history")).text.includes(first.number), name);
    assert.match(await search(stranger, "/history", { q: first.number }), /没有找到/);
    const { text } = await stranger.post("/history/export", { format: "csv" });
    assert.is(text.trim().split("\r\n").length, 1);
  }
  const far = await world.signInAs("冯二");
  assert.not((await far.get("/console/history")).text.includes(first.number));
});

test("is searched by a person without the name in the address", async ({ reviewer, first }) => {
  const sent = await reviewer.post("/console/history", {
    q: String(sample.company.person),
    action: "approve",
  });
  assert.match(sent.location ?? "", /^\/console\/history\?search=[0-9a-f-]{36}$/);
  assert.ok((await reviewer.follow(sent)).text.includes(first.number));
  const { text } = await reviewer.get(`/console/history?q=${encodeURIComponent("张三丰")}`);
  assert.match(text, /不能写在地址里/);
});

test("says what is wrong with a day", async ({ zhang }) => {
  const wrong: Record<string, string>[] = [
    { from: "2026-02-30" },
    { until: "gestern" },
    { from: "9999-12-31" },
  ];
  for (const fields of wrong) {
    const answer = await zhang.post("/history", fields);
    assert.is(answer.status, 422, JSON.stringify(fields));
    assert.match(answer.text, /日期应写成/);
  }
  assert.is((await zhang.post("/history", { from: "2026-11-20", until: "2026-11-19" })).status, 422);
});

test("goes on where the page before ended, without missing or repeating an event", async ({
  world,
  zhang,
  first,
}) => {
  await world.db`
    insert into filing_events (filing_id, isp_id, seq, action, actor_kind, to_state, request_id, created_at, prev_hash, hash)
    select ${first.id}, ${first.ispId}, 1000 + i, 'lapse', 'system', 'closed', gen_random_uuid(),
      '2026-01-01 08:00+08', '', '' from generate_series(1, 120) i`;
  let path = "/history?action=lapse";
  let seen = 0;
  const pages: number[] = [];
  while (path && pages.length < 5) {
    const { text } = await zhang.get(path);
    const count = text.match(/系统到期关闭/g)?.length ?? 0;
    pages.push(count);
    seen += count;
    path =
      /href="(\/history\?action=lapse&[^"]+)" rel="next"/.exec(text)?.[1]?.replace(/&(amp|#38);/, "&") ?? "";
  }
  assert.equal([seen, pages], [120, [50, 50, 20]]);
});

test("is exported as it was searched, and the export is written down", async ({
  world,
  zhang,
  reviewer,
  first,
}) => {
  const { text } = await zhang.post("/history/export?action=approve", { format: "csv" });
  const rows = text.trim().split("\r\n");
  assert.is(rows.length, 2);
  assert.match(rows[1] ?? "", new RegExp(`${first.number},首次备案,云中茶谱,审核员初审通过`));
  assert.equal((await looks(world, "export-history")).at(-1)?.detail, {
    ...{ what: "history", format: "csv", full: false, by: ["action"] },
  });
  assert.is(
    (await reviewer.post("/console/history/export", { format: "xlsx" })).bytes.readUInt32BE(0),
    0x504b0304,
  );
});

test.run();
