import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findFiling } from "../../src/models/filing/rows.ts";
import { productOf } from "../../src/models/product/of-filing.ts";
import { type Browser, testWorld, type World } from "../support/app.ts";
import { complete, freshParts, registrantNamed } from "../support/filings.ts";
import { cloudServer, stock } from "../support/products.ts";

const test = suite<{ scene: World; browser: Browser }>("the page of a filing's product");
test.before(async (context) => {
  context.scene = await testWorld();
  context.browser = await context.scene.signInAs("张三");
  const { db, people } = context.scene;
  await db`
    update isps set settings = settings || '{"products": {"required": true}}' where id = ${people.isps.first}`;
});
test.after(({ scene }) => scene.close());

const drafted = ({ store, people }: World) => complete(store, registrantNamed(people, "张三"), freshParts());

test("is where the summary of a filing without a product leads", async ({ scene, browser }) => {
  const { number } = await drafted(scene);
  const overview = await browser.get(`/filings/${number}`);
  assert.match(overview.text, `/filings/${number}/product`);
  const summary = await browser.get(`/filings/${number}/check`);
  assert.match(summary.text, /还没有核验产品/);
  assert.match(summary.text, `/filings/${number}/product`);
});

test("puts an old draft on a product, and never shows a secret back", async ({ scene, browser }) => {
  const { number } = await drafted(scene);
  const path = `/filings/${number}/product`;
  const product = cloudServer();
  const id = await stock(scene.store, scene.people, product);
  const typed = { productType: "cloud_server", productKey: product.key, productProof: "falsch-wie-nie" };
  await browser.get(path);
  const wrong = await browser.post(path, typed);
  assert.is(wrong.status, 422);
  assert.not(wrong.text.includes("falsch-wie-nie"));
  await browser.get(path);
  const right = await browser.post(path, { ...typed, productProof: product.secret ?? "" });
  assert.equal([right.status, right.location], [303, `/filings/${number}`]);
  const owner = registrantNamed(scene.people, "张三");
  const bound = await productOf(scene.db, await findFiling(scene.db, number, owner));
  assert.is(bound?.productId, id);
  assert.not((await browser.get(`/filings/${number}/check`)).text.includes("还没有核验产品"));
  assert.match((await browser.get(path)).text, /已核验：云服务器/);
});

test.run();
