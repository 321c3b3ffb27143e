import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fillEvidence } from "../../../src/models/evidence/fill.ts";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import { cancelRecord } from "../../../src/models/record/cancel.ts";
import type { Values } from "../../../src/vocabulary/filing.ts";
import * as sample from "../../rules/sample.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import type { registrants } from "../../support/people.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite("evidence from other filings");

let world: World;
let bureauId: number;

test.before(async () => {
  world = await testWorld();
  bureauId = await addBureau(world.store, world.people.isps.first);
});
test.before.each(async () => {
  await world.db`delete from evidence`;
  await world.db`delete from filing_holds`;
});
test.after(() => world.close());

type Name = keyof typeof registrants;

/** 钱七 of another company, who uses the number and mail box of 张三. */
const other: Values = { person: "钱七", idNo: "330108199202020020" };

/** A complete draft of a subject of its own. */
const made = (name: Name, subject: Values = {}, parts: { certNo?: string; domain?: string } = {}) =>
  complete(world.store, registrantNamed(world.people, name), { ...freshParts(), ...parts, subject });

const submit = (filing: Filing, name: Name) =>
  act(world.store, filing, "submit", registrantNamed(world.people, name), { declared: true });

const ids = [
  "mobile-used-elsewhere",
  "email-used-elsewhere",
  "contacts-differ-elsewhere",
  "site-leader-elsewhere",
  "certificate-open-at-other-provider",
  "domain-open-at-other-provider",
];

/** The rules of this file that speak of a filing, in their order. */
async function saidOf(filing: Filing): Promise<string[]> {
  const { findings } = await findingsOf(world.store, filing);
  return ids.filter((id) => findings.some(({ rule }) => rule === id));
}

const ofContacts = ["mobile-used-elsewhere", "email-used-elsewhere"];

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "";
  } catch (error) {
    return String((error as { refusal?: string }).refusal);
  }
}

test("a number that another person of another subject uses is told once that filing is submitted", async () => {
  const first = await made("张三");
  const second = await made("王五", other);
  assert.equal(await saidOf(second), []);
  await submit(first, "张三");
  assert.equal(await saidOf(second), ofContacts);
  assert.is(await refusalOf(submit(second, "王五")), "errors_open");
});

test("a provider's filing speaks at another provider, and says nothing but that it is so", async () => {
  await submit(await made("张三"), "张三");
  const second = await made("钱一", other);
  const { findings } = await findingsOf(world.store, second);
  const found = findings.filter(({ rule }) => ids.includes(rule));
  assert.equal(
    found.map(({ rule }) => rule),
    ofContacts,
  );
  const text = JSON.stringify(found);
  for (const secret of ["一号云", "张三", "13800005678", "zhangsan", "示例茶业", "20"])
    assert.not.match(text.replaceAll(/20\d\d年|"id":\d+/g, ""), secret);
});

test("one account with several subjects is told too", async () => {
  await submit(await made("张三"), "张三");
  assert.equal(await saidOf(await made("张三", other)), ofContacts);
});

test("the same subject's other filings do not count, whoever has them", async () => {
  const { certNo, domain } = freshParts();
  await submit(await made("张三", {}, { certNo, domain }), "张三");
  const again = await made("钱一", other, { certNo, domain: freshParts().domain });
  const said = await saidOf(again);
  assert.equal(said, ["certificate-open-at-other-provider"]);
});

test("the same person may lead two subjects with the same contacts, and is asked about other ones", async () => {
  await submit(await made("张三"), "张三");
  assert.equal(await saidOf(await made("王五")), ["site-leader-elsewhere"]);
  const differs = await made("王五", { email: "zhang.san@example.cn" });
  assert.equal(await saidOf(differs), ["contacts-differ-elsewhere", "site-leader-elsewhere"]);
});

test("a person may file privately beside one company", async () => {
  await submit(await made("张三"), "张三");
  const { name, nature, certType } = sample.individual;
  const alone = await complete(world.store, registrantNamed(world.people, "王五"), {
    ...{ domain: freshParts().domain, certNo: String(sample.individual.certNo) },
    ...{ subject: { name, nature, certType } as Values, website: { siteName: "茶余饭后随笔" } },
  });
  assert.equal(await saidOf(alone), []);
});

