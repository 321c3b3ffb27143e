import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Check, examine } from "../../src/cli/examine.ts";
import { type FileStore, openFileStore } from "../../src/gateways/files/index.ts";
import { until } from "../../src/lib/processes.ts";
import { Cli, cli, killNow } from "../support/installation.ts";
import { type ObjectStore, objectStore } from "../support/object-store.ts";

type Context = { folder: string; bucket: ObjectStore; disk: FileStore; s3: FileStore };
const test = suite<Context>("moving files");
const KEYS = { STORAGE_ACCESS_KEY: "S3RVER", STORAGE_SECRET_KEY: "S3RVER" };

test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), "openbeian-move-"));
  context.bucket = await objectStore();
  context.disk = openFileStore(`file:${context.folder}/files`, context.folder);
  context.s3 = openFileStore(context.bucket.address(), context.folder);
});
test.after.each(async ({ folder, bucket }) => {
  await bucket.close();
  await rm(folder, { recursive: true });
});

/** Ids and what lies under them. */
async function contents(store: FileStore): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for await (const { id } of store.list()) found.push([id, (await store.get(id)).toString()]);
  return Object.fromEntries(found.sort());
}

async function fill(store: FileStore, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await store.put(Buffer.from(`file ${n}`)));
  return ids;
}

const places = ({ folder, bucket }: Context) => ({
  onto: ["--from", `file:${folder}/files`, "--to", bucket.address("beian/files", "")],
  back: ["--from", bucket.address("beian/files", ""), "--to", `file:${folder}/files`],
});
const moveArgs = (...words: string[]) => ["files", "move", "--json", ...words];
const run = async (...words: string[]) => {
  const { code, out, err } = await cli(moveArgs(...words), KEYS);
  return { code, err, moved: out === "" ? undefined : JSON.parse(out) };
};

test("carries every file over under its id, and finds them there the second time", async (context) => {
  const { disk, s3 } = context;
  await fill(disk, 20);
  const first = await run(...places(context).onto);
  assert.is(first.code, 0, first.err);
  assert.equal(first.moved, { copied: 20, there: 0, gone: 0, removed: 0, failed: [] });
  assert.equal(await contents(s3), await contents(disk));
  context.bucket.requests.length = 0;
  const second = await run(...places(context).onto);
  assert.equal(second.moved, { copied: 0, there: 20, gone: 0, removed: 0, failed: [] });
  const reads = context.bucket.requests.filter((method) => method === "GET").length;
  assert.ok(reads <= 16, `nothing but the sixteen listings is read, not ${reads} answers`);
});

test("carries over in a second run what was written during the first", async (context) => {
  const { disk, s3 } = context;
  await fill(disk, 3);
  await run(...places(context).onto);
  const [late] = await fill(disk, 1);
  const { moved } = await run(...places(context).onto);
  assert.is(moved.copied, 1);
  assert.ok(late && (await s3.get(late)));
});

test("makes a moved file as young as its move, so that the sweep waits a day", async (context) => {
  await fill(context.disk, 1);
  const before = Date.now();
  await run(...places(context).onto);
  for await (const { writtenAt } of context.s3.list()) assert.ok(writtenAt.getTime() > before - 2000);
});

for (const way of ["onto", "back"] as const)
  test(`goes on after it was killed in the middle, ${way === "onto" ? "onto a bucket" : "back onto a disk"}`, async (context) => {
    const { bucket } = context;
    const [from, to] = way === "onto" ? [context.disk, context.s3] : [context.s3, context.disk];
    await fill(from, 60);
    bucket.delay = 40;
    bucket.requests.length = 0;
    const killed = new Cli(moveArgs(...places(context)[way]), KEYS);
    assert.ok(await until(() => bucket.requests.length > 70, 20_000));
    await killNow(killed.process.pid);
    bucket.delay = 0;
    const before = Object.keys(await contents(to)).length;
    assert.ok(before > 0 && before < 60, `${before} of 60 were there`);
    const { code, moved } = await run(...places(context)[way], "--verify");
    assert.is(code, 0);
    assert.is(moved.copied + moved.there, 60);
    assert.ok(moved.there >= before - 1 && moved.there < 60, `${moved.there} were there, ${before} before`);
    assert.equal(await contents(to), await contents(from));
    assert.is(Object.keys(await contents(to)).length, 60);
  });

test("stops at Ctrl-C with whole files alone, and says how to go on", async (context) => {
  await fill(context.disk, 60);
  context.bucket.delay = 40;
  const stopped = new Cli(["files", "move", ...places(context).onto], KEYS);
  assert.ok(await until(() => context.bucket.requests.length > 60, 20_000));
  stopped.process.kill("SIGINT");
  const { code, out } = await stopped.finished;
  assert.is(code, 1);
  assert.match(out, /^stopped \(asked\), run it again to go on: \d+ copied/);
  context.bucket.delay = 0;
  const there = await contents(context.s3);
  const all = await contents(context.disk);
  for (const [id, text] of Object.entries(there)) assert.is(text, all[id]);
});

