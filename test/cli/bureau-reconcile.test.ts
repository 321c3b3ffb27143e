import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withText } from "../../src/simulator/trees.ts";
import { fileAtBureau } from "../support/asked.ts";
import { type BureauBench, startBureauBench } from "../support/bureau.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";
import { copyOf, copyXml, ourRecord, recorded, takeCopy } from "../support/copies.ts";

type Context = CliBench & { bench: BureauBench };

const test = suite<Context>("openbeian bureau reconcile");

test.before(async (context) => {
  const bench = await startBureauBench();
  Object.assign(context, { bench, ...cliOn(bench, "bureau", "reconcile") });
});
test.after(async ({ bench, remove }) => {
  await bench.close();
  remove();
});

const OTHER = "13900009999";

/** A record of which a full copy has another telephone; gives its difference. */
async function differing({ bench }: Context): Promise<number> {
  const id = await recorded(bench.store, bench.people, bench.bureauId);
  const copy = copyOf(await ourRecord(bench.store, bench.people.isps.first, id));
  await takeCopy(bench.store, bench.bureauId, copyXml([withText(copy, "Zt_xx/Fzr/Fzr_sjhm", OTHER)]));
  const [row] = await bench.store.db<{ id: number }[]>`
    select id from record_differences where subject_id = ${id} and place = 'mobile'`;
  return row?.id ?? 0;
}

const stateOf = async ({ bench }: Context, id: number) =>
  (await bench.store.db`select state, decision from record_differences where id = ${id}`)[0];

const acts = ({ bench }: Context) => bench.store.db<{ action: string; act: string | null }[]>`
  select action, detail->>'act' as act from audit_log where actor_kind = 'operator' order by id`;

test("says that no copy came, with exit code 0, and that there is none to complete", async ({
  bench,
  run,
}) => {
  const { code, out } = await run();
  assert.equal([code, /浙江省通信管理局 +- +none/.test(out)], [0, true]);
  const early = await run(String(bench.bureauId), "--complete");
  assert.equal([early.code, /sends no copy just now/.test(early.err)], [1, true]);
});

test("lists what differs, masked, with exit code 1, and the same as JSON", async (context) => {
  const { bench, run } = context;
  const id = await differing(context);
  const shown = await run();
  assert.equal([shown.code, shown.err], [1, "openbeian: 1 difference is open\n"]);
  assert.match(shown.out, /两边不一致.*浙ICP备20280\d+号/);
  assert.not.match(shown.out, /13900009999|13800005678/);
  const json = await run(String(bench.bureauId), "--json");
  const { bureaus, differences } = JSON.parse(json.out);
  assert.equal([json.code, bureaus[0].open, bureaus[0].state], [1, 1, "collecting"]);
  assert.equal(
    differences.map((one: { id: number }) => one.id),
    [id],
  );
  assert.not.match(json.out, /13900009999|13800005678/);
  assert.equal(JSON.parse((await run("--json", "--limit", "0")).out).differences, []);
});

test("repairs with --yes alone, and refuses what is not whole", async (context) => {
  const { bench, run } = context;
  const [id, kept] = [await differing(context), await differing(context)];
  const bureau = String(bench.bureauId);
  const repair = (...rest: string[]) => run(bureau, "--repair", "bureau", ...rest);
  const why = ["--reason", "checked with the bureau"];
  const refused = [
    [1, await repair("--ids", String(id), ...why), /1 difference would be decided on; say --yes/],
    [2, await repair("--ids", String(id), "--yes"), /--reason says why/],
    [2, await repair(...why, "--yes"), /--ids names the differences/],
    [2, await repair("--ids", "x", ...why, "--yes"), /--ids must be a whole number/],
    [1, await repair("--ids", `${id},999999`, ...why, "--yes"), /one of --ids is no difference/],
    [2, await run(bureau, "--repair", "all", "--ids", String(id), "--yes"), /takes bureau, ours or keep/],
    [2, await run("--repair", "keep", "--ids", String(id), "--yes"), /name the bureau/],
  ] as const;
  for (const [failed, { code, err }, words] of refused)
    assert.equal([code, words.test(err), err], [failed, true, err]);
  assert.equal(await stateOf(context, id), { state: "open", decision: null });
  const done = await repair("--ids", String(id), ...why, "--yes", "--json");
  assert.equal([done.code, JSON.parse(done.out)], [0, [{ id, outcome: "done" }]]);
  assert.equal(await stateOf(context, id), { state: "repaired", decision: "bureau" });
  const again = await repair("--ids", String(id), ...why, "--yes");
  assert.equal([again.code, /settled/.test(again.out)], [1, true]);
  const known = await run(bureau, "--repair", "keep", "--ids", String(kept), ...why, "--yes");
  assert.equal([known.code, known.err], [0, ""]);
  assert.equal(await stateOf(context, kept), { state: "kept", decision: "keep" });
  assert.is((await acts(context)).filter(({ action }) => action === "repair-record").length, 2);
});

test("finds what a whole copy does not hold", async (context) => {
  const { bench, run } = context;
  const lost = await recorded(bench.store, bench.people, bench.bureauId);
  const { code, out } = await run(String(bench.bureauId), "--complete", "--json");
  const { bureaus, differences } = JSON.parse(out);
  assert.equal([code, bureaus[0].state, bureaus[0].onlyHere], [1, "compared", 1]);
  assert.ok(differences.some(({ kind }: { kind: string }) => kind === "只在本系统"));
  assert.equal((await acts(context)).at(-1), { action: "compare-records", act: "complete" });
  await bench.store.db`update subjects set cancelled_at = now() where id = ${lost}`;
});

test("asks the bureau for each website, goes on where it stopped, and says why it did", async (context) => {
  const { bench, run } = context;
  const { db } = bench.store;
  await db`update websites set cancelled_at = now()`;
  await db`update record_differences set state = 'gone', decision = null, settled_at = now()`;
  const filed = await recorded(bench.store, bench.people, bench.bureauId);
  const lost = await recorded(bench.store, bench.people, bench.bureauId);
  await fileAtBureau(bench, filed);
  const bureau = String(bench.bureauId);
  const first = await run(bureau, "--ask", "--limit", "1");
  assert.is(first.code, 0, first.err);
  assert.match(first.out, /asked for 1 of 1 websites/);
  bench.set({ fault: "closed" });
  const closed = await run(bureau, "--ask", "--json");
  assert.equal([closed.code, /it answers 19 .*the 1 that are left/.test(closed.err)], [1, true]);
  assert.equal(JSON.parse(closed.out).asked[0].stopped, "19");
  bench.set({ fault: "none" });
  const rest = await run(bureau, "--ask", "--json");
  const { asked, differences } = JSON.parse(rest.out);
  assert.equal([rest.code, asked[0].asked, asked[0].notFiled, asked[0].left], [1, 1, 1, 0]);
  assert.is(differences.length, 1);
  const [row] = await db`select place from record_differences where subject_id = ${lost} and state = 'open'`;
  assert.is(row?.place, "filed");
  assert.equal((await acts(context)).at(-1), { action: "compare-records", act: "ask" });
});

test("asks no bureau that an operator has to see to first", async ({ bench, run }) => {
  await bench.store.db`update isp_bureaus set stopped_at = now(), stopped_reason = '5'`;
  const { code, err } = await run(String(bench.bureauId), "--ask");
  assert.equal([code, /is stopped \(密码错误.*openbeian bureau start/.test(err)], [1, true]);
});

test.run();
