import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FileMissing, type FileStore, moveFiles } from "../../../src/gateways/files/index.ts";

const test = suite("a move between two stores");

/** A store in memory; `files` can be looked into. */
function memory(ids: readonly string[] = []): FileStore & { files: Map<string, Buffer> } {
  const files = new Map(ids.map((id) => [id, Buffer.from(id)]));
  return {
    files,
    put: async (bytes, id = "") => {
      files.set(id, Buffer.from(bytes));
      return id;
    },
    get: async (id) => files.get(id) ?? Promise.reject(new FileMissing(id)),
    remove: async (id) => void files.delete(id),
    async *list(start = "") {
      for (const [id, { length }] of [...files])
        if (id.startsWith(start)) yield { id, size: length, writtenAt: new Date() };
    },
  };
}

const ids = (count: number) =>
  Array.from({ length: count }, (_, n) => n.toString(16).padStart(3, "0").padEnd(32, "0"));
const options = {
  ...{ verify: false, remove: true, onFile: () => undefined },
  signal: new AbortController().signal,
};

test("ends after a hundred failures and removes nothing that did not arrive", async () => {
  const [from, to] = [memory(ids(300)), memory()];
  const full = { ...to, put: () => Promise.reject(new Error("the disk is full")) };
  const { stopped, failed, copied, removed } = await moveFiles(from, full, options);
  assert.is(stopped, "too many failures");
  assert.ok(failed.length >= 100 && failed.length < 110, String(failed.length));
  assert.equal(failed[0]?.why, "the disk is full");
  assert.equal([copied, removed, from.files.size], [0, 0, 300]);
});

test("takes back what arrived broken, so that the next run copies it again", async () => {
  const [from, to] = [memory(ids(1)), memory()];
  const broken = { ...to, put: (_bytes: Uint8Array, id?: string) => to.put(Buffer.alloc(32), id) };
  const first = await moveFiles(from, broken, options);
  assert.match(first.failed[0]?.why ?? "", /other bytes back/);
  assert.equal([to.files.size, from.files.size], [0, 1]);
  assert.is((await moveFiles(from, to, options)).copied, 1);
  assert.equal([to.files.size, from.files.size], [1, 0]);
});

test("counts as gone what was removed while it moved", async () => {
  const [from, to] = [memory(ids(2)), memory()];
  const get = (id: string) => (id.startsWith("001") ? Promise.reject(new FileMissing(id)) : from.get(id));
  const { copied, gone, failed } = await moveFiles({ ...from, get }, to, options);
  assert.equal([copied, gone, failed.length], [1, 1, 0]);
});

test("says how far it is, never backwards, up to the end", async () => {
  const parts: number[] = [];
  await moveFiles(memory(ids(300)), memory(), { ...options, onFile: (part) => void parts.push(part) });
  assert.is(parts.length, 300);
  assert.equal(
    parts,
    [...parts].sort((a, b) => a - b),
  );
  assert.ok(parts.every((part) => part > 0 && part <= 1));
});

test.run();
