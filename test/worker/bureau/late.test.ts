import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  begin,
  fill,
  freshParts,
  newSite,
  recorded,
  say,
  send,
} from "../../support/bureau-kinds.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("what the bureau says about something that is over");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

const rejected = (fileName: string | undefined): string =>
  `<BAJG><Jg_xx><Jgxx><Jgdm>5001</Jgdm><Dmms>${fileName}</Dmms></Jgxx></Jg_xx></BAJG>`;

/** Two filings that went in one file. */
async function two(bench: BureauBench): Promise<{ filings: [Filing, Filing]; fileName: string | undefined }> {
  await bench.store.db`update isp_bureaus set settings = settings || '{"recordsPerFile": 10}'`;
  const filings: [Filing, Filing] = [await bench.uploading(), await bench.uploading()];
  await bench.submit();
  return { filings, fileName: (await bench.packages(filings[0]))[0]?.fileName };
}

test("in a file that was rejected touches nothing that went in another since", async ({ bench }) => {
  const { filings, fileName } = await two(bench);
  assert.is((await say(bench, rejected(fileName))).applied, 1);
  for (const filing of filings)
    await act(bench.store, await bench.now(filing), "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  const again = await say(bench, rejected(fileName));
  assert.equal([again.applied, again.repeated, again.parked], [0, 1, 0]);
  for (const filing of filings) assert.is((await bench.now(filing)).state, "sms_pending");
  assert.is((await bureauNow(bench)).stoppedAt, null);
});

test("of which the bureau had approved one before it rejected the file says so to staff", async ({
  bench,
}) => {
  const { filings, fileName } = await two(bench);
  const [one] = bench.simulator.view().filings;
  bench.simulator.order({ action: "approve", filing: one?.id ?? 0 });
  await bench.downloadSome();
  assert.is((await say(bench, rejected(fileName))).applied, 1);
  const states = [(await bench.now(filings[0])).state, (await bench.now(filings[1])).state];
  assert.equal(states.toSorted(), ["numbered", "upload_failed"]);
  const [row] = await bench.store.db<{ note: string }[]>`
    select note from bureau_results where kind = 'file_rejected'`;
  assert.match(row?.note ?? "", "报文里有1件没有改变");
});

test("and was a website added to the same subject decides nothing about the next", async ({ bench }) => {
  const { tree, number } = await recorded(bench);
  const add = async (): Promise<Filing> => {
    const { domain } = freshParts();
    const filing = await begin(bench, { kind: "add", subjectId: tree.id, domain });
    await fill(bench, filing, newSite(domain));
    return send(bench, filing);
  };
  const first = await add();
  approve(bench);
  await bench.downloadSome();
  const next = await add();
  const [site] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${first.id} and kind = 'website'`;
  const refused = `<BAJG><Jg_xx><Jgxx><Jgdm>1002</Jgdm></Jgxx><Czlx>2</Czlx><Bs>${number}</Bs></Jg_xx>
    <GJSHS><Gjsh><Shjg>0</Shjg><Shyj>请修改</Shyj><Czlx>2</Czlx><Jlid>${site?.id}</Jlid></Gjsh></GJSHS></BAJG>`;
  const done = await say(bench, refused);
  assert.is(done.applied, 0);
  assert.is((await bench.now(next)).state, "sms_pending");
});

test.run();
