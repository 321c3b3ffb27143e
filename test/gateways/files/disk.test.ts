import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FileMissing, openFileStore } from "../../../src/gateways/files/index.ts";

type Context = { folder: string };
const test = suite<Context>("the file store on a disk");

test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "openbeian-files-"));
});
test.after.each(({ folder }) => rm(folder, { recursive: true }));

const bytes = Buffer.from("sealed bytes");
const open = (folder: string) => openFileStore(`file:${folder}/files`, folder);

async function refusal(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => assert.unreachable("it was not refused"),
    (error) => error,
  );
}

async function idsOf(folder: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of open(folder).list()) ids.push(id);
  return ids.sort();
}

test("gives back what was put in, also to another process", async ({ folder }) => {
  const id = await open(folder).put(bytes);
  assert.match(id, /^[0-9a-f]{32}$/);
  assert.equal(await open(folder).get(id), bytes);
});

test("gives the same bytes another id each time", async ({ folder }) => {
  const store = open(folder);
  const ids = await Promise.all([store.put(bytes), store.put(bytes)]);
  assert.is.not(ids[0], ids[1]);
  assert.equal(await idsOf(folder), ids.sort());
});

test("says when a file was written", async ({ folder }) => {
  const before = Date.now();
  await open(folder).put(bytes);
  for await (const { writtenAt } of open(folder).list()) {
    assert.ok(Math.abs(writtenAt.getTime() - before) < 60_000);
  }
});

test("forgets what is removed, and does not mind a second removal", async ({ folder }) => {
  const store = open(folder);
  const id = await store.put(bytes);
  await store.remove(id);
  await store.remove(id);
  assert.instance(await refusal(() => store.get(id)), FileMissing);
  assert.equal(await idsOf(folder), []);
});

test("lists nothing before the first file", async ({ folder }) => {
  assert.equal(await idsOf(folder), []);
});

test("never leaves its folder, whatever is given for an id", async ({ folder }) => {
  const outside = join(folder, "secret");
  await writeFile(outside, "secret");
  const ids = [
    "../secret",
    "../../secret",
    "..",
    "",
    "/etc/passwd",
    "a".repeat(33),
    `${"a".repeat(31)}/`,
    "\0",
  ];
  for (const id of ids) {
    assert.instance(await refusal(() => open(folder).get(id)), FileMissing);
    assert.instance(await refusal(() => open(folder).remove(id)), FileMissing);
  }
  assert.ok(existsSync(outside));
});

test("keeps files for its own user alone", async ({ folder }) => {
  const id = await open(folder).put(bytes);
  const path = join(folder, "files", id.slice(0, 2), id.slice(2, 4), id);
  assert.is((await stat(path)).mode & 0o077, 0);
  assert.is((await stat(dirname(path))).mode & 0o077, 0);
  assert.equal(await readdir(dirname(path)), [id]);
});

test("hides a half-written file and clears it away after a day", async ({ folder }) => {
  const id = await open(folder).put(bytes);
  const half = join(folder, "files", id.slice(0, 2), `${"e".repeat(32)}.part`);
  await writeFile(half, "half");
  assert.equal(await idsOf(folder), [id]);
  assert.ok(existsSync(half));
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
  await utimes(half, twoDaysAgo, twoDaysAgo);
  await idsOf(folder);
  assert.not.ok(existsSync(half));
});

test("uses the data folder when no folder is named", async ({ folder }) => {
  await openFileStore("file:", folder).put(bytes);
  assert.is((await idsOf(folder)).length, 1);
});

test("refuses an object store at once, and says what to use", () => {
  assert.throws(
    () => openFileStore("s3://key:word@store/bucket", "/nowhere"),
    /STORAGE_URL begins with s3: .*file:/,
  );
});

test("does not repeat the address of an object store, which may hold a key", () => {
  assert.throws(
    () => openFileStore("s3://key:word@store/bucket", "/nowhere"),
    (error: Error) => !error.message.includes("word@"),
  );
});

test.run();
