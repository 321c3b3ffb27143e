import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sharp } from "../../../src/documents/engine.ts";
import { readPicture } from "../../../src/models/material/files.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { act, complete, registrantNamed } from "../../support/filings.ts";
import { draftWithPlaces, prepareAll } from "../../support/materials.ts";
import { asFile } from "../../support/photos.ts";

type Shared = { world: World; zhang: Browser };

const test = suite<Shared>("the page to crop a picture");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.after(({ world }) => world.close());

/** Red on the left, green above right, blue below right: 1200 × 800. */
async function flag(): Promise<Buffer> {
  const part = (background: string, width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp(await part("#ff0000", 1200, 800))
    .composite([
      { input: await part("#00ff00", 600, 400), left: 600, top: 0 },
      { input: await part("#0000ff", 600, 400), left: 600, top: 400 },
    ])
    .withMetadata({ orientation: 1 })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** A draft with that picture as its certificate, ready. */
async function opened({ world, zhang }: Shared) {
  const { filing, subject } = await draftWithPlaces(world, registrantNamed(world.people, "张三"));
  const slot = `/filings/${filing.number}/materials/certificate`;
  await zhang.get(`/filings/${filing.number}/materials`);
  await zhang.post(`${slot}?section=${subject}`, { picture: asFile(await flag()) });
  await prepareAll(world, filing);
  const current = async () =>
    (await currentMaterials(world.db, filing.id)).find((one) => one.slot === "certificate");
  const cut = async (fields: Record<string, string>) =>
    zhang.post(`${slot}/crop?section=${subject}`, { material: String((await current())?.id), ...fields });
  return { filing, subject, path: `${slot}/crop?section=${subject}`, current, cut };
}

test("cuts off the edges named and makes all copies anew", async (shared) => {
  const { world, zhang } = shared;
  const { filing, subject, path, current, cut } = await opened(shared);
  const form = await zhang.get(path);
  assert.is(form.status, 200);
  assert.match(form.text, "左边剪掉百分之几");
  const answer = await cut({ left: "50", top: "50", right: "10", bottom: "0" });
  assert.is(answer.location, `/filings/${filing.number}/materials#m-certificate-${subject}`);
  await prepareAll(world, filing);
  const material = await current();
  assert.equal([material?.state, material?.width, material?.height], ["ready", 480, 400]);
  assert.ok(material);
  const key = world.store.vault.unwrap(filing.dataKey);
  for (const copy of ["full", "bureau", "thumbnail"] as const) {
    const { dominant } = await sharp(await readPicture(world.files, key, material, copy)).stats();
    assert.ok(dominant.b > 200 && dominant.r < 60 && dominant.g < 60, `${copy} is blue`);
  }
});

test("says what is wrong beside the number, and leaves the picture as it is", async (shared) => {
  const { current, cut } = await opened(shared);
  const before = await current();
  const answer = await cut({ left: "60", right: "60" });
  assert.is(answer.status, 422);
  assert.match(answer.text, "左右剪得太多");
  assert.match(answer.text, 'value="60"');
  assert.equal(await current(), before);
});

test("cuts once where the button is pressed twice, and nothing that was replaced meanwhile", async (shared) => {
  const { world } = shared;
  const { filing, current, cut } = await opened(shared);
  const material = String((await current())?.id);
  const form = { left: "10", requestId: "one-page", material };
  assert.is((await cut(form)).status, 303);
  assert.is((await cut(form)).status, 404);
  await prepareAll(world, filing);
  assert.is((await cut(form)).status, 404);
  assert.is((await current())?.width, 1080);
});

test("is closed while the filing is under review", async (shared) => {
  const { world, zhang } = shared;
  const owner = registrantNamed(world.people, "张三");
  const first17 = "91330108MA2700009";
  const certNo = first17 + creditCodeCheck(first17);
  const filing = await complete(world.store, owner, { domain: "crop.cn", certNo });
  await act(world.store, filing, "submit", owner, { declared: true });
  const [material] = await currentMaterials(world.db, filing.id);
  const path = `/filings/${filing.number}/materials/${material?.slot}/crop?section=${material?.sectionId}`;
  assert.is((await zhang.get(path)).status, 409);
});

test.run();
