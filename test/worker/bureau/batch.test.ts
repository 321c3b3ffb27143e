import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Sql } from "../../../src/db/client.ts";
import { versionData } from "../../../src/gateways/bureau/versions.ts";
import { FileMissing } from "../../../src/gateways/files/index.ts";
import { settleRequests } from "../../../src/models/bureau/closing.ts";
import { wakeForgotten } from "../../../src/models/bureau/queue.ts";
import { requestsOfPackage } from "../../../src/models/bureau/requests.ts";
import type { BureauSettings } from "../../../src/models/bureau/settings.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { type BureauBench, bureauNow, startBureauBench } from "../../support/bureau.ts";
import { say, textOf } from "../../support/bureau-kinds.ts";
import { act, staffNamed } from "../../support/filings.ts";

const test = suite<{ bench: BureauBench }>("many filings in one package");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
  await set(context.bench, { recordsPerFile: 100 });
});
test.after.each((context) => context.bench.close());

const set = ({ store: { db } }: BureauBench, settings: Partial<BureauSettings>) => db`
  update isp_bureaus set settings = settings || ${db.json(settings)}`;

const three = async (bench: BureauBench): Promise<Filing[]> => [
  await bench.uploading(),
  await bench.uploading(),
  await bench.uploading(),
];

const states = async (bench: BureauBench, filings: readonly Filing[]): Promise<string[]> => {
  const all: string[] = [];
  for (const filing of filings) all.push((await bench.now(filing)).state);
  return all;
};

const allPackages = ({ store }: BureauBench) => store.db<{ id: number; sequence: number; state: string }[]>`
  select id, sequence, state from bureau_packages order by id`;

type Query = (strings: TemplateStringsArray, ...values: unknown[]) => unknown;
type Work = (tx: Query) => Promise<unknown>;

/** A database of which one statement fails, after it has been made so many times. */
const dyingAt = (db: Sql, statement: string, after: number): Sql => {
  let left = after;
  const watched = (real: Query): Query =>
    new Proxy(real, {
      apply: (target, self, [strings, ...values]: [TemplateStringsArray, ...unknown[]]) => {
        const isIt = strings.raw?.join(" ").includes(statement);
        if (isIt && left-- <= 0) throw new Error("the process died here");
        return Reflect.apply(target, self, [strings, ...values]);
      },
      get: (target, key) =>
        key === "begin"
          ? (work: Work) => db.begin((tx) => work(watched(tx as unknown as Query)))
          : Reflect.get(target, key),
    });
  return watched(db as unknown as Query) as unknown as Sql;
};

const dies = async (work: Promise<unknown>): Promise<void> => {
  const died = await work.then(
    () => false,
    () => true,
  );
  assert.ok(died);
};

test("go under one number, in the order in which they came, and are each at the bureau once", async ({
  bench,
}) => {
  const filings = await three(bench);
  await bench.submit();
  assert.equal(await states(bench, filings), ["sms_pending", "sms_pending", "sms_pending"]);
  const [sent, ...more] = await allPackages(bench);
  assert.equal([sent?.sequence, sent?.state, more.length], [1, "accepted", 0]);
  const requests = await requestsOfPackage(bench.store.db, sent?.id ?? 0);
  assert.equal(
    requests.map(({ position, filingId }) => [position, filingId]),
    filings.map(({ id }, at) => [at + 1, id]),
  );
  for (const filing of filings) assert.is(await bench.atBureau(filing), 1);
  assert.is((await bureauNow(bench)).lastSequence, 1);
});

test("come back each by itself, and the package is over with the last", async ({ bench }) => {
  const filings = await three(bench);
  await bench.submit();
  for (const { id } of bench.simulator.view().filings.slice(1))
    bench.simulator.order({ action: "approve", filing: id });
  await bench.downloadSome();
  assert.equal(await states(bench, filings), ["numbered", "numbered", "sms_pending"]);
  assert.is((await allPackages(bench))[0]?.state, "accepted");
  const [last] = bench.simulator.view().filings;
  bench.simulator.order({ action: "return", filing: last?.id ?? 0, words: "请修改" });
  await bench.downloadSome();
  assert.equal(await states(bench, filings), ["numbered", "numbered", "bureau_returned"]);
  assert.is((await allPackages(bench))[0]?.state, "settled");
});

test("go without the one whose record cannot be made, which fails alone and stops nobody", async ({
  bench,
}) => {
  const filings = await three(bench);
  const [, bad] = filings;
  await bench.store.db`delete from filing_ips where filing_id = ${bad?.id ?? 0}`;
  await bench.submit();
  assert.equal(await states(bench, filings), ["sms_pending", "upload_failed", "sms_pending"]);
  const { stoppedAt, lastSequence } = await bureauNow(bench);
  assert.equal([stoppedAt, lastSequence], [null, 1]);
  const next = await bench.uploading();
  await bench.submit();
  assert.is((await bench.now(next)).state, "sms_pending");
});

