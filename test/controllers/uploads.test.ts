import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readPicture } from "../../src/models/material/files.ts";
import { currentMaterials } from "../../src/models/material/rows.ts";
import { sweeps } from "../../src/models/worker/sweep.ts";
import { type Browser, testWorld, type World } from "../support/app.ts";
import { registrantNamed } from "../support/filings.ts";
import { draftWithPlaces } from "../support/materials.ts";
import { asFile, photo } from "../support/photos.ts";

type Shared = { world: World; zhang: Browser; picture: Buffer };

const test = suite<Shared>("a picture that comes in parts");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
  context.picture = await photo({ width: 800, height: 600 });
});
test.after(({ world }) => world.close());

let serial = 0;
const newName = (): string => String(++serial).padStart(16, "0");

const PART = 32 * 1024;

type Answer = { status: number; received: number | undefined };

/** What the script asks: how much of a file is there, or takes a part of it. */
async function ask(
  browser: Browser,
  fields: Record<string, string | File>,
  path = "/uploads",
): Promise<Answer> {
  const { status, text } = await browser.post(path, fields);
  const json = text.startsWith("{") ? (JSON.parse(text) as { received?: number }) : {};
  return { status, received: json.received };
}

const partOf = (bytes: Uint8Array, start: number, length = PART): Record<string, string | File> => ({
  start: String(start),
  part: asFile(bytes.subarray(start, start + length), "blob"),
});

/** Sends a file as the script does, and gives how many parts it took. */
async function sendAll(browser: Browser, name: string, bytes: Uint8Array): Promise<number> {
  const named = { name, size: String(bytes.length) };
  let parts = 0;
  for (let at = (await ask(browser, named)).received ?? 0; at < bytes.length; parts++)
    at = (await ask(browser, { ...named, ...partOf(bytes, at) })).received ?? 0;
  return parts;
}

/** A page about pictures, and what its form sends in place of the file. */
async function opened({ world, zhang }: Shared) {
  const places = await draftWithPlaces(world, registrantNamed(world.people, "张三"));
  const path = `/filings/${places.filing.number}/materials`;
  await zhang.get(path);
  const finish = (name: string, size: number, file = "IMG_1.jpg") =>
    zhang.post(`${path}/certificate?section=${places.subject}`, { pictureUpload: `${name}:${size}:${file}` });
  return { ...places, path, finish };
}

test("arrives as it was, and goes the way of every picture", async (shared) => {
  const { world, zhang, picture } = shared;
  const { filing, finish } = await opened(shared);
  const name = newName();
  assert.is(await sendAll(zhang, name, picture), Math.ceil(picture.length / PART));
  assert.is((await finish(name, picture.length)).status, 303);
  const [material] = await currentMaterials(world.db, filing.id);
  assert.ok(material);
  const key = world.store.vault.unwrap(filing.dataKey);
  assert.ok(picture.equals(await readPicture(world.files, key, material, "original")));
  // Pressed twice: the same picture from the same page counts once.
  assert.is((await finish(name, picture.length)).status, 303);
  assert.is((await currentMaterials(world.db, filing.id)).length, 1);
});

test("goes on where it stopped, and takes nothing twice", async (shared) => {
  const { zhang, picture } = shared;
  await opened(shared);
  const named = { name: newName(), size: String(picture.length) };
  assert.equal(await ask(zhang, named), { status: 200, received: 0 });
  assert.equal(await ask(zhang, { ...named, ...partOf(picture, 0) }), { status: 200, received: PART });
  assert.equal(await ask(zhang, named), { status: 200, received: PART });
  // The same part again is here already; one that overlaps or leaves a gap does not fit.
  assert.equal(await ask(zhang, { ...named, ...partOf(picture, 0) }), { status: 200, received: PART });
  for (const start of [100, PART + 1])
    assert.equal(await ask(zhang, { ...named, ...partOf(picture, start) }), { status: 409, received: PART });
  assert.equal(await ask(zhang, { ...named, ...partOf(picture, PART, 100) }), {
    status: 200,
    received: PART + 100,
  });
});

test("goes on in another window, and after signing in again", async (shared) => {
  const { world, zhang, picture } = shared;
  await opened(shared);
  const named = { name: newName(), size: String(picture.length) };
  await ask(zhang, { ...named, ...partOf(picture, 0) });
  const other = await world.signInAs("张三");
  await other.get("/account");
  const both = await Promise.all([
    ask(zhang, { ...named, ...partOf(picture, PART) }),
    ask(other, { ...named, ...partOf(picture, PART) }),
  ]);
  const received = Math.min(2 * PART, picture.length);
  assert.equal(both, [
    { status: 200, received },
    { status: 200, received },
  ]);
  const kept =
    await world.db`select 1 from upload_parts p join uploads u on u.id = p.upload_id where u.received = ${received}`;
  assert.is(kept.length, 2);
});

