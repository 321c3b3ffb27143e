import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Locked, takeLock } from "../../src/lib/lock.ts";
import { processMark } from "../../src/lib/processes.ts";

const test = suite("a lock file");
const folder = mkdtempSync(join(tmpdir(), "openbeian-lock-"));
let count = 0;
const fresh = () => join(folder, `lock-${++count}`);

test("is refused while its process runs, and free again once given back", () => {
  const path = fresh();
  const release = takeLock(path);
  assert.throws(
    () => takeLock(path),
    (error: unknown) => error instanceof Locked && error.pid === process.pid,
  );
  release();
  takeLock(path)();
});

test("of a process that is gone is taken over", () => {
  const path = fresh();
  writeFileSync(path, "4194999 123");
  const release = takeLock(path);
  assert.is(readFileSync(path, "utf8"), processMark(process.pid));
  release();
});

test("of an earlier process with the same id is taken over", () => {
  const path = fresh();
  writeFileSync(path, `${process.pid} 1`);
  takeLock(path)();
});

test("with nonsense in it is taken over", () => {
  const path = fresh();
  writeFileSync(path, "");
  takeLock(path)();
});

test("leaves no other files behind", () => {
  assert.equal(
    readdirSync(folder).filter((name) => !/^lock-\d+$/.test(name)),
    [],
  );
});

test.run();
