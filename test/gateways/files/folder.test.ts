import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createFiles, FileMissing, type FileStore } from "../../../src/gateways/files/index.ts";

const test = suite("the folder of files");
const folder = mkdtempSync(join(tmpdir(), "openbeian-files-"));
const files: FileStore = createFiles({ storageUrl: `file:${folder}` });
test.after(() => rmSync(folder, { recursive: true, force: true }));

const idsOf = async () => {
  const ids: string[] = [];
  for await (const { id } of files.list()) ids.push(id);
  return ids;
};

const missing = async (work: Promise<unknown>) =>
  work.then(
    () => assert.unreachable(),
    (error) => assert.instance(error, FileMissing),
  );

test("gives back what was put in, and lists it", async () => {
  const id = await files.put(Buffer.from("sealed bytes"));
  assert.is((await files.get(id)).toString(), "sealed bytes");
  assert.ok((await idsOf()).includes(id));
});

test("forgets what was removed, also when it is removed twice", async () => {
  const id = await files.put(Buffer.from("x"));
  await files.remove(id);
  await files.remove(id);
  await missing(files.get(id));
  assert.not.ok((await idsOf()).includes(id));
});

test("never leaves its folder", async () => {
  writeFileSync(join(folder, "outside"), "secret");
  await missing(Promise.resolve().then(() => files.get("../outside")));
  await missing(Promise.resolve().then(() => files.get("/etc/passwd")));
});

test.run();
