import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bureauWordsOf } from "../../../src/models/bureau/words.ts";
import { keptPassword, passwordHash } from "../../../src/models/filing/icp-password.ts";
import { openRecord } from "../../../src/models/record/tree.ts";
import * as sample from "../../rules/sample.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  begin,
  fill,
  freshParts,
  joining,
  newSite,
  owner,
  packageOf,
  recorded,
  send,
  textOf,
} from "../../support/bureau-kinds.ts";

const test = suite<{ bench: BureauBench }>("a new website or access, at the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("adds a website to the subject on record", async ({ bench }) => {
  const { tree, number } = await recorded(bench);
  const { domain } = freshParts();
  const filing = await begin(bench, { kind: "add", subjectId: tree.id, domain });
  await fill(bench, filing, newSite(domain));
  assert.is((await send(bench, filing)).state, "sms_pending");
  approve(bench);
  const done = await bench.downloadSome();
  assert.equal([done.applied, done.parked], [2, 0]);
  assert.is((await bench.now(filing)).state, "numbered");
  const after = await openRecord(bench.store, owner(bench), tree.id);
  assert.equal(
    after.websites.map(({ values }) => values.number),
    [`${number}-1`, `${number}-2`],
  );
  assert.equal(
    (await bureauWordsOf(bench.store, filing)).map(({ note }) => note),
    [null, null],
  );
});

test("adds a website to a subject that was filed elsewhere", async ({ bench }) => {
  const { domain, certNo } = freshParts();
  const name = "示例茶业（杭州）有限公司";
  const website = { name: "示例茶业", domains: [`old${domain}`] };
  const record = { name, certNumber: certNo, number: "浙ICP备2020000777号", websites: [website] };
  bench.simulator.order({ action: "seed", record });
  const password = passwordHash(bench.simulator.view().records[0]?.password ?? "");
  const filing = await begin(
    bench,
    { kind: "add", nature: "4", certType: "1", certNo, domain, number: "浙ICP备2020000777号" },
    password,
  );
  await fill(bench, filing, {
    subject: { ...sample.company, certNo, number: "浙ICP备2020000777号" },
    ...newSite(domain),
  });
  await send(bench, filing);
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  const [subject] = await bench.store.db<{ number: string; known: boolean }[]>`
    select number, bureau_object_id is not null as known from subjects where filing_id = ${filing.id}`;
  assert.equal([subject?.number, subject?.known], ["浙ICP备2020000777号", true]);
  const [site] = await bench.store.db<{ number: string }[]>`
    select number from websites where filing_id = ${filing.id}`;
  assert.is(site?.number, "浙ICP备2020000777号-2");
});

test("joins an access to a website that was filed elsewhere, and forgets the password", async ({ bench }) => {
  const { filing, number } = await joining(bench);
  await send(bench, filing);
  const sent = await packageOf(bench, filing);
  const hash = (await keptPassword(bench.store, filing)) ?? "none";
  assert.ok((await textOf(bench, filing)).includes(hash));
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  const [row] = await bench.store.db<{ subject: string; website: string; known: boolean }[]>`
    select s.number as subject, w.number as website, a.bureau_object_id is not null as known
    from accesses a join websites w on w.id = a.website_id join subjects s on s.id = w.subject_id
    where a.filing_id = ${filing.id}`;
  assert.equal([row?.subject, row?.website, row?.known], [number, `${number}-1`, true]);
  assert.is(await keptPassword(bench.store, filing), undefined);
  const jobs = await bench.store.db`select 1 from graphile_worker.jobs where key = ${`blank:${sent.id}`}`;
  assert.is(jobs.length, 1);
});

test.run();