test("are joined no more than the bureau's row allows", async ({ bench }) => {
  await set(bench, { recordsPerFile: 2 });
  const filings = await three(bench);
  await bench.submit();
  assert.equal(await states(bench, filings), ["sms_pending", "sms_pending", "sms_pending"]);
  const counts: number[] = [];
  for (const { id } of await allPackages(bench))
    counts.push((await requestsOfPackage(bench.store.db, id)).length);
  assert.equal(counts, [2, 1]);
});

test("are split where one file would be larger than the version allows", async ({ bench }) => {
  const alone = await bench.uploading();
  await bench.submit();
  const { length } = await textOf(bench, alone);
  const filings = await three(bench);
  const { file } = versionData("V.3.0");
  const usual = file.maxBytes;
  // Two such records and room for what is around them, and not a third.
  file.maxBytes = 2 * length + 512;
  try {
    await bench.submit();
    assert.equal(await states(bench, filings), ["sms_pending", "sms_pending", "sms_pending"]);
    const counts: number[] = [];
    for (const { id } of await allPackages(bench))
      counts.push((await requestsOfPackage(bench.store.db, id)).length);
    assert.equal(counts, [1, 2, 1]);
    file.maxBytes = 1000;
    const large = await bench.uploading();
    await bench.submit();
    assert.equal(
      [(await bench.now(large)).state, (await bureauNow(bench)).stoppedAt],
      ["upload_failed", null],
    );
  } finally {
    file.maxBytes = usual;
  }
});

test("are gone on with when the worker dies between two of them", async ({ bench }) => {
  const filings = await three(bench);
  const db = dyingAt(bench.parts.db, "update bureau_requests set accepted_at", 1);
  await dies(bench.submit({ db }));
  assert.equal(await states(bench, filings), ["sms_pending", "uploading", "uploading"]);
  assert.is((await bureauNow(bench)).lastSequence, 1);
  await bench.submit();
  assert.equal(await states(bench, filings), ["sms_pending", "sms_pending", "sms_pending"]);
  for (const filing of filings) {
    assert.is(await bench.atBureau(filing), 1);
    const told = (await eventsOf(bench.store.db, filing.id)).filter(
      ({ action }) => action === "accept-upload",
    );
    assert.is(told.length, 1);
  }
  assert.is((await allPackages(bench)).length, 1);
});

test("fail together with their file, are told of once, and are gone on with after a death between two", async ({
  bench,
}) => {
  const filings = await three(bench);
  bench.set({ fault: "wrong_password" });
  const db = dyingAt(bench.parts.db, "update bureau_requests r set state = 'failed'", 1);
  await dies(bench.submit({ db }));
  assert.equal(await states(bench, filings), ["upload_failed", "uploading", "uploading"]);
  assert.equal(await bench.submit(), ["stopped: 5"]);
  assert.equal(await states(bench, filings), ["upload_failed", "upload_failed", "upload_failed"]);
  const told = await bench.store.db`select 1 from notices where template = 'bureau-stopped'`;
  assert.is(told.length, 1);
});

test("are each sent again or given back by themselves after their file failed", async ({ bench }) => {
  const filings = await three(bench);
  const [one, two, three_] = filings;
  if (!one || !two || !three_) throw new Error("three filings");
  bench.set({ fault: "wrong_password" });
  await bench.submit();
  bench.set({ fault: "none" });
  const submitter = staffNamed(bench.people, "孙七");
  await act(bench.store, await bench.now(one), "retry-upload", submitter);
  await act(bench.store, await bench.now(two), "give-back-upload", submitter);
  await bench.submit();
  assert.equal(await states(bench, filings), ["sms_pending", "bureau_returned", "upload_failed"]);
  await act(bench.store, await bench.now(three_), "retry-upload", submitter);
  await bench.submit();
  assert.is((await bench.now(three_)).state, "sms_pending");
  assert.equal(
    (await allPackages(bench)).map(({ sequence, state }) => [sequence, state]),
    [
      [1, "void"],
      [1, "accepted"],
      [2, "accepted"],
    ],
  );
  assert.equal(
    [await bench.atBureau(one), await bench.atBureau(two), await bench.atBureau(three_)],
    [1, 0, 1],
  );
});

test("are put together anew without one that was decided before the file ever went", async ({ bench }) => {
  const filings = await three(bench);
  const { db } = bench.store;
  await dies(bench.submit({ db: dyingAt(bench.parts.db, "tries = tries + 1", 0) }));
  const [decided] = filings as [Filing];
  await db`update filings set state = 'at_bureau' where id = ${decided.id}`;
  await settleRequests(db, decided);
  await bench.submit();
  assert.equal(await states(bench, filings), ["at_bureau", "sms_pending", "sms_pending"]);
  assert.equal(
    (await allPackages(bench)).map(({ sequence, state }) => [sequence, state]),
    [
      [1, "void"],
      [1, "accepted"],
    ],
  );
  assert.is(await bench.atBureau(decided), 0);
});

