import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Sql } from "../../../src/db/client.ts";
import type { DownloadFile } from "../../../src/gateways/bureau/index.ts";
import { bureauAccount } from "../../../src/models/bureau/account.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { takeFile } from "../../../worker/bureau/take.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";

const test = suite("answers in any order, and more than once");

const RUNS = 30;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every file at least once, some again, in an order of chance. */
function shuffled<T>(files: readonly T[], random: () => number): T[] {
  const all = [...files, ...files.filter(() => random() < 0.5)];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}

const deskId = async (bench: BureauBench, filing: Filing): Promise<number> => {
  const [subject] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  return bench.simulator.view().filings.find(({ subjectId }) => subjectId === subject?.id)?.id ?? 0;
};

/** Takes everything that the simulator has away from it. */
async function filesOf(bench: BureauBench): Promise<DownloadFile[]> {
  const account = bureauAccount(bench.parts, await bureauNow(bench));
  const files: DownloadFile[] = [];
  for (;;) {
    const { file } = await bench.parts.bureau.download(account);
    if (!file) return files;
    files.push(file);
    await bench.parts.bureau.acknowledge(account, file.fileName);
  }
}

class Undo extends Error {}

/** Runs `work` in a transaction of which nothing stays; transactions inside become savepoints. */
async function undone<T>(db: Sql, work: (inside: Sql) => Promise<T>): Promise<T> {
  let result: T | undefined;
  await db
    .begin(async (tx) => {
      const inside = new Proxy(tx, {
        get: (target, key) =>
          key === "begin" ? (run: never) => target.savepoint(run) : Reflect.get(target, key),
      });
      result = await work(inside as unknown as Sql);
      throw new Undo();
    })
    .catch((error) => {
      if (!(error instanceof Undo)) throw error;
    });
  return result as T;
}

/** What there is in the end, without the ids that differ from run to run. */
async function endOf(db: Sql) {
  const [filings, requests, subjects, websites, parked, twice] = await Promise.all([
    db`select id, state from filings order by id`,
    db`select filing_id, state from bureau_requests order by id`,
    db`select filing_id, number, bureau_object_id from subjects order by filing_id`,
    db`select filing_id, number, bureau_object_id from websites order by filing_id`,
    db`select kind, note from bureau_results where outcome = 'parked' order by kind`,
    db`select template, filing_id, count(*) from notices where created_at = now() group by template, filing_id, account_id, staff_id, channel
      having count(*) > 1`,
  ]);
  const numbered = await db`
    select filing_id, count(*) from notices where template = 'filing-numbered' group by filing_id order by filing_id`;
  const open = await db`select 1 from bureau_answers where state <> 'acknowledged'`;
  const ended = { filings, requests, subjects, websites, numbered };
  return {
    ...ended,
    parked: parked.map(({ kind, note }) => `${kind}: ${note}`),
    twice: [...twice],
    open: open.length,
  };
}

test("lead to the same end, and nobody is told twice", async () => {
  const bench = await startBureauBench({ news: true, numbers: "after" });
  const scene = [await bench.uploading(), await bench.uploading(), await bench.uploading()];
  await bench.submit();
  const [first, second, third] = await Promise.all(scene.map((one) => deskId(bench, one)));
  bench.simulator.order({ action: "approve", filing: first ?? 0 });
  bench.simulator.order({ action: "return", filing: second ?? 0, words: "网站名称请修改" });
  bench.simulator.order({ action: "approve", filing: third ?? 0 });
  const files = await filesOf(bench);
  assert.ok(files.length >= 5, `${files.length} files`);

  const bureau = await bureauNow(bench);
  const account = bureauAccount(bench.parts, bureau);
  const acknowledge = async () => ({ code: 0, message: "" });
  const endAfter = (order: readonly DownloadFile[]) =>
    undone(bench.store.db, async (db) => {
      const parts = { ...bench.parts, db, bureau: { ...bench.parts.bureau, acknowledge } };
      const watch = { progress: () => undefined, signal: undefined };
      for (const file of order)
        assert.is((await takeFile(parts, { bureau, account, file, watch })).problem, null);
      return endOf(db);
    });

  const plain = await endAfter(files);
  assert.equal(
    plain.filings.map(({ state }) => state),
    ["numbered", "bureau_returned", "numbered"],
  );
  assert.equal([plain.parked, plain.twice, plain.open], [[], [], 0]);
  for (let seed = 1; seed <= RUNS; seed++) {
    const end = await endAfter(shuffled(files, randomFrom(seed)));
    assert.equal(end, plain, `seed ${seed}`);
  }
  await bench.close();
});

test.run();
