import { suite } from "uvu";
import * as assert from "uvu/assert";
import { questionGroups } from "../../../src/vocabulary/questions.ts";
import { type Browser, hosts, testWorld, type World } from "../../support/app.ts";

type Context = { world: World; admin: Browser };

const test = suite<Context>("questions and answers");
test.before(async (context) => {
  context.world = await testWorld();
  context.admin = await context.world.signInAs("郑十");
});
test.after(({ world }) => world.close());
test.before.each(async ({ world }) => void (await world.db`delete from questions`));

const LIST = "/console/questions";
const [group] = questionGroups;
const ids = (group?.questions ?? []).map(({ id }) => id);
const [first = "", second = ""] = ids;

/** Ids on the page of help, in order. */
const shown = async (browser: Browser, path = "/help"): Promise<string[]> =>
  [...(await browser.get(path)).text.matchAll(/<details id="([^"]+)"/g)].map(([, id = ""]) => id);

const own = { groupId: group?.id ?? "", ask: "周末办公吗？", answer: "不办公。\n\n[看公告](/announcements)" };

test("stand in the order of the system until somebody moves one", async ({ world, admin }) => {
  assert.equal((await shown(world.visitor())).slice(0, ids.length), ids);
  assert.is((await admin.post(LIST, { question: second, act: "up" })).status, 303);
  assert.equal((await shown(world.visitor())).slice(0, 2), [second, first]);
  await admin.post(LIST, { question: second, act: "up" });
  assert.equal((await shown(world.visitor())).slice(0, 2), [second, first]);
  await admin.post(LIST, { question: second, act: "down" });
  assert.equal((await shown(world.visitor())).slice(0, ids.length), ids);
  assert.equal((await shown(world.visitor(hosts.second))).slice(0, ids.length), ids);
});

test("of the system are hidden and shown again, never removed or reworded", async ({ world, admin }) => {
  await admin.post(LIST, { question: first, act: "hide" });
  assert.not((await shown(world.visitor())).includes(first));
  assert.ok((await shown(world.visitor(hosts.second))).includes(first));
  assert.match((await admin.get(LIST)).text, "已隐藏");
  await admin.post(LIST, { question: first, act: "show" });
  assert.is((await shown(world.visitor()))[0], first);
  assert.is((await admin.post(LIST, { question: first, act: "remove" })).status, 404);
  await admin.post(`${LIST}/${first}`, { groupId: "other", ask: "换了", answer: "换了" });
  const { text } = await world.visitor().get("/help");
  assert.match(text, "其他问题");
  assert.not.match(text, "换了");
  assert.is((await shown(world.visitor())).at(-1), first);
});

test("of a provider's own stand among them, as text with links", async ({ world, admin }) => {
  assert.is((await admin.post(`${LIST}/new`, own)).status, 303);
  const list = await shown(world.visitor());
  const key = /^q-(\d+)$/.exec(list[ids.length] ?? "")?.[1] ?? "";
  const { text } = await world.visitor().get("/help");
  assert.match(text, "<summary>周末办公吗？</summary>");
  assert.match(text, '<a href="/announcements">看公告</a>');
  assert.not((await world.visitor(hosts.second).get("/help")).text.includes("周末办公"));
  await admin.post(`${LIST}/${key}`, { ...own, answer: "<script>alert(1)</script>", seen: "1" });
  assert.match((await world.visitor().get("/help")).text, "&lt;script&gt;");
  const late = await admin.post(`${LIST}/${key}`, { ...own, answer: "来晚了", seen: "1" });
  assert.is(late.status, 409);
  assert.match(late.text, "来晚了");
  await admin.post(LIST, { question: key, act: "remove" });
  assert.not((await world.visitor().get("/help")).text.includes("周末办公"));
});

test("are found by words in the question or the answer, in any case, and opened", async ({
  world,
  admin,
}) => {
  await admin.post(`${LIST}/new`, { ...own, answer: "我们用DNS解析。" });
  const browser = world.visitor();
  const found = await browser.get(`/help?q=${encodeURIComponent("dns 解析")}`);
  assert.match(found.text, "周末办公吗");
  assert.match(found.text, / open><summary>/);
  const none = await browser.get(`/help?q=${encodeURIComponent("<b>查无此词</b>")}`);
  assert.match(none.text, "没有找到");
  assert.not.match(none.text, "<b>查无此词");
  assert.equal(await shown(browser, "/help?q=%20"), await shown(browser));
});

test("want a group, a question and an answer", async ({ admin }) => {
  const answer = await admin.post(`${LIST}/new`, { groupId: "nowhere", ask: "", answer: "x".repeat(5001) });
  assert.is(answer.status, 422);
  for (const problem of ["请选择分组", "请填写问题", "回答最多5000个字，现在是5001个字"])
    assert.match(answer.text, problem);
});

test("are changed by the administrator of the provider alone, and that is written down", async ({
  world,
  admin,
}) => {
  await admin.post(`${LIST}/new`, own);
  const [row] = await world.db<{ action: string; actorId: number; ispId: number }[]>`
    select action, actor_id, isp_id from audit_log order by id desc limit 1`;
  assert.equal(row, {
    ...{ action: "add-question", actorId: world.people.staff.郑十.id, ispId: world.people.isps.first },
  });
  for (const name of ["李四", "吴九", "周八"] as const)
    assert.is((await (await world.signInAs(name)).post(LIST, { question: first, act: "hide" })).status, 403);
});

test.run();
