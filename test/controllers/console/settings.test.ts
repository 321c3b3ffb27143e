import { suite } from "uvu";
import * as assert from "uvu/assert";
import { settingGroups } from "../../../src/forms/setting-table.ts";
import { readSettings } from "../../../src/models/isp/settings.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";

type Context = { world: World; admin: Browser };

const test = suite<Context>("the settings of a provider");
test.before(async (context) => {
  context.world = await testWorld();
  context.admin = await context.world.signInAs("郑十");
});
test.after(({ world }) => world.close());

const PATH = "/console/settings";

/** The form as the page draws it: what a browser sends when nothing is changed. */
async function formOf(admin: Browser): Promise<Record<string, string | string[]>> {
  const { text } = await admin.get(PATH);
  const form = text.slice(text.indexOf(`action="${PATH}"`));
  const fields: Record<string, string[]> = {};
  const put = (name: string, value: string) => {
    fields[name] = [...(fields[name] ?? []), value];
  };
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [, name = ""] = / name="([^"]*)"/.exec(tag) ?? [];
    const isBox = /type="(checkbox|radio)"/.test(tag);
    if (name !== "csrf" && (!isBox || / checked/.test(tag)))
      put(name, / value="([^"]*)"/.exec(tag)?.[1] ?? "");
  }
  for (const [, name = "", value = ""] of form.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</g))
    put(name, value);
  return fields;
}

const stored = async ({ db, people }: World) => {
  const [row] = await db<{ settings: Record<string, unknown>; phone: string; version: number }[]>`
    select settings, phone, version from isps where id = ${people.isps.first}`;
  if (!row) throw new Error("no provider");
  return row;
};

test("stand in one table: every key there is has its place on the page", () => {
  const leaves = Object.entries(readSettings({})).flatMap(([key, value]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.keys(value).map((name) => `${key}.${name}`)
      : [key],
  );
  const shown = settingGroups.flatMap(({ settings }) =>
    settings.filter(({ contact }) => !contact).map(({ key }) => key),
  );
  assert.equal(shown.sort(), leaves.sort());
});

test("stay as they are when the page is saved as it was drawn", async ({ world, admin }) => {
  const before = readSettings((await stored(world)).settings);
  const answer = await admin.post(PATH, await formOf(admin));
  assert.equal([answer.status, answer.location], [303, `${PATH}?saved=1`]);
  assert.equal(readSettings((await stored(world)).settings), before);
  assert.match((await admin.get(`${PATH}?saved=1`)).text, "设置已经保存");
});

test("are kept, shown on every page, and written down with what they were", async ({ world, admin }) => {
  const form = await formOf(admin);
  await admin.post(PATH, {
    ...form,
    ...{ phone: "400-000-0099", qq: "10001", claimMinutes: "45", termDays: "90", fourEyes: "off" },
    ...{ verification: ["curtain", "on-site"], workingHours: "８：30－12:00\n13:30-17:30", autoUpload: "1" },
    "reviewDays.ready": "3",
  });
  const { settings, phone } = await stored(world);
  assert.is(phone, "400-000-0099");
  const kept = readSettings(settings);
  assert.equal(
    [kept.claimMinutes, kept.termDays, kept.fourEyes, kept.verification, kept.autoUpload],
    [45, 90, false, ["curtain", "on-site"], true],
  );
  assert.equal(kept.workingHours, [
    ["08:30", "12:00"],
    ["13:30", "17:30"],
  ]);
  assert.equal(kept.reviewDays, { initial_review: 2, verification: 2, ready: 3, bureau_returned: 1 });
  const [row] = await world.db<{ detail: { changed: Record<string, unknown> } }[]>`
    select detail from audit_log where action = 'change-settings' order by id desc limit 1`;
  assert.equal(row?.detail.changed.phone, ["400-000-0001", "400-000-0099"]);
  assert.equal(row?.detail.changed.claimMinutes, [30, 45]);
  assert.not("curtainText" in (row?.detail.changed ?? {}));
});

test("keep what the page does not know", async ({ world, admin }) => {
  await world.db`update isps set settings = settings || '{"later": {"kept": 1}}'`;
  await admin.post(PATH, await formOf(admin));
  assert.equal((await stored(world)).settings.later, { kept: 1 });
});

test("in two windows: the second save is told about the first", async ({ world, admin }) => {
  const form = await formOf(admin);
  assert.is((await admin.post(PATH, { ...form, phone: "400-000-0011" })).status, 303);
  const second = await admin.post(PATH, { ...form, phone: "400-000-0022" });
  assert.is(second.status, 409);
  assert.match(second.text, "有人改过这里");
  assert.match(second.text, 'value="400-000-0022"');
  assert.is((await stored(world)).phone, "400-000-0011");
  const { version } = await stored(world);
  assert.is((await admin.post(PATH, { ...form, phone: "400-000-0022", seen: String(version) })).status, 303);
});

test("refuse what they may not be, with a sentence for each, and change nothing", async ({
  world,
  admin,
}) => {
  const before = await stored(world);
  const answer = await admin.post(PATH, {
    ...(await formOf(admin)),
    ...{ phone: "<script>", qq: "12", serviceHours: "", icpNumber: "x", claimMinutes: "4", termDays: "1e3" },
    ...{ workingHours: "12:00-9:00", fourEyes: "toString", "reviewDays.ready": "0.5" },
    ...{ "products.source": "nowhere" },
  });
  assert.is(answer.status, 422);
  for (const problem of [
    "备案咨询电话：电话只写数字",
    "备案咨询QQ：",
    "请填写服务时间",
    "本系统的备案号：",
    "领取保留的分钟数：请填写5–480的整数",
    "请填写7–365的整数，或者不填",
    "每天的工作时间：",
    "初审和核验由两个人做：请选择一项",
    "上报时限（工作日）：",
    "产品从哪里查：请选择一项",
  ])
    assert.match(answer.text, problem);
  assert.not.match(answer.text, "<script>");
  assert.equal(await stored(world), before);
});

test("of the operator are shown and not changed", async ({ world, admin }) => {
  const { text } = await admin.get(PATH);
  for (const word of ["一号云计算有限公司", "yi.example", "浙江省"]) assert.match(text, word);
  await admin.post(PATH, { ...(await formOf(admin)), name: "改名", legal_name: "改名", slug: "gai" });
  const [row] = await world.db<{ name: string; slug: string }[]>`
    select name, slug from isps where id = ${world.people.isps.first}`;
  assert.equal(row, { name: "一号云", slug: "yi" });
});

test.run();
