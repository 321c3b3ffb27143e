import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { bookable, configure, daysAhead, photoDue } from "../../support/appointments.ts";
import { send, words } from "../../support/console.ts";
import { addPictures } from "../../support/filings.ts";

const test = suite<{ world: World }>("booking a verification in person");
test.before(async (context) => {
  context.world = await testWorld();
  await context.world.db`delete from holidays`;
});
test.after(({ world }) => world.close());

test("goes from the page of the filing over a day to the desk and the verification", async ({ world }) => {
  const place = await bookable(world);
  const filing = await photoDue(world);
  const base = `/filings/${filing.number}`;
  const zhang = await world.signInAs("张三");
  assert.match((await zhang.get(base)).text, `href="${base}/appointment"`);
  const day = daysAhead(2);
  const page = await zhang.get(`${base}/appointment?place=${place}&day=${day}`);
  assert.match(page.text, `value="${day}T09:30"`);
  const none = await send(zhang, `${base}/appointment`, { place: String(place) });
  assert.is(none.status, 422);
  assert.match(none.text, "请选一个时间");
  const wish = { place: String(place), start: `${day}T09:30` };
  assert.is((await send(zhang, `${base}/appointment`, wish)).status, 303);
  assert.match(words((await zhang.get(`${base}/appointment`)).text), "面签已约好");
  assert.match((await zhang.get("/")).text, "面签约在");
  const full = await photoDue(world);
  const late = await send(zhang, `/filings/${full.number}/appointment`, wish);
  assert.is(late.status, 409);
  assert.match(late.text, "这个时间刚刚约满了");

  const zhao = await world.signInAs("赵六");
  const list = await zhao.get(`/console/appointments?day=${day}`);
  const [, id] = /appointments\/(\d+)\/arrival/.exec(list.text) ?? [];
  assert.ok(id);
  assert.is(
    (await send(zhao, `/console/appointments/${id}/arrival`)).location,
    `/console/appointments/${id}`,
  );
  assert.match((await zhao.get(`/console/appointments/${id}`)).text, "上传照片");
  await addPictures(world.store, filing, ["photo"]);
  assert.is((await send(zhao, `/console/appointments/${id}/verification`)).status, 303);
  const { state } = await findFiling(world.db, filing.number, { kind: "system" });
  assert.is(state, "verification");
  assert.is((await send(zhao, `/console/appointments/${id}/absence`)).status, 409);
});

test("names on the pages what the provider offers, and hides the rest", async ({ world }) => {
  const filing = await photoDue(world);
  const zhang = await world.signInAs("张三");
  const text = async (verification: string[], path = "") => {
    await configure(world, { verification });
    return words((await zhang.get(`/filings/${filing.number}${path}`)).text);
  };
  assert.match(await text(["curtain"], "/photo"), "在我们寄的幕布前");
  assert.match(await text(["own-backdrop"], "/photo"), "在自己准备的幕布前");
  assert.not.match(await text(["video"], "/photo"), /幕布(前|上|占)/);
  assert.not.match(await text(["own-backdrop"]), "可以免费申请");
  const onSite = await text(["on-site"]);
  assert.match(onSite, "预约面签");
  assert.not.match(onSite, "上传照片");
  assert.not.match(await text(["curtain"]), "预约面签");
});

test("shows nothing of it to others, nor to staff of another provider", async ({ world }) => {
  const filing = await photoDue(world);
  for (const name of ["王五", "钱一"] as const) {
    const other = await world.signInAs(name);
    for (const noun of ["appointment", "papers", "papers/cover.pdf"])
      assert.is((await other.get(`/filings/${filing.number}/${noun}`)).status, 404);
  }
});

test.run();
