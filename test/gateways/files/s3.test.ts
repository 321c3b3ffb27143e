import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FileMissing, openFileStore, StorageFailed, tryStore } from "../../../src/gateways/files/index.ts";
import { GatewayFailed } from "../../../src/lib/gateway-failed.ts";
import { errorForLog } from "../../../src/log.ts";
import { type Fault, type ObjectStore, objectStore, refuse } from "../../support/object-store.ts";
import { bytes, fileStoreContract, idsOf, refusal } from "./contract.ts";

type Context = { store: ObjectStore };
const test = suite<Context>("the file store in a bucket");

test.before.each(async (context) => {
  context.store = await objectStore();
});
test.after.each(({ store }) => store.close());

const HASTY = { timeout: 1000, pauses: [5, 5] };
const open = ({ store }: Context, address = store.address()) => openFileStore(address, "/nowhere", HASTY);

fileStoreContract(test, (context) => open(context));

async function failure(work: () => Promise<unknown>): Promise<StorageFailed> {
  const error = await refusal(work);
  assert.instance(error, StorageFailed);
  assert.instance(error, GatewayFailed);
  return error as StorageFailed;
}

const cut: Fault = (_request, response) => {
  response.writeHead(200, { "content-length": "100" }).write("ten bytes.");
  setTimeout(() => response.destroy(), 20);
};
const silence: Fault = () => undefined;

test("lists more files than one answer holds, each once", async (context) => {
  const files = open(context);
  const ids = Array.from({ length: 1003 }, (_, n) => n.toString(16).padStart(3, "0").padEnd(32, "0"));
  for (let at = 0; at < ids.length; at += 20)
    await Promise.all(ids.slice(at, at + 20).map((id) => files.put(bytes, id)));
  context.store.requests.length = 0;
  assert.equal(await idsOf(files), ids);
  assert.is(context.store.requests.length, 2);
});

test("shows only files of its own prefix, and nothing that is no file of it", async (context) => {
  const [one, other] = [open(context), open(context, context.store.address("beian/other"))];
  const id = await one.put(bytes);
  assert.equal(await idsOf(other), []);
  assert.instance(await refusal(() => other.get(id)), FileMissing);
  assert.equal(await idsOf(open(context, context.store.address("beian"))), []);
});

test("keeps files at the top of a bucket when no prefix is named", async (context) => {
  const files = open(context, context.store.address("beian"));
  const id = await files.put(bytes);
  assert.equal(await files.get(id), bytes);
  assert.equal(await idsOf(files), [id]);
});

test("says that the access key is not known", async (context) => {
  const files = open(context, context.store.address("beian", "NOBODY:hunter2@"));
  for (const work of [() => files.put(bytes), () => files.get("a".repeat(32)), () => idsOf(files)]) {
    const { message, reason } = await failure(work);
    assert.is(reason, "InvalidAccessKeyId");
    assert.match(message, /STORAGE_ACCESS_KEY/);
    assert.not.match(message, /NOBODY|hunter2/);
  }
});

test("says that the secret does not fit, and signs every request with the one that does", async (context) => {
  const files = open(context, context.store.address("beian", "S3RVER:hunter2@"));
  const id = await open(context).put(bytes);
  for (const work of [
    () => files.put(bytes),
    () => files.get(id),
    () => files.remove(id),
    () => idsOf(files),
  ])
    assert.match((await failure(work)).message, /check STORAGE_SECRET_KEY .*SignatureDoesNotMatch/);
});

test("never takes a missing bucket for missing files", async (context) => {
  const files = open(context, context.store.address("elsewhere"));
  const id = "a".repeat(32);
  for (const work of [
    () => files.put(bytes),
    () => files.get(id),
    () => files.remove(id),
    () => idsOf(files),
  ])
    assert.is((await failure(work)).reason, "NoSuchBucket");
});

test("never takes the 404 of something on the way for a missing file", async (context) => {
  const files = open(context);
  const id = await files.put(bytes);
  context.store.faults.push(
    (_request, response) => void response.writeHead(404).end("<html>not here</html>"),
  );
  assert.match((await failure(() => files.get(id))).message, /404/);
});

