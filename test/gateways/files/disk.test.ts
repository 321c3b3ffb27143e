import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FileMissing, openFileStore } from "../../../src/gateways/files/index.ts";
import { bytes, fileStoreContract, idsOf, refusal } from "./contract.ts";

type Context = { folder: string };
const test = suite<Context>("the file store on a disk");

test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "openbeian-files-"));
});
test.after.each(({ folder }) => rm(folder, { recursive: true }));

const open = (folder: string) => openFileStore(`file:${folder}/files`, folder);

fileStoreContract(test, ({ folder }) => open(folder));

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
  assert.equal(await idsOf(open(folder)), [id]);
  assert.ok(existsSync(half));
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
  await utimes(half, twoDaysAgo, twoDaysAgo);
  await idsOf(open(folder));
  assert.not.ok(existsSync(half));
});

test("uses the data folder when no folder is named", async ({ folder }) => {
  await openFileStore("file:", folder).put(bytes);
  assert.is((await idsOf(open(folder))).length, 1);
});

test("puts a file past what a killed process left half-written under its id", async ({ folder }) => {
  const id = await open(folder).put(bytes);
  await open(folder).remove(id);
  await writeFile(join(folder, "files", id.slice(0, 2), id.slice(2, 4), `${id}.part`), "half");
  await open(folder).put(bytes, id);
  assert.equal(await open(folder).get(id), bytes);
});

test("refuses an address it does not know, without repeating it", () => {
  assert.throws(
    () => openFileStore("ftp://key:word@store/bucket", "/nowhere"),
    (error: Error) => /file: or s3:/.test(error.message) && !error.message.includes("word"),
  );
});

test.run();
