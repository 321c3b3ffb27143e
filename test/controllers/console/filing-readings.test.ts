import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filingKey } from "../../../src/models/filing/rows.ts";
import { recordReading } from "../../../src/models/material/reading.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import type { ReadDocument } from "../../../src/vocabulary/filing.ts";
import { testWorld, type World } from "../../support/app.ts";
import { pageOf, submitted, words } from "../../support/console.ts";

const test = suite("what was read on pictures, on the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

/** A submitted filing on whose 主体负责人's card this was read. */
async function withReading(read: ReadDocument) {
  const filing = await submitted(world);
  const material = (await currentMaterials(world.db, filing.id)).find(({ slot }) => slot === "leader");
  if (!material) throw new Error("the filing has no card");
  await world.db`update materials set read_at = null where id = ${material.id}`;
  await recordReading(world.store, { material, key: filingKey(world.store, filing), kind: read.kind }, read);
  return filing;
}

test("stands beside the field that differs, masked as the field is", async () => {
  const filing = await withReading({ kind: "identityCard", name: "陈雨桐", number: "330106199001152139" });
  const page = await (await world.signInAs("李四")).get(pageOf(filing));
  const text = words(page.text);
  assert.match(text, "身份证照片上读到的姓名和填写的不同，请核对");
  assert.match(text, /照片上读到：\s*陈雨桐/);
  assert.match(text, /照片上读到：\s*330106\*{8}2139/);
  assert.not.match(page.text, "330106199001152139");
});

test("is masked for 客服 like every name", async () => {
  const filing = await withReading({ kind: "identityCard", name: "陈雨桐" });
  const page = await (await world.signInAs("周八")).get(pageOf(filing));
  assert.not.match(page.text, "陈雨桐");
});

test("is not said where both are the same", async () => {
  const filing = await withReading({ kind: "identityCard", name: "张三" });
  const page = await (await world.signInAs("李四")).get(pageOf(filing));
  assert.not.match(page.text, "照片上读到");
});

test.run();