test("changes nothing with a part that does not fit", async (shared) => {
  const { zhang, picture } = shared;
  await opened(shared);
  const named = { name: newName(), size: "1000" };
  for (const [what, part, received] of [
    ["before there was a beginning", partOf(picture, 500, 100), 0],
    ["longer than the whole", partOf(picture, 0, 1001), 0],
    ["the first", partOf(picture, 0, 400), 400],
    ["a gap", partOf(picture, 500, 100), 400],
    ["beyond the end", partOf(picture, 400, 601), 400],
    ["nothing", partOf(picture, 400, 0), 400],
    ["no number", { ...partOf(picture, 400, 100), start: "-1" }, 400],
  ] as const)
    assert.is((await ask(zhang, { ...named, ...part })).received, received, what);
});

test("is refused where its words name no file", async (shared) => {
  await opened(shared);
  for (const [name, size] of [
    ["", "10"],
    ["../../etc/passwd", "10"],
    ["0000000000000001", "0"],
    ["0000000000000001", "-5"],
    ["0000000000000001", String(20 * 1024 * 1024 + 1)],
    ["0000000000000001", "1e3"],
  ] as const)
    assert.equal(
      await ask(shared.zhang, { name, size }),
      { status: 422, received: undefined },
      `${name} ${size}`,
    );
});

test("of somebody else is not there, for another account nor for staff", async (shared) => {
  const { world, zhang, picture } = shared;
  const { filing, finish } = await opened(shared);
  const name = newName();
  const named = { name, size: String(picture.length) };
  for (const who of ["王五", "钱一"] as const) {
    const other = await world.signInAs(who);
    await other.get("/account");
    await sendAll(other, name, picture);
  }
  assert.is((await ask(zhang, named)).received, 0);
  const answer = await finish(name, picture.length);
  assert.is(answer.status, 422);
  assert.match(answer.text, "图片没有传完整");
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
});

test("is asked for again where a part is missing, it ran out, or its size is a lie", async (shared) => {
  const { world, zhang, picture } = shared;
  const { finish } = await opened(shared);
  const [half, old, whole] = [newName(), newName(), newName()];
  await ask(zhang, { name: half, size: String(picture.length), ...partOf(picture, 0) });
  await sendAll(zhang, old, picture);
  await world.db`update uploads set expires_at = now() - interval '1 second' where received = size`;
  await sendAll(zhang, whole, picture);
  for (const [name, size] of [
    [half, picture.length],
    [half, PART],
    [old, picture.length],
    [whole, picture.length - 1],
    [newName(), picture.length],
  ] as const) {
    const answer = await finish(name, size);
    assert.is(answer.status, 422);
    assert.match(answer.text, "请重新选择图片");
  }
  // What ran out begins anew.
  assert.equal(
    (await ask(zhang, { name: old, size: String(picture.length), ...partOf(picture, 0) })).received,
    PART,
  );
});

test("is judged by its bytes as a whole", async (shared) => {
  const { zhang } = shared;
  const { finish } = await opened(shared);
  const page = Buffer.concat([Buffer.from("<!doctype html><script>1</script>"), Buffer.alloc(PART)]);
  const name = newName();
  await sendAll(zhang, name, page);
  const answer = await finish(name, page.length, "../照片\u202egpj.html");
  assert.is(answer.status, 422);
  assert.match(answer.text, /没有收下“照片gpj\.html”/);
});

test("needs a token of the session, and somebody who is signed in", async (shared) => {
  const { world, zhang } = shared;
  await opened(shared);
  assert.is((await ask(zhang, { name: newName(), size: "10", csrf: "nonsense" })).status, 403);
  const visitor = world.visitor();
  await visitor.get("/login");
  const answer = await visitor.post("/uploads", { name: newName(), size: "10" });
  assert.match(answer.location ?? "", /^\/login/);
});

test("lies sealed, and what one account keeps here has an end", async (shared) => {
  const { world, zhang, picture } = shared;
  await opened(shared);
  await world.db`delete from uploads`;
  const size = String(20 * 1024 * 1024);
  for (let count = 0; count < 5; count++) await ask(zhang, { name: newName(), size, ...partOf(picture, 0) });
  const rows = await world.db<{ bytes: Buffer }[]>`select bytes from upload_parts`;
  assert.is(rows.length, 3, "64 MB hold three of 20 MB; the oldest made room");
  for (const { bytes } of rows) assert.not.ok(bytes.includes(picture.subarray(100, 130)));
});

test("is swept away a day later", async (shared) => {
  const { world, zhang, picture } = shared;
  await opened(shared);
  await ask(zhang, { name: newName(), size: String(picture.length), ...partOf(picture, 0) });
  await world.db`update uploads set expires_at = now() - interval '1 second'`;
  assert.ok(((await sweeps["uploads that ran out"]?.(world.db)) ?? 0) > 0);
  assert.is((await world.db`select 1 from upload_parts`).length, 0);
});

test.run();
