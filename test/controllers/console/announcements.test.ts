import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isoTime } from "../../../src/lib/dates.ts";
import { type Browser, hosts, testWorld, type World } from "../../support/app.ts";

type Context = { world: World; admin: Browser };

const test = suite<Context>("notices");
test.before(async (context) => {
  context.world = await testWorld();
  context.admin = await context.world.signInAs("郑十");
});
test.after(({ world }) => world.close());
test.before.each(async ({ world }) => void (await world.db`delete from announcements`));

const LIST = "/console/announcements";
const words = { title: "国庆放假安排", body: "10月1日至7日不办公。\n\n急事请打电话。" };

const idOf = async ({ db }: World): Promise<number> =>
  (await db<{ id: number }[]>`select id from announcements order by id desc limit 1`)[0]?.id ?? 0;

const audited = async ({ db }: World): Promise<string[]> =>
  (
    await db<{ action: string }[]>`select action from audit_log where action like '%announcement' order by id`
  ).map(({ action }) => action);

test("are shown to everybody once they are published, the newest three on the first page", async ({
  world,
  admin,
}) => {
  for (let at = 1; at <= 4; at++) {
    const answer = await admin.post(`${LIST}/new`, { ...words, title: `第${at}条公告`, act: "publish" });
    assert.equal([answer.status, answer.location], [303, LIST]);
  }
  for (const browser of [world.visitor(), await world.signInAs("张三")]) {
    const home = (await browser.get("/")).text;
    assert.equal(
      [...home.matchAll(/第(\d)条公告/g)].map(([, at]) => at),
      ["4", "3", "2"],
    );
    const list = (await browser.get("/announcements")).text;
    assert.equal(
      [...list.matchAll(/第(\d)条公告/g)].map(([, at]) => at),
      ["4", "3", "2", "1"],
    );
  }
  const one = await world.visitor().get(`/announcements/${await idOf(world)}`);
  assert.match(one.text, "<p>10月1日至7日不办公。</p>");
  assert.match(one.text, "<p>急事请打电话。</p>");
  assert.is(one.headers.get("cache-control"), "public, max-age=60");
  assert.equal(one.headers.getSetCookie(), []);
});

test("of one provider are not those of another, and a neutral host has none", async ({ world, admin }) => {
  await admin.post(`${LIST}/new`, { ...words, act: "publish" });
  const path = `/announcements/${await idOf(world)}`;
  for (const host of [hosts.second, hosts.neutral]) {
    assert.is((await world.visitor(host).get(path)).status, 404);
    for (const page of ["/", "/announcements"])
      assert.not.match((await world.visitor(host).get(page)).text, words.title, `${host}${page}`);
  }
});

test("are only looked at until somebody publishes them, and drafts are nobody else's", async ({
  world,
  admin,
}) => {
  const preview = await admin.post(`${LIST}/new`, { ...words, act: "preview" });
  assert.is(preview.status, 200);
  assert.match(preview.text, "预览，还没有保存");
  assert.match(preview.text, "<p>急事请打电话。</p>");
  assert.is(await idOf(world), 0);
  await admin.post(`${LIST}/new`, { ...words, act: "draft" });
  const path = `/announcements/${await idOf(world)}`;
  assert.is((await world.visitor().get(path)).status, 404);
  assert.match((await admin.get(LIST)).text, "草稿");
});

test("wait for the time they are to appear", async ({ world, admin }) => {
  const publishAt = isoTime(new Date(Date.now() + 3_600_000)).slice(0, 16);
  await admin.post(`${LIST}/new`, { ...words, publishAt, act: "publish" });
  const id = await idOf(world);
  assert.is((await world.visitor().get(`/announcements/${id}`)).status, 404);
  assert.match((await admin.get(LIST)).text, "等待发布");
  assert.match((await admin.get(`${LIST}/${id}`)).text, `value="${publishAt}"`);
  await world.db`update announcements set publish_at = now()`;
  assert.is((await world.visitor().get(`/announcements/${id}`)).status, 200);
});