test("a filing that is given up frees what it used", async () => {
  const first = await made("张三");
  await submit(first, "张三");
  const second = await made("王五", other);
  assert.equal(await saidOf(second), ofContacts);
  await act(world.store, first, "withdraw", registrantNamed(world.people, "张三"));
  assert.equal(await saidOf(second), []);
  await act(world.store, first, "cancel", registrantNamed(world.people, "张三"));
  assert.equal(await saidOf(second), []);
  const [row] = await world.db`select count(*) as count from evidence where filing_id = ${first.id}`;
  assert.is(row?.count, 0);
});

test("a number that is typed over is free at once", async () => {
  const second = await made("王五", other);
  await submit(await made("张三"), "张三");
  const subject = (await sectionsOf(world.store, second)).find(({ kind }) => kind === "subject");
  if (!subject) throw new Error("no subject");
  const values = { ...subject.values, mobile: "13700009999", email: "qian@example.cn" };
  const place = { filingId: second.id, sectionId: subject.id, version: subject.version, values };
  await saveSection(world.store, registrantNamed(world.people, "王五"), place);
  assert.equal(await saidOf(second), []);
});

test("of two submitted at once with one number the second is refused", async () => {
  const first = await made("张三");
  const second = await made("王五", other);
  const answers = await Promise.all([refusalOf(submit(first, "张三")), refusalOf(submit(second, "王五"))]);
  assert.equal(answers.sort(), ["", "errors_open"]);
});

test("what is on record speaks until it is cancelled, its own change apart", async () => {
  const { certNo, domain } = freshParts();
  const first = await made("张三", {}, { certNo, domain });
  const subjectId = await numberFiling(world.store, first, bureauId, "浙ICP备2026000077号");
  await world.db`delete from evidence where filing_id = ${first.id}`;
  const second = await made("王五", other);
  assert.equal(await saidOf(second), ofContacts);
  const change = await findFiling(world.db, first.number, registrantNamed(world.people, "张三"));
  assert.equal(await saidOf(change), []);
  const target = { ispId: first.ispId, kind: "website" as const, id: await websiteOf(subjectId) };
  await cancelRecord(world.db, target, null);
  assert.equal(await saidOf(second), ofContacts);
  await cancelRecord(world.db, { ...target, kind: "subject", id: subjectId }, null);
  assert.equal(await saidOf(second), []);
  const [row] = await world.db`select count(*) as count from evidence where subject_id = ${subjectId}`;
  assert.is(row?.count, 0);
});

const websiteOf = async (subjectId: number): Promise<number> => {
  const [row] = await world.db<{ id: number }[]>`select id from websites where subject_id = ${subjectId}`;
  return row?.id ?? 0;
};

test("a certificate and a domain under way at another provider are told as soon as they are submitted", async () => {
  const { certNo, domain } = freshParts();
  const first = await made("张三", {}, { certNo, domain });
  const second = await made("钱一", {}, { certNo, domain });
  assert.equal(await saidOf(second), []);
  await submit(first, "张三");
  assert.equal(await saidOf(second), ["certificate-open-at-other-provider", "domain-open-at-other-provider"]);
  await world.db`update filings set state = 'returned', returned_from = 'initial' where id = ${first.id}`;
  assert.equal(await saidOf(second), []);
});

test("digests alone are kept: no number, name or mail box lies in the table", async () => {
  await made("张三");
  const rows = await world.db`select * from evidence`;
  assert.ok(rows.length >= 3);
  assert.not.match(JSON.stringify(rows), /13800005678|zhangsan|张三|330108/);
  for (const { key, subject } of rows) {
    assert.is(key.length, 32);
    assert.is(subject.length, 32);
  }
});

test("what was there before the table is made up for, once", async () => {
  const first = await made("张三");
  await submit(first, "张三");
  const recorded = await made("张三", { person: "周八", idNo: "330108199303030038", mobile: "13700008888" });
  const subjectId = await numberFiling(world.store, recorded, bureauId, "浙ICP备2026000078号");
  const before = await shape();
  await world.db`delete from evidence`;
  await world.db`update evidence_fill set done_to = 0, ends_at = ${Math.max(first.id, recorded.id, subjectId)}`;
  assert.ok((await fillEvidence(world.store)) > 0);
  const kept = before.filter(({ of }) => of !== `filing:${recorded.id}`);
  assert.equal(
    (await shape()).filter(({ of }) => kept.some((one) => one.of === of)),
    kept,
  );
  assert.is(await fillEvidence(world.store), 0);
});

const shape = () => world.db<{ of: string; kind: string }[]>`
  select coalesce('filing:' || filing_id, 'record:' || subject_id) as of, kind
  from evidence order by of, kind, key`;

test.run();
