import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkCode, issueCode, requestCode } from "../../../src/models/code/codes.ts";
import { inTransaction, type RootStore } from "../../../src/models/store.ts";
import type { People } from "../../support/people.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

const test = suite("a code");
let bench: TaskBench;
let store: RootStore;
let people: People;
test.before(async () => {
  bench = await taskBench();
  ({ store, people } = bench);
});
test.after(() => bench.close());

let count = 0;
const someone = () => ({
  purpose: "login" as const,
  holder: `account:${++count}`,
  target: "zhangsan@example.cn",
});

const ask = (subject: ReturnType<typeof someone>, decoy = false) =>
  inTransaction(store, (inside) =>
    requestCode(inside, { ...subject, ispId: people.isps.first, channel: "mail", decoy }),
  );

/** Asks for a code and lets the worker make it. */
async function received(subject: ReturnType<typeof someone>): Promise<{ id: number; code: string }> {
  const requested = await ask(subject);
  if (requested.state !== "requested") throw new Error("too soon");
  const issued = await issueCode(store, requested.codeId);
  return { id: requested.codeId, code: issued?.code ?? "" };
}

/** Any code but the right one. */
const notThis = (code: string): string => (code === "000000" ? "111111" : "000000");

const letAMinutePass = () => store.db`update codes set requested_at = requested_at - interval '61 seconds'`;

test("is six digits, known to the table as a digest only", async () => {
  const { id, code } = await received(someone());
  assert.match(code, /^\d{6}$/);
  const [row] = await store.db`select * from codes where id = ${id}`;
  assert.not.match(JSON.stringify(row), code);
});

test("is right once", async () => {
  const subject = someone();
  const { code } = await received(subject);
  assert.equal(await checkCode(store, subject, ` ${code} `), { result: "ok" });
  assert.equal(await checkCode(store, subject, code), { result: "expired" });
});

test("is right for one of two who try it at once", async () => {
  const subject = someone();
  const { code } = await received(subject);
  await Promise.all([store.db`select 1`, store.db`select 1`]);
  const results = await Promise.all([1, 2, 3, 4].map(() => checkCode(store, subject, code)));
  assert.is(results.filter(({ result }) => result === "ok").length, 1);
});

test("ends after five wrong tries, also when they come at once", async () => {
  const subject = someone();
  const { code } = await received(subject);
  assert.equal(await checkCode(store, subject, notThis(code)), { result: "wrong", left: 4 });
  await Promise.all(Array.from({ length: 8 }, () => checkCode(store, subject, notThis(code))));
  assert.equal(await checkCode(store, subject, code), { result: "expired" });
  const [row] = await store.db<{ tries: number }[]>`select tries from codes where holder = ${subject.holder}`;
  assert.is(row?.tries, 5);
});

test("does not count what is not six digits", async () => {
  const subject = someone();
  const { code } = await received(subject);
  for (const typed of ["", "12345", "1234567", "验证码"])
    assert.equal(await checkCode(store, subject, typed), { result: "incomplete" });
  assert.equal(await checkCode(store, subject, notThis(code)), { result: "wrong", left: 4 });
});

test("runs out after ten minutes", async () => {
  const subject = someone();
  const { id, code } = await received(subject);
  await store.db`update codes set expires_at = now() - interval '1 second' where id = ${id}`;
  assert.equal(await checkCode(store, subject, code), { result: "expired" });
});

test("is replaced by the next one, which may be asked for after a minute", async () => {
  const subject = someone();
  const first = await received(subject);
  const soon = await ask(subject);
  assert.is(soon.state, "too-soon");
  await letAMinutePass();
  const second = await received(subject);
  if (first.code !== second.code)
    assert.equal(await checkCode(store, subject, first.code), { result: "wrong", left: 4 });
  assert.equal(await checkCode(store, subject, second.code), { result: "ok" });
  assert.is(await issueCode(store, first.id), undefined, "the older one is not sent any more");
});

test("is made once for two requests at the same moment", async () => {
  const subject = someone();
  await Promise.all([store.db`select 1`, store.db`select 1`]);
  const states = (await Promise.all([ask(subject), ask(subject)])).map(({ state }) => state);
  assert.equal(states.sort(), ["requested", "too-soon"]);
});

test("proves only the address it was sent to", async () => {
  const subject = someone();
  const { code } = await received(subject);
  assert.equal(await checkCode(store, { ...subject, target: "other@example.cn" }, code), { result: "none" });
  assert.equal(await checkCode(store, { ...subject, purpose: "password-reset" } as never, code), {
    result: "none",
  });
});

test("that was never sent answers like one that was, and writes to nobody", async () => {
  const subject = someone();
  const requested = await ask(subject, true);
  assert.is(requested.state, "requested");
  assert.equal(await checkCode(store, subject, "123456"), { result: "wrong", left: 4 });
  const notices =
    await store.db`select 1 from notices where cause like ${`code:${(requested as { codeId: number }).codeId}:%`}`;
  assert.is(notices.length, 0);
});

test.run();
