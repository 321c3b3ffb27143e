import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { filingKey } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { uploadMaterial } from "../../../src/models/material/change.ts";
import { recordReading } from "../../../src/models/material/reading.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import type { ReadDocument, Values } from "../../../src/vocabulary/filing.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { draft, freshParts, registrantNamed } from "../../support/filings.ts";
import { type Fields, formOf } from "../../support/form.ts";
import { smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World; zhang: Browser }>("offers of what was read on pictures");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after((context) => context.world.close());

const NUMBER = "330106199001152139";
const CARD: ReadDocument = { kind: "identityCard", name: "陈雨桐", number: NUMBER, until: "2039-08-20" };

/** A draft of a company without its responsible person, on whose card this was read. */
async function withReading({ store, db, files, people }: World, read: ReadDocument = CARD) {
  const actor = registrantNamed(people, "张三");
  const filing = await draft(store, actor, freshParts());
  const { subject } = arrange(await sectionsOf(store, filing));
  await uploadMaterial(store, files, actor, {
    ...{ filingId: filing.id, slot: "leader", sectionId: subject.id },
    ...{ bytes: await smallPhoto(), requestId: newId() },
  });
  const [material] = await currentMaterials(db, filing.id);
  if (material)
    await recordReading(store, { material, key: filingKey(store, filing), kind: read.kind }, read);
  const values = async (): Promise<Values> => arrange(await sectionsOf(store, filing)).subject.values;
  return { path: `/filings/${filing.number}/subject`, values };
}

const sent = async (browser: Browser, path: string, typed: Fields) => {
  const { text } = await browser.get(path);
  return browser.post(path, { ...formOf(text, path), nature: "4", ...typed });
};

test("what was read is offered for empty fields alone, its number masked, and nothing is filled by itself", async ({
  world,
  zhang,
}) => {
  const { path, values } = await withReading(world);
  await sent(zhang, path, { person: "陈雨桐", act: "draft" });
  const { text } = await zhang.get(path);
  assert.match(text, /从证件照片读取/);
  assert.match(text, /<button[^>]*name="fill" value="idNo">/);
  assert.match(text, /照片上读到：<b[^>]*>2039-08-20/);
  assert.not.match(text, NUMBER);
  assert.not.match(text, /name="fill" value="person"/);
  assert.is((await values()).idNo ?? "", "");
});

test("one press fills one field, keeps what was typed beside it, and shows it to be looked at", async ({
  world,
  zhang,
}) => {
  const { path, values } = await withReading(world);
  await sent(zhang, path, { act: "draft" });
  const { status, text } = await sent(zhang, path, { investor: "示例茶业", fill: "idNo" });
  assert.is(status, 200);
  assert.match(text, /已把读到的内容填入“[^”]*证件号码”/);
  assert.match(text, `value="${NUMBER}"`);
  const { idNo, person = "", investor } = await values();
  assert.equal([idNo, person, investor], [NUMBER, "", "示例茶业"]);
});

test("what was typed meanwhile is never written over, and what is not offered fills nothing", async ({
  world,
  zhang,
}) => {
  const { path, values } = await withReading(world);
  await sent(zhang, path, { person: "张三", fill: "person" });
  assert.is((await values()).person, "张三");
  const { status } = await sent(zhang, path, { fill: "mobile" });
  assert.is(status, 200);
  assert.is((await values()).mobile ?? "", "");
});

test("where nothing was read nothing is offered", async ({ world, zhang }) => {
  const { path } = await withReading(world, { kind: "identityCard" });
  const { text } = await zhang.get(path);
  assert.not.match(text, /从证件照片读取/);
});

test.run();
