import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Browser, hosts, testWorld, type World } from "../../support/app.ts";

type Context = { world: World; admin: Browser };

const test = suite<Context>("addresses for post and for coming in person");
test.before(async (context) => {
  context.world = await testWorld();
  context.admin = await context.world.signInAs("郑十");
});
test.after(({ world }) => world.close());
test.before.each(async ({ world }) => void (await world.db`delete from isp_places`));

const LIST = "/console/places";
const place = {
  ...{ kind: "post", name: "备案受理处", address: "杭州市滨江区网商路1号2楼", hours: "工作日9:00–17:00" },
  ...{ phone: "0571-00000000", note: "进门左转。", position: "2" },
};

const idOf = async ({ db }: World): Promise<number> =>
  (await db<{ id: number }[]>`select id from isp_places order by id desc limit 1`)[0]?.id ?? 0;

test("stand on a page of help, by kind and in order, each provider's its own", async ({ world, admin }) => {
  assert.match((await world.visitor().get("/help/places")).text, "不用邮寄");
  await admin.post(`${LIST}/new`, place);
  await admin.post(`${LIST}/new`, { ...place, kind: "on_site", name: "城西服务点", position: "1" });
  await admin.post(`${LIST}/new`, { ...place, name: "档案室", position: "1" });
  const { text, headers } = await world.visitor().get("/help/places");
  assert.equal(
    [...text.matchAll(/<h[23][^>]*>([^<]+)<\/h[23]>/g)].map(([, title]) => title),
    ["邮寄地址", "档案室", "备案受理处", "面签地址", "城西服务点"],
  );
  for (const word of [place.address, place.phone, place.hours, "<p>进门左转。</p>"])
    assert.ok(text.includes(word), word);
  assert.is(headers.get("cache-control"), "public, max-age=600");
  assert.not.match((await world.visitor(hosts.second).get("/help/places")).text, place.address);
  assert.match((await world.visitor(hosts.neutral).get("/help/places")).text, "各家接入商的地址不同");
});

test("out of use are shown no more, stay for what refers to them, and come back when saved", async ({
  world,
  admin,
}) => {
  await admin.post(`${LIST}/new`, place);
  const path = `${LIST}/${await idOf(world)}`;
  await admin.post(`${path}/closure`);
  assert.not.match((await world.visitor().get("/help/places")).text, place.address);
  assert.match((await admin.get(LIST)).text, "已停用");
  const late = await admin.post(path, { ...place, seen: "1" });
  assert.is(late.status, 409);
  await admin.post(path, { ...place, seen: "2", name: "<i>新</i>受理处" });
  const { text } = await world.visitor().get("/help/places");
  assert.match(text, "&lt;i&gt;新");
});

test("say what is missing or too long", async ({ world, admin }) => {
  const answer = await admin.post(`${LIST}/new`, { ...place, kind: "moon", name: "", phone: "1".repeat(41) });
  assert.is(answer.status, 422);
  for (const problem of ["请选择是邮寄地址还是面签地址", "请填写名称", "电话最多40个字，现在是41个字"])
    assert.match(answer.text, problem);
  assert.match(answer.text, place.address);
  assert.is(await idOf(world), 0);
});

test.run();