test("removes from the source what it has compared, only with --remove --yes", async (context) => {
  const { disk, s3 } = context;
  await fill(disk, 5);
  const all = await contents(disk);
  const { code, err } = await run(...places(context).onto, "--remove");
  assert.is(code, 1);
  assert.match(err, /--yes/);
  assert.equal(await contents(disk), all);
  await run(...places(context).onto);
  const { moved } = await run(...places(context).onto, "--remove", "--yes");
  assert.equal(moved, { copied: 0, there: 5, gone: 0, removed: 5, failed: [] });
  assert.equal(await contents(disk), {});
  assert.equal(await contents(s3), all);
});

test("names a file whose bytes differ, touches neither, and carries the others", async (context) => {
  const { disk, s3 } = context;
  const [odd = "", cut = ""] = await fill(disk, 4);
  await s3.put(Buffer.from("fil3 0"), odd);
  await s3.put(Buffer.from("fi"), cut);
  const { code, moved, err } = await run(...places(context).onto, "--remove", "--yes");
  assert.is(code, 1);
  assert.equal(moved.failed.map(({ id }: { id: string }) => id).sort(), [odd, cut].sort());
  assert.match(err, new RegExp(`failed ${odd}: .*other bytes`));
  assert.equal(Object.keys(await contents(disk)).sort(), [odd, cut].sort());
  assert.is((await s3.get(odd)).toString(), "fil3 0");
  assert.is((await s3.get(cut)).toString(), "fi");
  assert.is(moved.removed, 2);
});

test("finds with --verify what only looks the same", async (context) => {
  const [odd = ""] = await fill(context.disk, 1);
  await context.s3.put(Buffer.from("fil3 0"), odd);
  assert.is((await run(...places(context).onto)).moved.there, 1);
  assert.is((await run(...places(context).onto, "--verify")).moved.failed.length, 1);
});

test("refuses to move a place onto itself under another name", async (context) => {
  await fill(context.disk, 2);
  const same = `file://${context.folder}/../${context.folder.split("/").at(-1)}/files`;
  const args = ["--from", `file:${context.folder}/files`, "--to", same, "--remove", "--yes"];
  const { code, err } = await run(...args);
  assert.is(code, 1);
  assert.match(err, /the same place/);
  assert.is(Object.keys(await contents(context.disk)).length, 2);
});

test("takes an address with its credentials from a variable", async (context) => {
  await fill(context.disk, 1);
  const args = moveArgs("--from", `file:${context.folder}/files`, "--to", "env:NEW_STORAGE");
  const { code, out } = await cli(args, { NEW_STORAGE: context.bucket.address() });
  assert.is(code, 0);
  assert.is(JSON.parse(out).copied, 1);
});

const wrong: [string, (context: Context) => string[], RegExp][] = [
  [
    "a folder that is not there",
    () => ["--from", "file:/nowhere/at/all", "--to", "file:/tmp"],
    /does not exist/,
  ],
  ["a variable that is not set", () => ["--from", "env:NOTHING", "--to", "file:/tmp"], /NOTHING.*not set/],
  ["what is no address", () => ["--from", "/var/files", "--to", "file:/tmp"], /file: or s3:/],
  ["a bucket without a name", () => ["--from", "s3://host", "--to", "file:/tmp"], /--from lacks the bucket/],
  [
    "a bucket that is not there",
    ({ folder, bucket }) => ["--from", `file:${folder}`, "--to", bucket.address("elsewhere", "")],
    /no such bucket.*run it again/,
  ],
];
for (const [what, args, words] of wrong)
  test(`refuses ${what} in one line`, async (context) => {
    const { code, err } = await run(...args(context));
    assert.is(code, 1);
    assert.match(err, words);
    assert.is(err.trim().split("\n").length, 1);
    assert.not(existsSync("/nowhere"));
  });

const storageOf = async (settings: Record<string, string>) => {
  const found = (await examine(settings)).find(({ name }) => name === "storage");
  assert.ok(found, "the doctor did not look at the storage");
  return found as Check;
};

test("the doctor writes, reads, lists and removes a file in the bucket, and shows no secret", async (context) => {
  const { bucket, folder, s3 } = context;
  const settings = { DATA_DIR: folder, STORAGE_URL: bucket.address() };
  const { state, text } = await storageOf(settings);
  assert.is(state, "right", text);
  assert.not.match(text, /S3RVER/);
  assert.ok(new Set(bucket.requests).size === 3, "it has put, got and deleted");
  assert.equal(await contents(s3), {});
});

test("the doctor says in one line what is wrong with the bucket", async (context) => {
  const { bucket, folder } = context;
  const settings = (STORAGE_URL: string) => ({ DATA_DIR: folder, STORAGE_URL });
  const tried = [
    [await storageOf(settings(bucket.address("elsewhere"))), /no such bucket/],
    [await storageOf(settings(bucket.address("beian", "NOBODY:hunter2@"))), /STORAGE_ACCESS_KEY/],
    [await storageOf(settings(bucket.address("beian", "S3RVER:hunter2@"))), /STORAGE_SECRET_KEY/],
  ] as const;
  for (const [{ state, text }, words] of tried) {
    assert.is(state, "wrong");
    assert.match(text, words);
    assert.not.match(text, /\n|hunter2|S3RVER/);
  }
});

test.run();
