import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blacklistOf } from "../../../src/models/blacklist/list.ts";
import { applyAnswer, keepAnswer } from "../../../src/models/bureau/answers.ts";
import { namedOrder } from "../../../src/models/bureau/file-order.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { withText } from "../../../src/simulator/trees.ts";
import { resultsOf } from "../../../worker/bureau/results.ts";
import { testWorld, type World } from "../../support/app.ts";
import { listedSubject, listedWebsite, unfiledList } from "../../support/bureau-lists.ts";
import { askedRecord, icp, inquiryXml, recorded as taskRecord } from "../../support/bureau-tasks.ts";
import { copyOf, copyXml, ourRecord, recorded } from "../../support/copies.ts";
import { freshParts, staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";

type Shared = { world: World; bureauId: number };
const test = suite<Shared>("a file of the bureau that is read after a newer one");

test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

const FIRST = "20260301080000_ZJ_7.xml";
const SECOND = "20260301080000_ZJ_12.xml";
const THIRD = "20260302000000_ZJ_1.xml";

let serial = 0;

/** The file of this name comes now; files of other tests have other seconds. Gives how each thing in it ended. */
async function comes({ world, bureauId }: Shared, name: string, xml: string) {
  const { store } = world;
  const { wrapped: dataKey } = store.vault.newDataKey();
  const kept = { fileName: `${++serial}`, givenName: name, file: `f${serial}`, dataKey, contentHash: "h" };
  const answer = await keepAnswer(store.db, await findBureau(store.db, bureauId), kept);
  await applyAnswer(store, answer, resultsOf(xml));
  const rows = await store.db<{ outcome: string; note: string | null }[]>`
    select outcome, note from bureau_results where answer_id = ${answer.id} order by position`;
  return rows.map(({ outcome, note }) => `${outcome} ${note ?? ""}`.trim());
}

const SAID_SINCE = "repeated 较新的文件里已经说过，这一条不再办理";

const stopped = async ({ world }: Shared): Promise<string[]> =>
  (
    await world.db<{ domain: string }[]>`
      select domain from blacklist_keys where domain is not null order by domain`
  ).map(({ domain }) => domain);

test("is known by its name, else by when it came", async (shared) => {
  assert.equal(namedOrder(SECOND), { at: new Date("2026-03-01T00:00:00Z"), number: 12 });
  assert.equal(namedOrder("20260301080000_ZJ_12b.xml").number, 12);
  for (const name of ["", "12.xml", "20261301080000_ZJ_12.xml", "2026030108_ZJ_12.xml", "20260301080000.xml"])
    assert.equal(namedOrder(name), { at: null, number: 0 }, name);
  for (const name of ["", "29990301080000_ZJ_1.xml", THIRD]) await comes(shared, name, icp(""));
  const rows = await shared.world.db<{ came: boolean }[]>`
    select said_at = received_at as came from bureau_answers order by id`;
  assert.equal(
    rows.map(({ came }) => came),
    [true, true, false],
  );
});

test("does not put back into the blacklist whom a newer one took out", async (shared) => {
  const { certNo } = freshParts();
  const inForce = async () =>
    (await blacklistOf(shared.world.store, staffNamed(shared.world.people, "吴九"), { document: certNo }))
      .length;
  await comes(shared, SECOND, icp(listedSubject("delete", certNo)));
  assert.equal(await comes(shared, FIRST, icp(listedSubject("add", certNo))), [SAID_SINCE]);
  assert.is(await inForce(), 0);
  assert.equal(await comes(shared, THIRD, icp(listedSubject("add", certNo))), ["applied"]);
  assert.equal(await comes(shared, SECOND, icp(listedSubject("delete", certNo))), [SAID_SINCE]);
  assert.is(await inForce(), 1);
});

test("says of a website's domains only what no newer one has said", async (shared) => {
  await comes(shared, SECOND, icp(listedWebsite("delete", "jiu-a.cn")));
  const [said] = await comes(shared, FIRST, icp(listedWebsite("add", "jiu-a.cn", "jiu-b.cn")));
  assert.is(said, "applied 部分域名：较新的文件里已经说过，这一条不再办理");
  assert.equal(await stopped(shared), ["jiu-b.cn"]);
  await comes(shared, THIRD, icp(listedWebsite("change", "jiu-b.cn", "jiu-c.cn")));
  await comes(shared, THIRD, icp(listedWebsite("change", "jiu-c.cn")));
  assert.equal(await stopped(shared), ["jiu-c.cn"]);
  assert.equal(await comes(shared, SECOND, icp(listedWebsite("add", "jiu-b.cn"))), [SAID_SINCE]);
  assert.equal(await stopped(shared), ["jiu-c.cn"]);
});

test("speaks for one bureau alone", async (shared) => {
  const { world } = shared;
  const other = { world, bureauId: await addBureau(world.store, world.people.isps.second) };
  const { certNo } = freshParts();
  await comes(shared, SECOND, icp(listedSubject("delete", certNo)));
  assert.equal(await comes(other, FIRST, icp(listedSubject("add", certNo))), ["applied"]);
});

test("asks about no record that a newer one asked about, be it answered by now or not", async (shared) => {
  const { world, bureauId } = shared;
  const on = await taskRecord(world.store, world.people, bureauId);
  const task = () => world.db`select id, times, due_at, answer_id from inquiries order by id`;
  const asked = (mobile: string) => inquiryXml(askedRecord(on, { mobile }));
  await comes(shared, SECOND, asked("13800000002"));
  const before = await task();
  assert.equal(await comes(shared, FIRST, asked("13800000001")), [SAID_SINCE]);
  assert.equal(await task(), before);
  await world.db`
    update inquiries set state = 'settled', settled_at = now(), answer_sealed = '\\x00', answered_by = (select min(id) from staff)`;
  assert.equal(await comes(shared, FIRST, asked("13800000001")), [SAID_SINCE]);
  assert.equal(await comes(shared, THIRD, asked("13800000003")), ["applied"]);
});

const codes = (...ids: number[]): string =>
  `<?xml version="1.0" encoding="GBK"?><DownloadData version="V.3.0"><JCDM><Jcdm_xx><Hsyj_dms>${ids
    .map((id) => `<Hsyj_dm><Id>${id}</Id><Mc>意见${id}</Mc><Sfyx>1</Sfyx></Hsyj_dm>`)
    .join("")}</Hsyj_dms></Jcdm_xx></JCDM></DownloadData>`;

test("takes the place of no newer table of codes", async (shared) => {
  const waiting = async () =>
    (
      await shared.world.db<{ code: string }[]>`
        select r.code from bureau_code_tables t join bureau_code_rows r on r.table_id = t.id
        where t.state = 'proposed' order by r.position`
    ).map(({ code }) => code);
  assert.match((await comes(shared, SECOND, codes(1, 2)))[0] ?? "", /^applied/);
  assert.match((await comes(shared, FIRST, codes(1)))[0] ?? "", /^repeated .*较新的文件里已经说过/);
  assert.equal(await waiting(), ["1", "2"]);
  assert.match((await comes(shared, THIRD, codes(3)))[0] ?? "", /^applied/);
  assert.equal(await waiting(), ["3"]);
});

test("finds no differences where a newer copy has found none", async (shared) => {
  const { world, bureauId } = shared;
  const id = await recorded(world.store, world.people, bureauId);
  const copy = copyOf(await ourRecord(world.store, world.people.isps.first, id));
  const open = () =>
    world.db`select place from record_differences where subject_id = ${id} and state = 'open'`;
  await comes(shared, SECOND, copyXml([copy]));
  const older = copyXml([withText(copy, "Zt_xx/Dwmc", "从前的名字")]);
  assert.equal(await comes(shared, FIRST, older), [SAID_SINCE]);
  assert.equal((await open()).length, 0);
  assert.match((await comes(shared, THIRD, older))[0] ?? "", /^applied/);
  assert.equal((await open()).length, 1);
  assert.equal(await comes(shared, SECOND, copyXml([copy])), [SAID_SINCE]);
  assert.equal((await open()).length, 1);
});

test("is as old as its name says where it gives an unfiled website no time", async (shared) => {
  await comes(shared, FIRST, icp(unfiledList({ id: 71, domain: "jiu-w.cn" })));
  const [site] = await shared.world.db<{ checkedAt: Date }[]>`
    select checked_at from reported_sites where number = 71`;
  assert.equal(site?.checkedAt, new Date("2026-03-01T00:00:00Z"));
});

test.run();