const refusals: [number, string, RegExp][] = [
  [403, "AccessDenied", /allow this key/],
  [400, "AuthorizationHeaderMalformed", /region=/],
  [403, "SecondLevelDomainForbidden", /style=host/],
  [403, "RequestTimeTooSkewed", /clock/],
  [301, "PermanentRedirect", /region/],
  [418, "Teapot", /answered 418 Teapot/],
];
for (const [status, code, words] of refusals)
  test(`says what to do about ${code}, and does not ask again`, async (context) => {
    context.store.faults.push(refuse(status, code));
    assert.match((await failure(() => open(context).put(bytes))).message, words);
    assert.is(context.store.requests.length, 1);
  });

const passing: [string, Fault[]][] = [
  ["an inner error", [refuse(500, "InternalError")]],
  ["two busy answers", [refuse(503, "SlowDown"), refuse(429, "TooManyRequests")]],
  ["bytes that arrived broken", [refuse(400, "BadDigest")]],
  ["an answer that was cut off", [cut]],
  ["a line that broke", [(request) => void request.socket.destroy()]],
  ["no answer in time", [silence]],
];
for (const [what, faults] of passing)
  test(`goes on after ${what}`, async (context) => {
    const files = open(context);
    context.store.faults.push(...faults);
    const id = await files.put(bytes);
    context.store.faults.push(...faults);
    assert.equal(await files.get(id), bytes);
    context.store.faults.push(...faults);
    assert.equal(await idsOf(files), [id]);
    context.store.faults.push(...faults);
    await files.remove(id);
    assert.equal(await idsOf(files), []);
  });

test("gives up after three tries", async (context) => {
  context.store.faults.push(...Array.from({ length: 3 }, () => refuse(500, "InternalError")));
  const { message, again } = await failure(() => open(context).put(bytes));
  assert.match(message, /500 InternalError/);
  assert.ok(again);
  assert.is(context.store.requests.length, 3);
});

test("never gives a part of a file", async (context) => {
  const files = open(context);
  const id = await files.put(bytes);
  context.store.faults.push(cut, cut, cut);
  assert.match((await failure(() => files.get(id))).message, /broke off/);
});

test("leaves at most a whole file when the answer to a write is lost", async (context) => {
  const files = openFileStore(context.store.address(), "/nowhere", { timeout: 100, pauses: [] });
  context.store.delay = 200;
  assert.match((await failure(() => files.put(bytes))).message, /no answer within 0.1 s/);
  context.store.delay = 0;
  await new Promise((resolve) => setTimeout(resolve, 400));
  for (const id of await idsOf(open(context))) assert.equal(await open(context).get(id), bytes);
});

test("says that nobody listens, with words that a log may keep", async (context) => {
  const gone = await objectStore();
  const files = open(context, gone.address("beian", "S3RVER:hunter2@"));
  await gone.close();
  const error = await failure(() => files.put(bytes));
  assert.match(error.message, /ECONNREFUSED/);
  const kept = JSON.stringify(errorForLog(error));
  assert.match(kept, /cannot be reached/);
  assert.not.match(kept + error.stack, /hunter2/);
});

test("sends a digest, so that the store refuses what arrives broken", async (context) => {
  const digests: unknown[] = [];
  context.store.faults.push((request, response) => {
    digests.push(request.headers["content-md5"]);
    response.writeHead(200).end();
  });
  await open(context).put(Buffer.from("hello"));
  assert.equal(digests, ["XUFAKrxLKna5cZ2REBfFkg=="]);
});

test("passes a trial of everything it must do, and leaves nothing behind", async (context) => {
  await tryStore(open(context));
  assert.equal(await idsOf(open(context)), []);
});

test("fails the trial when files may be written but not listed", async (context) => {
  const files = open(context);
  const forbidden = { ...files, list: () => open(context, context.store.address("elsewhere")).list() };
  assert.match((await failure(() => tryStore(forbidden))).message, /no such bucket/);
  assert.equal(await idsOf(files), []);
});

test.run();