test("are not forgotten half done, be the bureau stopped or not", async ({ bench }) => {
  const filings = await three(bench);
  const { db } = bench.store;
  await dies(bench.submit({ db: dyingAt(bench.parts.db, "update bureau_requests set accepted_at", 1) }));
  await db`update isp_bureaus set stopped_at = now(), stopped_reason = 'sequence'`;
  await db`delete from graphile_worker._private_jobs`;
  await wakeForgotten(db);
  const jobs = await db`select 1 from graphile_worker.jobs where key = ${`submit:${bench.bureauId}`}`;
  assert.is(jobs.length, 1);
  assert.equal(await bench.submit(), ["stopped: sequence"]);
  assert.equal(await states(bench, filings), ["sms_pending", "sms_pending", "sms_pending"]);
});

test("count as sent when the bureau had taken what it said it refused, and go nowhere twice", async ({
  bench,
}) => {
  const filings = await three(bench);
  const upload: typeof bench.parts.bureau.upload = async (...call) => {
    await bench.parts.bureau.upload(...call);
    return { code: 5, message: "" };
  };
  await bench.submit({ bureau: { ...bench.parts.bureau, upload } });
  assert.equal(await states(bench, filings), ["upload_failed", "upload_failed", "upload_failed"]);
  const submitter = staffNamed(bench.people, "孙七");
  for (const filing of filings.slice(1))
    await act(bench.store, await bench.now(filing), "retry-upload", submitter);
  const other = await bench.uploading();
  await bench.submit();
  assert.equal(await states(bench, [...filings, other]), [
    "upload_failed",
    "sms_pending",
    "sms_pending",
    "sms_pending",
  ]);
  await act(bench.store, await bench.now(filings[0] as Filing), "retry-upload", submitter);
  await bench.submit();
  assert.is((await bench.now(filings[0] as Filing)).state, "sms_pending");
  for (const filing of [...filings, other]) assert.is(await bench.atBureau(filing), 1);
  assert.is((await bureauNow(bench)).lastSequence, 2);
});

test("fail all when the bureau rejects the file as a whole", async ({ bench }) => {
  const filings = await three(bench);
  await bench.submit();
  const [sent] = await bench.packages(filings[0] as Filing);
  const rejected = `<BAJG><Jg_xx><Jgxx><Jgdm>5001</Jgdm><Dmms>${sent?.fileName}</Dmms></Jgxx><Czlx>1</Czlx></Jg_xx></BAJG>`;
  assert.is((await say(bench, rejected)).applied, 1);
  assert.equal(await states(bench, filings), ["upload_failed", "upload_failed", "upload_failed"]);
  assert.is((await bureauNow(bench)).stoppedReason, "5001");
  assert.is((await say(bench, rejected)).repeated, 1);
  for (const filing of filings)
    await act(bench.store, await bench.now(filing), "retry-upload", staffNamed(bench.people, "孙七"));
  await bench.submit();
  assert.equal(await states(bench, filings), ["sms_pending", "sms_pending", "sms_pending"]);
  assert.is((await bureauNow(bench)).lastSequence, 2);
});

test("hold each record of their own in one file", async ({ bench }) => {
  const filings = await three(bench);
  await bench.submit();
  const text = await textOf(bench, filings[0] as Filing);
  assert.is(text.match(/<Baxx>/g)?.length, 3);
  assert.is(text.match(/<XZBA>/g)?.length, 1);
});

test("do not wait for one whose picture is lost", async ({ bench }) => {
  const filings = await three(bench);
  const [, lost] = filings;
  await bench.store.db`update materials set bureau_file = 'lost' where filing_id = ${lost?.id ?? 0}`;
  const { files } = bench.parts;
  const get = (id: string) => (id === "lost" ? Promise.reject(new FileMissing(id)) : files.get(id));
  await bench.submit({ files: { ...files, get } });
  assert.equal(await states(bench, filings), ["sms_pending", "upload_failed", "sms_pending"]);
  assert.is((await bureauNow(bench)).stoppedAt, null);
});

test("all wait where the file store does not answer", async ({ bench }) => {
  const filings = await three(bench);
  await bench.store.db`update materials set bureau_file = 'any' where filing_id = ${filings[1]?.id ?? 0}`;
  const get = () => Promise.reject(new Error("the store is down"));
  await dies(bench.submit({ files: { ...bench.parts.files, get } }));
  assert.equal(await states(bench, filings), ["uploading", "uploading", "uploading"]);
});

test.run();
