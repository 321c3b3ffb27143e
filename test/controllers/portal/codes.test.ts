import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { isFor } from "../../../src/models/product/codes.ts";
import { rememberOwner } from "../../../src/models/product/owners.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { words } from "../../support/console.ts";
import { registrantNamed } from "../../support/filings.ts";
import { cloudServer, stock } from "../../support/products.ts";

const test = suite<{ world: World; owner: Browser }>("authorisation codes");
test.before(async (context) => {
  context.world = await testWorld();
});
test.before.each(async (context) => {
  context.owner = await context.world.signInAs("张三");
});
test.after(({ world }) => world.close());

const CODE = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/;

/** A product of 张三 with so many places. */
async function owned({ store, people }: World, quota = 2): Promise<number> {
  const id = await stock(store, people, cloudServer({ quota }));
  await rememberOwner(store.db, id, people.registrants.张三.id);
  return id;
}

const make = async (browser: Browser, product: number, requestId = newId()) => {
  await browser.get("/codes");
  return browser.follow(await browser.post("/codes", { product: String(product), requestId }));
};

const newest = async ({ db }: World) => {
  const [row] = await db<
    { id: number; state: string; codeHash: Buffer; lastFour: string }[]
  >`select id, state, code_hash, last_four from authorisation_codes order by id desc limit 1`;
  if (!row) throw new Error("no code");
  return row;
};

test("show what they read once, and never again", async ({ world, owner }) => {
  const { text } = await make(owner, await owned(world));
  const [code = ""] = CODE.exec(text) ?? [];
  const { lastFour } = await newest(world);
  assert.is(code.slice(-4), lastFour);
  const later = await owner.get("/codes");
  assert.not.match(later.text, CODE);
  assert.match(words(later.text), `尾号${lastFour} 未使用`);
  const [row] =
    await world.db`select count(*)::int as n from authorisation_codes a where a::text like ${`%${code.replaceAll("-", "")}%`}`;
  assert.is(row?.n, 0);
});

test("are made once however often the same form is sent", async ({ world, owner }) => {
  const product = await owned(world);
  const id = newId();
  await make(owner, product, id);
  const { id: first } = await newest(world);
  await make(owner, product, id);
  assert.is((await newest(world)).id, first);
});

test("are as many as the product has places, also when two are asked for at once", async ({
  world,
  owner,
}) => {
  const product = await owned(world, 1);
  await owner.get("/codes");
  const ask = () => owner.post("/codes", { product: String(product), requestId: newId() });
  const statuses = (await Promise.all([ask(), ask()])).map(({ status }) => status).sort();
  assert.equal(statuses, [303, 409]);
  const again = await ask();
  assert.is(again.status, 409);
  assert.match(again.text, "网站数已经用完");
});

test("are for whom they are granted to, who sees them, until the grant is taken back", async ({
  world,
  owner,
}) => {
  await make(owner, await owned(world));
  const { id, lastFour } = await newest(world);
  assert.is((await owner.post(`/codes/${id}/grant`, { userName: "WANGWU" })).status, 303);
  const wang = await world.signInAs("王五");
  assert.match(words((await wang.get("/codes")).text), `授权给我的 尾号${lastFour}`);
  assert.is((await wang.post(`/codes/${id}/removal`)).status, 404);
  await owner.post(`/codes/${id}/grant`, { userName: "" });
  assert.not.match((await wang.get("/codes")).text, lastFour);
});

test("granted to a name that is nobody's here look like any other, and nobody can use them", async ({
  world,
  owner,
}) => {
  await make(owner, await owned(world));
  const { id } = await newest(world);
  const shown: string[] = [];
  for (const userName of ["WangWU", "niemand", "qianyi"]) {
    assert.is((await owner.post(`/codes/${id}/grant`, { userName })).status, 303);
    const { text } = await owner.get("/codes");
    assert.match(text, `value="${userName}"`);
    shown.push(words(text).replaceAll(userName, ""));
  }
  assert.equal(new Set(shown).size, 1);
  const { ispId, accountId } = registrantNamed(world.people, "王五");
  const [free] = await world.db`
    select 1 from authorisation_codes where id = ${id} and ${isFor(world.db, accountId)} and isp_id = ${ispId}`;
  assert.is(free, undefined);
});

test("free their place when they are taken back, and stay while a filing has them", async ({
  world,
  owner,
}) => {
  const product = await owned(world, 1);
  await make(owner, product);
  const first = await newest(world);
  assert.is((await owner.post(`/codes/${first.id}/removal`)).status, 303);
  assert.is((await newest(world)).state, "revoked");
  await make(owner, product);
  const { id } = await newest(world);
  assert.is.not(id, first.id);
  await world.db`update authorisation_codes set state = 'bound' where id = ${id}`;
  const refused = await owner.post(`/codes/${id}/removal`);
  assert.is(refused.status, 409);
  assert.match(refused.text, "已经在备案中");
});

test("are made only for products that the account has shown to be its own", async ({ world, owner }) => {
  const product = cloudServer();
  const id = await stock(world.store, world.people, product);
  assert.is((await owner.post("/codes", { product: String(id) })).status, 404);
  await owner.get("/codes/product?type=cloud_server");
  const typed = { productType: "cloud_server", productKey: product.key, productProof: "falsch" };
  const wrong = await owner.post("/codes/product", typed);
  assert.is(wrong.status, 422);
  assert.match(wrong.text, "没有通过核验");
  assert.not.match(wrong.text, "falsch");
  const right = await owner.post("/codes/product", { ...typed, productProof: product.secret ?? "" });
  assert.is(right.location, "/codes");
  assert.match((await owner.get("/codes")).text, product.name);
  assert.is((await owner.post("/codes", { product: String(id) })).status, 303);
});

test("ask for what the chosen type asks for", async ({ owner }) => {
  const { text } = await owner.get("/codes/product?type=idc_host");
  assert.match(text, "订单号");
  assert.match(text, "主机IP");
  const changed = await owner.post("/codes/product", { productType: "virtual_host", act: "update" });
  assert.match(changed.text, "FTP用户名");
  assert.match(changed.text, /type="password"/);
});

test.run();
