import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bureauWordsOf, lastRefusal } from "../../../src/models/bureau/words.ts";
import { recordOfFiling } from "../../../src/models/record/rows.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  atDesk,
  bajg,
  bureauWith,
  fileOf,
  outcomes,
  sent,
  subjectOf,
} from "../../support/downloads.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("an answer of the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("approves the filing and brings its numbers, from which the record is written", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const done = await bench.downloadSome();
  assert.equal([done.files, done.applied, done.parked, done.problem], [2, 2, 0, null]);
  assert.is((await bench.now(filing)).state, "numbered");
  const record = await recordOfFiling(bench.store, filing.id);
  assert.match(record?.number ?? "", /^浙ICP备\d{8,10}号/);
  assert.equal(record?.name, "示例茶业（杭州）有限公司");
  assert.match(record?.websites[0]?.number ?? "", /-1$/);
  assert.equal(record?.websites[0]?.domains, [filing.domain]);
  assert.is((await bench.packages(filing))[0]?.state, "settled");
  const [ips] = await bench.store.db<{ count: number; known: number }[]>`
    select count(*) as count, count(bureau_object_id) as known from access_ips where isp_id = ${filing.ispId}`;
  assert.equal([ips?.count, ips?.known], [2, 2]);
  const mails = await bench.store.db`
    select 1 from notices where filing_id = ${filing.id} and template = 'filing-numbered'`;
  assert.is(mails.length, 2);
});

test("agrees with what was sent, so that nothing is left for 对账", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  await bench.downloadSome();
  const words = await bureauWordsOf(bench.store, filing);
  assert.equal(
    words.map(({ kind, note }) => [kind, note]),
    [
      ["numbers", null],
      ["approved", null],
    ],
  );
});

test("seals the persons in the record", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  await bench.downloadSome();
  const rows = await bench.store.db`select s.values::text || w.values::text as text
    from subjects s join websites w on w.subject_id = s.id where s.filing_id = ${filing.id}`;
  assert.not.match(rows[0]?.text, /13800005678|330108199001010010|zhangsan@/);
});

test("counts when the numbers come before the approval", async ({ bench }) => {
  bench.set({ numbers: "before" });
  const filing = await sent(bench);
  await approve(bench, filing);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  assert.equal(await outcomes(bench, filing), ["numbers applied", "approved repeated"]);
});

test("leaves the filing approved while its numbers are missing", async ({ bench }) => {
  bench.set({ numbers: "withheld" });
  const filing = await sent(bench);
  await approve(bench, filing);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "approved");
  bench.simulator.order({ action: "numbers", filing: await atDesk(bench, filing) });
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
});

test("returns the filing to the reviewer with the bureau's words", async ({ bench }) => {
  const filing = await sent(bench);
  const words = "网站名称与主办单位名称不符，请修改。";
  bench.simulator.order({ action: "return", filing: await atDesk(bench, filing), words });
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "bureau_returned");
  const refusal = await lastRefusal(bench.store, filing);
  assert.equal([refusal?.words, refusal?.codes], [words, [1002]]);
  const plain = await bench.store.db`select 1 from bureau_results where note like '%网站名称%'`;
  assert.is(plain.length, 0);
});

test("returns what the bureau's machine refuses, and a corrected filing goes again", async ({ bench }) => {
  const filing = await sent(bench);
  const subject = await subjectOf(bench, filing);
  const xml = bajg(
    `<Jg_xx><Jgxx><Jgdm>1004</Jgdm><Dmms>无效域名</Dmms></Jgxx><Czlx>1</Czlx><Bs>${subject}</Bs></Jg_xx>`,
  );
  const { bureau } = bureauWith(bench, fileOf(xml));
  await bench.download({ bureau });
  assert.is((await bench.now(filing)).state, "bureau_returned");
  const submitter = staffNamed(bench.people, "孙七");
  await act(bench.store, filing, "claim", submitter);
  await act(bench.store, filing, "resubmit-ready", submitter);
  await act(bench.store, filing, "upload", submitter);
  await bench.submit();
  assert.equal(
    (await bench.packages(filing)).map(({ sequence, state }) => [sequence, state]),
    [
      [1, "settled"],
      [2, "accepted"],
    ],
  );
});

test("that is only good news ends the short-message check and decides nothing", async ({ bench }) => {
  bench.set({ news: true });
  const filing = await sent(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "at_bureau");
  assert.equal(await outcomes(bench, filing), ["news applied"]);
});

test("that rejects the whole file is never the registrant's fault", async ({ bench }) => {
  bench.set({ rejectSchema: true });
  const filing = await sent(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "upload_failed");
  assert.is((await bureauNow(bench)).stoppedReason, "5001");
  bench.set({ rejectSchema: false });
  await act(bench.store, filing, "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  assert.equal(
    (await bench.packages(filing)).map(({ sequence }) => sequence),
    [1, 2],
  );
  assert.is((await bench.now(filing)).state, "sms_pending");
});

test("about a filing with nothing at the bureau is parked for a person", async ({ bench }) => {
  const filing = await sent(bench);
  bench.simulator.order({ action: "return", filing: await atDesk(bench, filing), words: "请修改" });
  await bench.downloadSome();
  const subject = await subjectOf(bench, filing);
  const late = bajg(
    `<GJSHS><Gjsh><Shsj>2099-01-01</Shsj><Shjg>1</Shjg><Jlid>${subject}</Jlid></Gjsh></GJSHS>`,
  );
  const unknown = bajg("<Jg_xx><Jgxx><Jgdm>1001</Jgdm></Jgxx><Bs>987654321</Bs></Jg_xx>");
  const other = '<DownloadData version="V.3.0"><ICP><NEU><Xx>通知</Xx></NEU></ICP></DownloadData>';
  const files = [late, unknown, other].map((xml, index) => fileOf(xml, `f${index}.xml`));
  const { bureau, acknowledged } = bureauWith(bench, ...files);
  const done = await bench.download({ bureau });
  assert.equal([done.parked, done.applied, acknowledged.length], [3, 0, 3]);
  assert.is((await bench.now(filing)).state, "bureau_returned");
});

test("said again in another file changes nothing", async ({ bench }) => {
  const filing = await sent(bench);
  bench.simulator.order({ action: "return", filing: await atDesk(bench, filing), words: "请修改" });
  await bench.downloadSome();
  const subject = await subjectOf(bench, filing);
  const submitter = staffNamed(bench.people, "孙七");
  await act(bench.store, filing, "claim", submitter);
  await act(bench.store, filing, "resubmit-ready", submitter);
  const again = bajg(`<GJSHS><Gjsh><Shyj>请修改</Shyj><Shjg>0</Shjg><Jlid>${subject}</Jlid></Gjsh></GJSHS>`);
  await bench.download({ bureau: bureauWith(bench, fileOf(again)).bureau });
  assert.is((await bench.now(filing)).state, "ready");
  assert.equal(await outcomes(bench, filing), ["refused applied", "refused repeated"]);
});

test.run();
