import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { DownloadFile } from "../../../src/gateways/bureau/index.ts";
import { contentHash, zipXml } from "../../../src/gateways/bureau/index.ts";
import { bureauWordsOf, lastRefusal } from "../../../src/models/bureau/words.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { recordOfFiling } from "../../../src/models/record/rows.ts";
import { type BureauBench, bureauNow, failing, startBureauBench } from "../../support/bureau.ts";
import { bureauWith } from "../../support/downloads.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("an answer of the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

const sent = async (bench: BureauBench): Promise<Filing> => {
  const filing = await bench.uploading();
  await bench.submit();
  return filing;
};

/** The simulator's own number of a filing. */
const atDesk = async (bench: BureauBench, filing: Filing): Promise<number> => {
  const [subject] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  return bench.simulator.view().filings.find(({ subjectId }) => subjectId === subject?.id)?.id ?? 0;
};

const approve = async (bench: BureauBench, filing: Filing) =>
  bench.simulator.order({ action: "approve", filing: await atDesk(bench, filing) });

const lastActions = async (bench: BureauBench, filing: Filing, count: number) =>
  (await eventsOf(bench.store.db, filing.id)).map(({ action }) => action).slice(-count);

const outcomes = async (bench: BureauBench, filing?: Filing) =>
  (
    await bench.store.db<{ kind: string; outcome: string }[]>`
      select kind, outcome from bureau_results
      where ${filing ? bench.store.db`filing_id = ${filing.id}` : bench.store.db`true`} order by id`
  ).map(({ kind, outcome }) => `${kind} ${outcome}`);

/** A file of our own in the place of what the bureau has. */
const fileOf = (xml: string, fileName = "20261118120000_zj_1.xml"): DownloadFile => {
  const zip = zipXml(xml, fileName);
  const algorithms = { encryptAlgorithm: 0, hashAlgorithm: 0, compressionFormat: 0 };
  return { fileName, beianInfo: zip.toString("base64"), beianInfoHash: contentHash(zip), ...algorithms };
};

const bajg = (inner: string) =>
  `<DownloadData version="V.3.0"><ICP><BAJG>${inner}</BAJG></ICP></DownloadData>`;

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
  const [row] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  const xml = bajg(
    `<Jg_xx><Jgxx><Jgdm>1004</Jgdm><Dmms>无效域名</Dmms></Jgxx><Czlx>1</Czlx><Bs>${row?.id}</Bs></Jg_xx>`,
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

test("is applied once when the same file comes twice, and acknowledged both times", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const acknowledge = async () => ({ code: 999, message: "" });
  assert.is(
    (await bench.download({ bureau: { ...bench.parts.bureau, acknowledge } })).problem,
    "not_acknowledged",
  );
  const before = await eventsOf(bench.store.db, filing.id);
  const again = await bench.downloadSome();
  assert.is(again.problem, null);
  const answers = await bench.store.db`select 1 from bureau_answers where acknowledged_at is not null`;
  assert.is(answers.length, 2);
  const events = (await eventsOf(bench.store.db, filing.id)).slice(before.length);
  assert.equal(
    events.map(({ action }) => action),
    ["number"],
  );
});

for (const step of ["stored", "applied", "acknowledged"] as const)
  test(`leads to the same end when the worker dies before it is ${step}`, async ({ bench }) => {
    const filing = await sent(bench);
    await approve(bench, filing);
    const put = async () => {
      throw new Error("the process died here");
    };
    const db = new Proxy(bench.store.db, {
      get: (target, key) =>
        key === "begin" ? () => Promise.reject(new Error("died")) : Reflect.get(target, key),
    });
    const dying = {
      stored: { files: { ...bench.parts.files, put } },
      applied: { db },
      acknowledged: { bureau: failing(bench.parts.bureau, "acknowledge", "instead") },
    }[step];
    const died = await bench.download(dying).then(
      () => false,
      () => true,
    );
    assert.ok(died);
    await bench.downloadSome();
    assert.is((await bench.now(filing)).state, "numbered");
    assert.equal(await outcomes(bench, filing), ["approved applied", "numbers applied"]);
    assert.equal(await lastActions(bench, filing, 2), ["approve-bureau", "number"]);
  });

/** What stands of every answer: applied, acknowledged. */
const standings = async (bench: BureauBench) =>
  (
    await bench.store.db<{ state: string; at: Date | null }[]>`
      select state, acknowledged_at as at from bureau_answers order by id`
  ).map(({ state, at }) => `${state} ${at === null ? "without" : "with"} a time`);

