import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { pack } from "../../src/gateways/bureau/packaging.ts";
import { demoAccounts } from "../../src/simulator/index.ts";
import { type BureauBench, startBureauBench } from "../support/bureau.ts";
import { type CliBench, cliOn } from "../support/cli-bench.ts";

const test = suite<CliBench & { bench: BureauBench }>("openbeian for what is sent to a bureau");

test.before(async (context) => {
  const bench = await startBureauBench();
  Object.assign(context, { bench, ...cliOn(bench) });
});
test.after(async ({ bench, remove }) => {
  await bench.close();
  remove();
});

const lastAct = async ({ store }: BureauBench): Promise<string | undefined> =>
  (await store.db<{ action: string }[]>`select action from audit_log order by id desc limit 1`)[0]?.action;

test("sends what waits, and shows what is left", async ({ bench, run }) => {
  const filing = await bench.uploading();
  const sent = await run("bureau", "submit");
  assert.is(sent.code, 0, sent.err);
  assert.match(sent.out, /package 1 accepted/);
  assert.is((await bench.now(filing)).state, "sms_pending");
  assert.is(await bench.atBureau(filing), 1);
  assert.is(await lastAct(bench), "submit-to-bureau");
  const [row] = JSON.parse((await run("bureau", "submit", String(bench.bureauId), "--json")).out);
  assert.equal([row.lastSequence, row.waiting, row.stopped], [1, 0, null]);
});

test("sends a kept file again only when told twice, and only one that the bureau had", async ({
  bench,
  run,
}) => {
  const id = String(bench.bureauId);
  const asked = await run("bureau", "resend", id, "1");
  assert.is(asked.code, 1);
  assert.match(asked.err, /took 1 in at .* add --yes/);
  const none = await run("bureau", "resend", id, "7", "--yes");
  assert.equal([none.code, none.err], [1, "openbeian: no package is kept under the number 7\n"]);
  const before = bench.simulator.view().filings.length;
  const sent = await run("bureau", "resend", id, "1", "--yes");
  assert.match(sent.out, /the bureau answers \d+/);
  assert.is(bench.simulator.view().filings.length, before, "the bureau has nothing twice");
  assert.is(await lastAct(bench), "resend-package");
});

test("shows a file with persons masked, whole only when asked for", async ({ run, dataDir }) => {
  const xml = `<?xml version="1.0" encoding="GBK"?>\n<UploadData version="V.3.0"><ICP><XZBA><Baxx><Zt_xx><Dwmc>杭州青山茶业有限公司</Dwmc><Zj><Zjhm>33010619900101123X</Zjhm></Zj></Zt_xx></Baxx></XZBA></ICP></UploadData>`;
  const [account] = demoAccounts;
  if (!account) throw new Error("no account");
  const { beianInfo, zip } = pack(xml, account, "P1.xml");
  const [zipped, sealed] = [join(dataDir, "p.zip"), join(dataDir, "p.txt")];
  writeFileSync(zipped, zip);
  writeFileSync(sealed, beianInfo);
  const shown = await run("bureau", "decode", zipped);
  assert.is(shown.code, 0, shown.err);
  assert.match(shown.out, /P1\.xml, version V\.3\.0/);
  assert.match(shown.out, /Dwmc\s+\S+\s+杭州青山茶业有限公司/);
  assert.not.match(shown.out, /33010619900101123X/);
  assert.match((await run("bureau", "decode", zipped, "--xml")).out, /33010619900101123X/);
  const locked = await run("bureau", "decode", sealed);
  assert.is(locked.code, 1);
  assert.match(locked.err, /it is encrypted: name the bureau/);
  const rows = JSON.parse((await run("bureau", "decode", sealed, "--bureau", "1", "--json")).out);
  assert.ok(
    rows.some(
      ({ name, value }: { name: string; value: string }) => name === "Dwmc" && value.includes("青山"),
    ),
  );
  const missing = await run("bureau", "decode", join(dataDir, "nothing"));
  assert.match(missing.err, /cannot be read: ENOENT/);
});

test.run();