test("are taken down at once, and stand again when they are saved", async ({ world, admin }) => {
  await admin.post(`${LIST}/new`, { ...words, act: "publish" });
  const id = await idOf(world);
  await admin.post(`${LIST}/${id}/removal`);
  await admin.post(`${LIST}/${id}/removal`);
  assert.is((await world.visitor().get(`/announcements/${id}`)).status, 404);
  assert.not.match((await world.visitor().get("/")).text, words.title);
  const seen = /name="seen" value="(\d+)"/.exec((await admin.get(`${LIST}/${id}`)).text)?.[1] ?? "";
  await admin.post(`${LIST}/${id}`, { ...words, seen, act: "publish" });
  assert.is((await world.visitor().get(`/announcements/${id}`)).status, 200);
  assert.equal((await audited(world)).slice(-3), [
    "add-announcement",
    "take-down-announcement",
    "change-announcement",
  ]);
});

test("in two windows: the second save is told about the first, and keeps what was typed", async ({
  world,
  admin,
}) => {
  await admin.post(`${LIST}/new`, { ...words, act: "publish" });
  const path = `${LIST}/${await idOf(world)}`;
  await admin.post(path, { ...words, title: "第一个窗口", seen: "1", act: "publish" });
  const second = await admin.post(path, { ...words, title: "第二个窗口", seen: "1", act: "publish" });
  assert.is(second.status, 409);
  assert.match(second.text, "有人改过这里");
  assert.match(second.text, 'value="第二个窗口"');
  assert.match((await world.visitor().get("/")).text, "第一个窗口");
  const again = await admin.post(path, { ...words, title: "第二个窗口", seen: "2", act: "publish" });
  assert.is(again.status, 303);
});

test("are text: no HTML and no script comes of what was typed, links lead to pages only", async ({
  world,
  admin,
}) => {
  const body = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '[点我](javascript:alert(1)) [看](https://example.cn/"onmouseover=alert(1)) https://example.cn/<b>',
    "<%= 1 + 1 %> {{1}}",
  ].join("\n\n");
  await admin.post(`${LIST}/new`, { title: "<b>标题</b>", body, act: "publish" });
  for (const path of ["/", "/announcements", `/announcements/${await idOf(world)}`]) {
    const { text } = await world.visitor().get(path);
    assert.not.match(text, /<script>alert|<img src=x|<b>标题|href="javascript|onmouseover=alert\(1\)"/, path);
  }
  const { text } = await world.visitor().get(`/announcements/${await idOf(world)}`);
  assert.match(text, '<a href="https://example.cn/" rel="noopener nofollow">');
  assert.match(text, "&lt;%= 1 + 1 %&gt;");
});

test("want a title and a text, and say so beside what was typed", async ({ admin, world }) => {
  const answer = await admin.post(`${LIST}/new`, {
    ...{ title: "", body: "写好的正文", publishAt: "2026-02-30T09:00", act: "publish" },
  });
  assert.is(answer.status, 422);
  assert.match(answer.text, "请填写标题");
  assert.match(answer.text, "发布时间写成");
  assert.match(answer.text, "写好的正文");
  assert.is(await idOf(world), 0);
});

test("page on where a list ends, by their time", async ({ world }) => {
  await world.db`
    insert into announcements (isp_id, title, body, publish_at)
    select ${world.people.isps.first}, '公告' || n || '号', '正文', now() - make_interval(hours => n)
    from generate_series(1, 45) n`;
  const browser = world.visitor();
  const seen: string[] = [];
  let next: string | undefined = "/announcements";
  while (next !== undefined) {
    const { text } = await browser.get(next);
    seen.push(...[...text.matchAll(/公告(\d+)号/g)].map(([, at = ""]) => at));
    next = /href="(\/announcements\?before=\d+)"/.exec(text)?.[1];
  }
  assert.equal(
    seen,
    Array.from({ length: 45 }, (_, at) => String(at + 1)),
  );
});

test.run();