test("counts as acknowledged once the bureau has nothing left, though nobody saw it take the acknowledgement", async ({
  bench,
}) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const lost = failing(bench.parts.bureau, "acknowledge", "after");
  await bench.download({ bureau: lost }).catch(() => undefined);
  assert.equal(await standings(bench), ["applied without a time"]);
  await bench.downloadSome();
  assert.equal(await standings(bench), ["acknowledged with a time", "acknowledged with a time"]);
});

test("stays unacknowledged while the bureau only is not able to tell what it has", async ({ bench }) => {
  const filing = await sent(bench);
  await approve(bench, filing);
  const lost = failing(bench.parts.bureau, "acknowledge", "after");
  await bench.download({ bureau: lost }).catch(() => undefined);
  const silent = { ...bench.parts.bureau, download: async () => ({ code: 999, message: "" }) };
  assert.is((await bench.download({ bureau: silent })).problem, "code_999");
  assert.equal(await standings(bench), ["applied without a time"]);
});

test("proves the receipt that nobody saw", async ({ bench }) => {
  const filing = await bench.uploading();
  bench.set({ fault: "timeout_after_accept", faultMethods: ["isp_upload"], faultTimes: 1 });
  await bench.submit();
  assert.is((await bench.now(filing)).state, "uploading");
  await approve(bench, filing);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  assert.is((await bureauNow(bench)).lastSequence, 1);
  await bench.letRestEnd();
  const next = await sent(bench);
  assert.is((await bench.packages(next))[0]?.sequence, 2);
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
  const [row] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  const late = bajg(
    `<GJSHS><Gjsh><Shsj>2099-01-01</Shsj><Shjg>1</Shjg><Jlid>${row?.id}</Jlid></Gjsh></GJSHS>`,
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
  const [row] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  const submitter = staffNamed(bench.people, "孙七");
  await act(bench.store, filing, "claim", submitter);
  await act(bench.store, filing, "resubmit-ready", submitter);
  const again = bajg(`<GJSHS><Gjsh><Shyj>请修改</Shyj><Shjg>0</Shjg><Jlid>${row?.id}</Jlid></Gjsh></GJSHS>`);
  await bench.download({ bureau: bureauWith(bench, fileOf(again)).bureau });
  assert.is((await bench.now(filing)).state, "ready");
  assert.equal(await outcomes(bench, filing), ["refused applied", "refused repeated"]);
});

test("that is broken is not acknowledged, and somebody is told when it stays so", async ({ bench }) => {
  const file = { ...fileOf(bajg("")), beianInfoHash: "AAAAAAAAAAAAAAAAAAAAAA==" };
  const { bureau, acknowledged } = bureauWith(bench, file);
  for (let turn = 0; turn < 6; turn++) assert.is((await bench.download({ bureau })).problem, "file_hash");
  assert.equal([acknowledged.length, (await bureauNow(bench)).downloadFailures], [0, 6]);
  const told = await bench.store.db`select 1 from notices where template = 'bureau-stopped'`;
  assert.is(told.length, 1);
  await bench.download();
  assert.equal([(await bureauNow(bench)).downloadFailures, (await bureauNow(bench)).stoppedAt], [0, null]);
});

test("of another content under a name that was used is another answer", async ({ bench }) => {
  const filing = await sent(bench);
  const [row] = await bench.store.db<{ id: number }[]>`
    select id from filing_sections where filing_id = ${filing.id} and kind = 'subject'`;
  const said = (code: number) => bajg(`<Jg_xx><Jgxx><Jgdm>${code}</Jgdm></Jgxx><Bs>${row?.id}</Bs></Jg_xx>`);
  await bench.download({ bureau: bureauWith(bench, fileOf(said(1062)), fileOf(said(1001))).bureau });
  assert.equal(await outcomes(bench, filing), ["news applied", "approved applied"]);
});

test("stops the bureau when the password is wrong, before the account is locked", async ({ bench }) => {
  bench.set({ fault: "wrong_password" });
  assert.is((await bench.download()).problem, "code_5");
  assert.is((await bureauNow(bench)).stoppedReason, "5");
});

test("is kept sealed as it came", async ({ bench }) => {
  const filing = await sent(bench);
  const before = new Set(bench.kept.keys());
  await approve(bench, filing);
  await bench.downloadSome();
  const kept = [...bench.kept].filter(([id]) => !before.has(id));
  assert.is(kept.length, 2);
  assert.not.ok(kept.some(([, bytes]) => bytes.includes("PK\u0003\u0004")));
});

test.run();
