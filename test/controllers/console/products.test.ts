import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { words } from "../../support/console.ts";
import { cloudServer, stock } from "../../support/products.ts";

const test = suite<{ world: World; admin: Browser }>("the products on the console");
test.before(async (context) => {
  context.world = await testWorld();
  context.admin = await context.world.signInAs("郑十");
});
test.after(({ world }) => world.close());

test("are listed page by page with what is used of them, those of the provider alone", async ({
  world,
  admin,
}) => {
  const { store, people } = world;
  for (let at = 0; at < 55; at++) await stock(store, people, cloudServer());
  const foreign = { ...people, isps: { ...people.isps, first: people.isps.second } };
  await stock(store, foreign, cloudServer({ name: "二号云的主机" }));
  const first = await admin.get("/console/products");
  assert.is(first.text.match(/<tr data-row>/g)?.length, 50);
  const [, next = ""] = /href="(\/console\/products\?before=\d+)"/.exec(first.text) ?? [];
  const second = await admin.get(next);
  assert.is(second.text.match(/<tr data-row>/g)?.length, 5);
  assert.not.match(first.text + second.text, "二号云的主机");
});

test("are found by a whole account that stands in no address", async ({ world, admin }) => {
  const product = cloudServer({ type: "virtual_host", key: "13800005678", name: "有电话的主机" });
  await stock(world.store, world.people, product);
  const { location } = await admin.post("/console/products", { words: "13800005678" });
  assert.match(location ?? "", /^\/console\/products\?search=[0-9a-f-]{36}$/);
  const found = await admin.get(location ?? "");
  assert.match(found.text, "有电话的主机");
  assert.is(found.text.match(/<tr data-row>/g)?.length, 1);
  const other = await world.signInAs("吴九");
  assert.is((await other.get(location ?? "")).status, 404);
});

test("are added by hand, with every fault beside its field and no secret shown back", async ({
  world,
  admin,
}) => {
  const typed = { type: "virtual_host", key: "ftp77", secret: "geheim-77", name: "", quota: "viele" };
  const wrong = await admin.post("/console/products/new", typed);
  assert.is(wrong.status, 422);
  assert.match(words(wrong.text), "有2处要改");
  assert.not.match(wrong.text, "geheim-77");
  const right = await admin.post("/console/products/new", { ...typed, name: "手工添加的主机", quota: "4" });
  assert.is(right.location, "/console/products?added");
  assert.match(words((await admin.get("/console/products")).text), /手工添加的主机.*0\/4/);
  const [log] =
    await world.db`select detail from audit_log where action = 'change-product' order by id desc limit 1`;
  assert.ok(log);
});

test("are taken out of use and into it again", async ({ world, admin }) => {
  const id = await stock(world.store, world.people, cloudServer());
  const state = async () => (await world.db`select state from products where id = ${id}`)[0]?.state;
  await admin.get("/console/products");
  await admin.post(`/console/products/${id}/state`, { to: "retired" });
  assert.is(await state(), "retired");
  await admin.post(`/console/products/${id}/state`, { to: "active" });
  assert.is(await state(), "active");
});

test("come with a template to fill in", async ({ admin }) => {
  const { status, headers, bytes } = await admin.get("/console/products/template");
  assert.is(status, 200);
  assert.match(headers.get("content-disposition") ?? "", "products.xlsx");
  assert.is(bytes.readUInt32BE(0), 0x504b0304);
});

test("are in the side bar of 主管 and 管理员 and of nobody else", async ({ world, admin }) => {
  const bar = 'href="/console/products"';
  const barOf = async (name: "吴九" | "李四") => {
    const browser = await world.signInAs(name);
    return (await browser.follow(await browser.get("/console"))).text;
  };
  assert.match((await admin.get("/console/products")).text, bar);
  assert.match(await barOf("吴九"), bar);
  assert.not.match(await barOf("李四"), bar);
});

test.run();
