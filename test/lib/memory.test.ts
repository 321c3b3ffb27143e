import { suite } from "uvu";
import * as assert from "uvu/assert";
import { memory } from "../../src/lib/memory.ts";

const test = suite("a memory of answers");

/** Asks a memory, and counts how often the question is really put. */
function counting(fresh: number, most?: number) {
  const asked: string[] = [];
  const answers = memory<string>(fresh, most);
  const ask = (key: string) =>
    answers.of(key, async () => {
      asked.push(key);
      if (key === "bad") throw new Error("not now");
      return key.toUpperCase();
    });
  return { asked, ask, answers };
}

test("asks once, also while the answer is under way", async () => {
  const { asked, ask } = counting(60_000);
  assert.equal(await Promise.all([ask("a"), ask("a")]), ["A", "A"]);
  assert.is(await ask("a"), "A");
  assert.equal(asked, ["a"]);
});

test("asks anew when the time is over, or when it is told to forget", async () => {
  const stale = counting(-1);
  await stale.ask("a");
  await stale.ask("a");
  assert.is(stale.asked.length, 2);
  const fresh = counting(60_000);
  await fresh.ask("a");
  fresh.answers.forget();
  await fresh.ask("a");
  assert.is(fresh.asked.length, 2);
});

test("does not keep a failure", async () => {
  const { asked, ask } = counting(60_000);
  for (let count = 0; count < 2; count++)
    await ask("bad").then(
      () => assert.unreachable(),
      (error: Error) => assert.is(error.message, "not now"),
    );
  assert.is(asked.length, 2);
});

test("does not grow without end", async () => {
  const { asked, ask } = counting(60_000, 2);
  for (const key of ["a", "b", "c", "a"]) await ask(key);
  assert.equal(asked, ["a", "b", "c", "a"]);
});

test.run();
