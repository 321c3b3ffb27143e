import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createFiles, FileMissing, type FileStore } from "../../../src/gateways/files/index.ts";
import { sweep } from "../../../worker/tasks/sweep.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { type NoticeWorld, noticeWorld } from "../../support/notices.ts";

const test = suite("sweeping files");
const folder = mkdtempSync(join(tmpdir(), "openbeian-sweep-"));
let database: TestDatabase;
let world: NoticeWorld;
let files: FileStore;

/** Stores bytes as if so many hours ago. */
const writtenAt = new Map<string, Date>();
async function stored(hoursAgo: number): Promise<string> {
  const id = await files.put(Buffer.from("bytes"));
  writtenAt.set(id, new Date(Date.now() - hoursAgo * 3_600_000));
  return id;
}

/** The store with those times. */
const aged = (): FileStore => ({
  put: files.put,
  get: files.get,
  remove: files.remove,
  async *list() {
    for await (const file of files.list())
      yield { ...file, writtenAt: writtenAt.get(file.id) ?? file.writtenAt };
  },
});

const isThere = (id: string): Promise<boolean> =>
  files.get(id).then(
    () => true,
    (error) => {
      assert.instance(error, FileMissing);
      return false;
    },
  );

test.before(async () => {
  database = await testDatabase();
  world = await noticeWorld(database.db);
  files = createFiles({ storageUrl: `file:${folder}`, dataDir: folder });
});
test.after(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

test("removes originals whose copies are safe and bytes without a row, and nothing that a row names", async () => {
  const { ispId, accountId, store } = world;
  const { db } = database;
  const [full, bureau, thumbnail, original, orphan] = [
    await stored(48),
    await stored(48),
    await stored(48),
    await stored(1),
    await stored(25),
  ];
  const uploading = await stored(23);
  const [filing] = await db<{ id: number }[]>`
    insert into filings (number, isp_id, account_id, kind, nature, data_key)
    values ('20261118-0042', ${ispId}, ${accountId}, 'first', 4, ${store.vault.newDataKey().wrapped}) returning id`;
  await db`
    insert into materials (filing_id, isp_id, slot, state, original_file, full_file, bureau_file, thumbnail_file,
      original_bytes, digest)
    values (${filing?.id ?? 0}, ${ispId}, 'certificate', 'ready', ${original}, ${full}, ${bureau}, ${thumbnail}, 5, 'd')`;
  const steps: string[] = [];
  await sweep({ ...store, files: aged() })(
    {},
    { progress: (step) => void steps.push(step), attempt: 1, signal: undefined },
  );
  assert.equal(steps, ["1 pictures as they came", "1 files without a row"]);
  for (const id of [full, bureau, thumbnail, uploading]) assert.ok(await isThere(id));
  for (const id of [original, orphan]) assert.not.ok(await isThere(id));
});

test.run();
