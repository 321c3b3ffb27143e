import type { suite } from "uvu";
import * as assert from "uvu/assert";
import { FileMissing, type FileStore } from "../../../src/gateways/files/index.ts";

export const bytes = Buffer.from("sealed bytes");

/** What a call was refused with. */
export async function refusal(work: () => Promise<unknown>): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await work();
  } catch (error) {
    return error;
  }
  return assert.unreachable(`it was not refused: ${answer}`);
}

export async function idsOf(store: FileStore, start?: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.list(start)) ids.push(id);
  return ids.sort();
}

/** What every file store does, wherever it keeps files. `open` gives the same empty place each time in one test. */
export function fileStoreContract<C>(
  test: ReturnType<typeof suite<C>>,
  open: (context: C) => FileStore,
): void {
  test("gives back what was put in, also to another process", async (context) => {
    const id = await open(context).put(bytes);
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal(await open(context).get(id), bytes);
  });

  for (const [what, content] of [
    ["no bytes", Buffer.alloc(0)],
    ["every byte there is", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ["some megabytes", Buffer.alloc(6_000_000, "picture")],
  ] as const)
    test(`keeps ${what}`, async (context) => {
      const store = open(context);
      const id = await store.put(content);
      assert.ok(content.equals(await store.get(id)));
      for await (const { size } of store.list()) assert.is(size, content.length);
    });

  test("gives the same bytes another id each time", async (context) => {
    const store = open(context);
    const ids = await Promise.all([store.put(bytes), store.put(bytes)]);
    assert.is.not(ids[0], ids[1]);
    assert.equal(await idsOf(store), ids.sort());
  });

  test("keeps a file under the id that another store gave it, also twice", async (context) => {
    const [store, id] = [open(context), "0123456789abcdef".repeat(2)];
    assert.is(await store.put(bytes, id), id);
    assert.is(await store.put(bytes, id), id);
    assert.equal(await store.get(id), bytes);
    assert.equal(await idsOf(store), [id]);
  });

  test("says when a file was written", async (context) => {
    const before = Date.now();
    await open(context).put(bytes);
    for await (const { writtenAt } of open(context).list())
      assert.ok(Math.abs(writtenAt.getTime() - before) < 60_000);
  });

  test("lists the files whose ids begin so, when asked for those", async (context) => {
    const store = open(context);
    const ids = ["ab", "ac", "b0"].map((start) => start.padEnd(32, "0"));
    for (const id of ids) await store.put(bytes, id);
    assert.equal(await idsOf(store, "a"), ids.slice(0, 2));
    assert.equal(await idsOf(store, "ab"), ids.slice(0, 1));
    assert.equal(await idsOf(store, "ab1"), []);
    assert.equal(await idsOf(store, "c"), []);
  });

  test("forgets what is removed, and does not mind a second removal", async (context) => {
    const store = open(context);
    const id = await store.put(bytes);
    await store.remove(id);
    await store.remove(id);
    assert.instance(await refusal(() => store.get(id)), FileMissing);
    assert.equal(await idsOf(store), []);
  });

  test("lists nothing before the first file", async (context) => {
    assert.equal(await idsOf(open(context)), []);
  });

  test("takes nothing but an id for a name, and writes nothing for it", async (context) => {
    const store = open(context);
    const names = [
      "../secret",
      "../../secret",
      "..",
      "",
      "/etc/passwd",
      "a".repeat(33),
      `${"a".repeat(31)}/`,
      "\0",
    ];
    for (const name of names)
      for (const work of [() => store.get(name), () => store.remove(name), () => store.put(bytes, name)])
        assert.instance(await refusal(work), FileMissing);
    assert.equal(await idsOf(store), []);
  });
}
