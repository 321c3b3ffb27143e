import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { blacklistOf } from "../../../src/models/blacklist/list.ts";
import { addOwnEntry, removeOwnEntry } from "../../../src/models/blacklist/own.ts";
import { recordMarks, recordsListed } from "../../../src/models/blacklist/records.ts";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { type Change, listedSubject, listedWebsite, listsCome } from "../../support/bureau-lists.ts";
import { act, bringTo, complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite("the blacklist of a bureau");

let world: World;
let bureauId: number;
let serial = 0;

test.before(async () => {
  world = await testWorld();
  bureauId = await addBureau(world.store, world.people.isps.first);
});
test.before.each(async () => {
  await world.db`delete from blacklist_keys`;
  await world.db`delete from blacklist_entries`;
});
test.after(() => world.close());

const staff = () => staffNamed(world.people, "吴九");
const come = (...inner: string[]) => listsCome(world.store, bureauId, inner.join(""));
const subject = (change: Change, certNo: string) => come(listedSubject(change, certNo));
const site = (change: Change, ...domains: string[]) => come(listedWebsite(change, ...domains));

type Parts = { certNo: string; domain: string };
const made = (name: "张三" | "钱一", parts: Parts) =>
  complete(world.store, registrantNamed(world.people, name), parts);

const rulesOf = async (filing: Filing): Promise<string[]> =>
  (await findingsOf(world.store, filing)).findings
    .filter(({ rule }) => rule.endsWith("-blacklisted"))
    .map(({ rule, severity }) => `${rule} ${severity}`);

const inForce = async (): Promise<string[]> =>
  (await blacklistOf(world.store, staff(), {}))
    .filter(({ removedAt }) => removedAt === null)
    .map(({ listed }) => listed.certificate?.number ?? listed.domains.join());

test("stops a filing of the certificate and of the domain, and of nothing else", async () => {
  const parts = freshParts();
  const filing = await made("张三", parts);
  assert.equal(await rulesOf(filing), []);
  await subject("add", parts.certNo.toLowerCase());
  assert.equal(await rulesOf(filing), ["certificate-blacklisted error"]);
  await site("add", `www.${parts.domain}`);
  assert.equal(await rulesOf(filing), ["certificate-blacklisted error", "domain-blacklisted error"]);
  const other = await made("张三", freshParts());
  assert.equal(await rulesOf(other), []);
});

test("holds for the provider that it was sent to, not for another", async () => {
  const parts = freshParts();
  const filing = await made("钱一", parts);
  await subject("add", parts.certNo);
  assert.equal(await rulesOf(filing), []);
});

test("refuses the submission as any error does", async () => {
  const parts = freshParts();
  const filing = await made("张三", parts);
  await site("add", parts.domain);
  const actor = registrantNamed(world.people, "张三");
  try {
    await act(world.store, filing, "submit", actor, { declared: true });
    assert.unreachable();
  } catch (error) {
    assert.is((error as { refusal?: string }).refusal, "errors_open");
  }
});

test("that came after the reviews holds the filing back before the bureau, until it is taken out", async () => {
  const parts = freshParts();
  const draft = await made("张三", parts);
  const ready = await bringTo(world.store, world.people, draft, "ready");
  await site("add", parts.domain);
  const upload = () => act(world.store, ready, "upload", staffNamed(world.people, "孙七"));
  const refused = await upload().catch((error: { refusal?: string }) => error.refusal);
  assert.is(refused, "blacklisted");
  await site("delete", parts.domain);
  assert.is((await upload()).state, "uploading");
});

test("tells the reviewer of a name below the domain, and listens to no public suffix", async () => {
  const parts = freshParts();
  const filing = await made("张三", parts);
  assert.is((await site("add", "cn", "com.cn", "203.0.113.1")).parked, 1);
  assert.equal(await rulesOf(filing), []);
  await site("add", `shop.${parts.domain}`, "www.gov.cn");
  assert.equal(await rulesOf(filing), ["domain-blacklisted check"]);
});

test("knows a subject by its document: added again it is the same, changed it reads anew, deleted it is over", async () => {
  const { certNo } = freshParts();
  assert.equal(await come(listedSubject("add", certNo, "甲公司")), { applied: 1, repeated: 0, parked: 0 });
  assert.equal(await come(listedSubject("add", certNo, "甲公司")), { applied: 0, repeated: 1, parked: 0 });
  await come(listedSubject("change", certNo, "乙公司"));
  const [entry, ...more] = await blacklistOf(world.store, staff(), {});
  assert.equal([entry?.listed.name, more.length], ["乙公司", 0]);
  assert.is((await subject("delete", certNo)).applied, 1);
  assert.equal(await inForce(), []);
  assert.is((await subject("delete", certNo)).applied, 1);
  const [last] = await world.db`select outcome, note from bureau_results order by id desc limit 1`;
  assert.equal({ ...last }, { outcome: "applied", note: "要删除的黑名单条目原来没有" });
});

test("parks what names nobody and a change that nobody has seen", async () => {
  assert.is((await subject("add", "")).parked, 1);
  assert.is((await come(listedSubject("add", "91330108MA27XL1Q75", "甲", 0))).parked, 1);
  assert.is((await subject("unknown", freshParts().certNo)).parked, 1);
  assert.equal(await inForce(), []);
});

test("a domain leaves every entry that has it, and a changed entry takes the place of those it overlaps", async () => {
  await site("add", "yi-a.cn", "yi-b.cn");
  await site("add", "yi-b.cn", "yi-c.cn");
  await site("delete", "yi-b.cn");
  const keys = async () =>
    (await world.db<{ domain: string }[]>`select domain from blacklist_keys order by domain`).map(
      ({ domain }) => domain,
    );
  assert.equal(await keys(), ["yi-a.cn", "yi-c.cn"]);
  await site("change", "yi-c.cn", "yi-d.cn");
  assert.equal(await keys(), ["yi-a.cn", "yi-c.cn", "yi-d.cn"]);
  await site("delete", "yi-a.cn");
  assert.equal(await inForce(), ["yi-c.cn,yi-d.cn"]);
});

test("two files with the same entry at once write it once", async () => {
  const { certNo } = freshParts();
  await Promise.all([world.db`select 1`, world.db`select 1`]);
  await Promise.all([1, 2, 3, 4].map(() => subject("add", certNo)));
  assert.is((await inForce()).length, 1);
});

test("marks what is on record, as long as both stand there", async () => {
  const parts = freshParts();
  const filing = await made("张三", parts);
  const id = await numberFiling(
    world.store,
    filing,
    bureauId,
    `浙ICP备2026${String(++serial).padStart(6, "0")}号`,
  );
  const marks = () => recordMarks(world.db, world.people.isps.first, [id]);
  assert.is((await marks()).size, 0);
  await come(listedSubject("add", parts.certNo), listedWebsite("add", parts.domain));
  assert.equal((await marks()).get(id), { certificate: true, domains: [parts.domain] });
  assert.equal(await recordsListed(world.db, world.people.isps.first), [id]);
  assert.equal(await recordsListed(world.db, world.people.isps.second), []);
  assert.equal(await recordsListed(world.db, world.people.isps.first, { before: id }), []);
  await world.db`update websites set cancelled_at = now() where subject_id = ${id}`;
  await world.db`update subjects set cancelled_at = now() where id = ${id}`;
  assert.equal(await recordsListed(world.db, world.people.isps.first), []);
});

test("an own entry holds too, is put in once, and a bureau's deletion leaves it alone", async () => {
  const parts = freshParts();
  const filing = await made("张三", parts);
  const listed = { kind: "website" as const, name: "", domains: [parts.domain], reason: "多次违约" };
  const requestId = newId();
  assert.is(await addOwnEntry(world.store, staff(), listed, requestId), "added");
  assert.is(await addOwnEntry(world.store, staff(), listed, requestId), "added");
  assert.is(await addOwnEntry(world.store, staff(), listed, newId()), "there");
  assert.is(await addOwnEntry(world.store, staff(), { ...listed, domains: ["cn"] }, newId()), "nobody");
  await site("delete", parts.domain);
  assert.equal(await rulesOf(filing), ["domain-blacklisted error"]);
  const [entry] = await blacklistOf(world.store, staff(), {});
  assert.is(await removeOwnEntry(world.store, staff(), entry?.id ?? 0, "已经和解"), true);
  assert.is(await removeOwnEntry(world.store, staff(), entry?.id ?? 0, "已经和解"), false);
  assert.equal(await rulesOf(filing), []);
  const [removed] = await blacklistOf(world.store, staff(), {});
  assert.equal(
    [removed?.removal, removed?.removedBy, removed?.listed.reason],
    ["已经和解", "吴九", "多次违约"],
  );
});

test("only 主管 change the own list, and nobody takes out what a bureau put in", async () => {
  const listed = { kind: "website" as const, name: "", domains: ["xin-lieru.cn"], reason: "违约" };
  await site("add", "xin-lieru.cn");
  const [entry] = await blacklistOf(world.store, staff(), { domain: "xin-lieru.cn" });
  const id = entry?.id ?? 0;
  const works = [
    () => addOwnEntry(world.store, staffNamed(world.people, "孙七"), listed, newId()),
    () => removeOwnEntry(world.store, staff(), id, "想移出"),
    () => removeOwnEntry(world.store, staffNamed(world.people, "冯二"), id, "想移出"),
  ];
  const refused = await Promise.all(works.map((work) => work().catch((error: Error) => error.name)));
  assert.equal(refused, ["Forbidden", "NotFound", "Forbidden"]);
});

test("is found by the number in full and by the domain, and keeps neither name nor number in the clear", async () => {
  const { certNo } = freshParts();
  await come(listedSubject("add", certNo, "柳暗花明公司"), listedWebsite("add", "hei-wangzhan.cn"));
  const found = async (search: Parameters<typeof blacklistOf>[2]) =>
    (await blacklistOf(world.store, staff(), search)).length;
  assert.equal(
    await Promise.all([
      found({ document: certNo }),
      found({ document: certNo.slice(0, 17) }),
      found({ domain: "www.hei-wangzhan.cn" }),
      found({ domain: "bie-de.cn" }),
    ]),
    [1, 0, 1, 0],
  );
  const rows = await world.db`select row_to_json(e)::text as text from blacklist_entries e`;
  for (const { text } of rows) {
    const hex = (word: string) => Buffer.from(word).toString("hex");
    for (const word of [certNo, "柳暗花明"])
      assert.not(String(text).includes(word) || String(text).includes(hex(word)), word);
  }
});

test.run();
