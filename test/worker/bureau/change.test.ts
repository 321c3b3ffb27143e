import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bureauWordsOf } from "../../../src/models/bureau/words.ts";
import { openCuts } from "../../../src/models/cut/rows.ts";
import { TransitionRefused } from "../../../src/models/errors.ts";
import { revisionsOf } from "../../../src/models/record/revisions.ts";
import { openRecord } from "../../../src/models/record/tree.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import {
  approve,
  begin,
  bureauIdOf,
  changing,
  fill,
  freshParts,
  owner,
  recorded,
  review,
  say,
  send,
} from "../../support/bureau-kinds.ts";

const test = suite<{ bench: BureauBench }>("a change, at the bureau");
test.before.each(async (context) => {
  context.bench = await startBureauBench();
});
test.after.each((context) => context.bench.close());

test("changes a website as a whole image, and both values stay", async ({ bench }) => {
  const { tree, filing, further } = await changing(bench);
  await send(bench, filing);
  approve(bench);
  const done = await bench.downloadSome();
  assert.equal([done.applied, done.parked], [2, 0]);
  assert.is((await bench.now(filing)).state, "numbered");
  const after = await openRecord(bench.store, owner(bench), tree.id);
  assert.is(after.websites[0]?.values.siteName, "示例茶艺馆");
  assert.is(after.websites[0]?.id, tree.websites[0]?.id);
  const domains = await bench.store.db<{ domain: string; known: boolean }[]>`
    select domain, bureau_object_id is not null as known from domains
    where website_id = ${tree.websites[0]?.id ?? 0} and cancelled_at is null order by id`;
  assert.equal(
    domains.map(({ known }) => known),
    [true, true],
  );
  assert.is(domains[1]?.domain, further);
  const [revision, ...more] = await revisionsOf(bench.store, { id: tree.id, ispId: filing.ispId });
  assert.equal([more.length, revision?.kind, revision?.change], [0, "website", "changed"]);
  assert.equal([revision?.before.siteName, revision?.after.siteName], ["示例茶叶商城", "示例茶艺馆"]);
  assert.equal(
    (await bureauWordsOf(bench.store, filing)).map(({ note }) => note),
    [null, null],
  );
  const [mail] = await bench.store.db`
    select 1 from notices where filing_id = ${filing.id} and template = 'filing-done'`;
  assert.ok(mail);
});

/** A domain on record that the change does not name any more; the bureau does not know it. */
const alsoHas = ({ store }: BureauBench, website: number, ispId: number) => store.db`
  insert into domains (id, isp_id, website_id, domain) values (${9_000_000 + website}, ${ispId}, ${website}, 'former.example.cn')`;

test("a domain that it takes from a website must be cut, and nothing else of it", async ({ bench }) => {
  const { tree, filing } = await changing(bench);
  await alsoHas(bench, tree.websites[0]?.id ?? 0, filing.ispId);
  await send(bench, filing);
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  const [cut, ...more] = await openCuts(bench.store, filing);
  assert.equal([cut?.cause, cut?.domains, more.length], ["filing", ["former.example.cn"], 0]);
  assert.equal([cut?.accessId, cut?.number, cut?.ips], [null, null, []], "the website stays");
});

test("to another domain alone cuts the only one that the bureau knew", async ({ bench }) => {
  const { tree, password } = await recorded(bench);
  const [website] = tree.websites;
  const filing = await begin(
    bench,
    { ...{ kind: "change", subjectId: tree.id, scope: "website" }, targetId: website?.id ?? 0 },
    password,
  );
  const { domain } = freshParts();
  await fill(bench, filing, { website: { domains: [domain], homePages: [`www.${domain}`] } });
  await send(bench, filing);
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  const after = await openRecord(bench.store, owner(bench), tree.id);
  assert.equal(after.websites[0]?.values.domains, [domain]);
  const cuts = await openCuts(bench.store, filing);
  assert.equal(
    cuts.map(({ domains }) => domains),
    [website?.values.domains],
  );
});

test("to a domain under which its home page is not is refused by the machine, and the desk says so", async ({
  bench,
}) => {
  const { tree, password } = await recorded(bench);
  const filing = await begin(
    bench,
    { ...{ kind: "change", subjectId: tree.id, scope: "website" }, targetId: tree.websites[0]?.id ?? 0 },
    password,
  );
  await fill(bench, filing, { website: { domains: [freshParts().domain] } });
  await send(bench, filing);
  assert.throws(() => approve(bench), /没有通过自动核查，已经退回：1041 网站首页URL/);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "bureau_returned");
});

test("a domain that it takes from a website opens no task where the provider wants none", async ({
  bench,
}) => {
  const { tree, filing } = await changing(bench);
  await bench.store.db`
    update isps set settings = settings || ${bench.store.db.json({ cuts: { own: false } })}::jsonb where id = ${filing.ispId}`;
  await alsoHas(bench, tree.websites[0]?.id ?? 0, filing.ispId);
  await send(bench, filing);
  approve(bench);
  await bench.downloadSome();
  assert.is((await bench.now(filing)).state, "numbered");
  assert.equal(await openCuts(bench.store, filing), []);
});

test("changed and refused leaves the record as it was, whatever is said again", async ({ bench }) => {
  const { tree, filing } = await changing(bench);
  await send(bench, filing);
  const subject = await bureauIdOf(bench, "subjects", tree.id);
  await say(bench, review(4, 0, subject));
  assert.is((await bench.now(filing)).state, "bureau_returned");
  const again = await say(bench, review(4, 0, subject));
  assert.is(again.repeated, 1);
  const late = await say(bench, review(4, 1, subject));
  assert.is(late.parked, 1);
  const after = await openRecord(bench.store, owner(bench), tree.id);
  assert.equal(after.websites[0]?.values, tree.websites[0]?.values);
});

test("is never ended by an answer about an earlier change of the same subject", async ({ bench }) => {
  const { tree, filing } = await changing(bench);
  await send(bench, filing);
  approve(bench);
  await bench.downloadSome();
  const next = await begin(bench, {
    ...{ kind: "change", subjectId: tree.id, scope: "subject", targetId: tree.id },
  });
  await fill(bench, next, { subject: { address: "示例路102号" } });
  await send(bench, next);
  const subject = await bureauIdOf(bench, "subjects", tree.id);
  const done = await say(bench, review(4, 0, subject, "2020-01-01 10:00:00"));
  assert.is(done.repeated, 1);
  assert.is((await bench.now(next)).state, "sms_pending");
});

test("of a record without the bureau's ids waits for a report by hand", async ({ bench }) => {
  const { tree, filing } = await changing(bench);
  await bench.store.db`update websites set bureau_object_id = null where subject_id = ${tree.id}`;
  try {
    await send(bench, filing);
    assert.unreachable("it went out");
  } catch (error) {
    assert.is(error instanceof TransitionRefused && error.refusal, "bureau_ids_missing");
  }
  assert.is((await bench.now(filing)).state, "ready");
});

test("cancelled meanwhile parks a late approval", async ({ bench }) => {
  const { tree, filing } = await changing(bench);
  await send(bench, filing);
  await bench.store.db`update filings set state = 'cancelled' where id = ${filing.id}`;
  const done = await say(bench, review(4, 1, await bureauIdOf(bench, "subjects", tree.id)));
  assert.is(done.parked, 1);
  assert.is((await bench.now(filing)).state, "cancelled");
});

test.run();
