import { suite } from "uvu";
import * as assert from "uvu/assert";
import { decideCodeTable } from "../../../src/models/code-table/decide.ts";
import { codeDifference } from "../../../src/models/code-table/difference.ts";
import { adoptedCodes, codesInForce } from "../../../src/models/code-table/in-force.ts";
import { keepCodeTable } from "../../../src/models/code-table/keep.ts";
import { codeRowsOf, latestCodeTables, proposedCount } from "../../../src/models/code-table/rows.ts";
import { Forbidden, NotFound } from "../../../src/models/errors.ts";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { codeLabel, codeRow, shippedTable, withCodes } from "../../../src/vocabulary/code-tables.ts";
import { displayValue, field, optionsOf } from "../../../src/vocabulary/fields/index.ts";
import { testWorld, type World } from "../../support/app.ts";
import { complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World; bureauId: number }>("a bureau's table of codes");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after.each(async ({ world: { db } }) => {
  await db`delete from bureau_code_rows`;
  await db`delete from bureau_code_tables`;
});
test.after(({ world }) => world.close());

type Row = { id: string; label: string; valid?: boolean };
const extra = { remark: "", extra: {} };

const came = ({ world, bureauId }: { world: World; bureauId: number }, name: string, rows: Row[]) =>
  inTransaction(world.store, (store) =>
    keepCodeTable(store, {
      ...{ ispId: world.people.isps.first, bureauId, answerId: null },
      table: { name, rows: rows.map((row) => ({ valid: true, ...extra, ...row })) },
    }),
  );

/** Our own table as a bureau would send it, with changes. */
const ours = (id: string, change: (rows: Row[]) => Row[] = (rows) => rows): Row[] =>
  change(shippedTable(id).rows.map(({ code, zh }) => ({ id: code, label: zh })));

const admin = ({ people }: World) => staffNamed(people, "郑十");
const waiting = async ({ world }: { world: World }) => {
  const [table] = await latestCodeTables(world.db, world.people.isps.first);
  if (table?.state !== "proposed") throw new Error("nothing waits");
  return table.id;
};
const adopt = async (shared: { world: World }) =>
  decideCodeTable(shared.world.store, admin(shared.world), await waiting(shared), "adopted");
const inForce = async <T>({ world }: { world: World }, work: () => T): Promise<T> =>
  withCodes(await codesInForce(world.db, { ispId: world.people.isps.first }), work);

test("needs no look when it says what is in force, in whatever order", async (shared) => {
  assert.is(await came(shared, "Wzjrfs_dms", ours("access_mode")), "same");
  assert.is(await came(shared, "Wzjrfs_dms", ours("access_mode").reverse()), "same");
  assert.is(await proposedCount(shared.world.db, shared.world.people.isps.first), 0);
});

test("is kept once where it says nothing new, and its versions are counted on", async (shared) => {
  const { db, people } = shared.world;
  const end = (code: string) =>
    ours("access_mode", (rows) => rows.map((row) => ({ ...row, valid: row.id !== code })));
  for (const rows of [end("1"), end("1"), ours("access_mode"), end("1"), end("1")])
    await came(shared, "Wzjrfs_dms", rows);
  const kept = await db<{ version: number; state: string; rows: number }[]>`
    select version, state, (select count(*)::int from bureau_code_rows r where r.table_id = t.id) as rows
    from bureau_code_tables t order by version`;
  const rows = shippedTable("access_mode").rows.length;
  assert.equal(
    kept.map((row) => ({ ...row })),
    [
      { version: 1, state: "proposed", rows },
      { version: 5, state: "same", rows },
    ],
  );
  assert.is((await latestCodeTables(db, people.isps.first)).length, 1);
});

test("changes nothing before it is adopted, and then words, lists and rules", async (shared) => {
  const { world } = shared;
  const changed = ours("site_service_content", ([first, second, ...rest]) => [
    { ...(first as Row), label: "即时通讯" },
    { ...(second as Row), valid: false },
    ...rest.slice(1),
    { id: "63", label: "元宇宙" },
  ]);
  assert.is(await came(shared, "Wzfwlx_dms", changed), "proposed");
  const [gone] = ours("site_service_content").slice(2);
  const read = () => ({
    label: codeLabel("site_service_content", "1"),
    offered: optionsOf(field("website", "serviceContents"), {}).map(({ code }) => code),
    kept: optionsOf(field("website", "serviceContents"), { serviceContents: ["2"] }).map(({ code }) => code),
    shown: displayValue(field("website", "serviceContents"), { serviceContents: ["2", "63"] }),
  });
  const before = await inForce(shared, read);
  assert.is(before.label, "即时通信");
  assert.is(await adopt(shared), true);
  const after = await inForce(shared, read);
  assert.is(after.label, "即时通讯");
  assert.ok(
    after.offered.includes("63") && !after.offered.includes("2") && !after.offered.includes(gone?.id ?? ""),
  );
  assert.ok(after.kept.includes("2"));
  assert.is(after.shown, "搜索引擎、元宇宙");
  assert.is(codeLabel("site_service_content", "1"), "即时通信", "nobody else sees it");
  const [look] = await world.db`select action, detail from audit_log where action = 'adopt-code-table'`;
  assert.is(look?.detail.name, "Wzfwlx_dms");
});

test("that ended a code makes it an error in a filing of that bureau", async (shared) => {
  const { world } = shared;
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), freshParts());
  const found = async () =>
    (await findingsOf(world.store, filing)).findings.filter(({ rule }) => rule === "code-known");
  assert.equal(await found(), []);
  await came(
    shared,
    "Yylb_dms",
    ours("site_language", (rows) => rows.map((row) => ({ ...row, valid: row.id !== "1" }))),
  );
  assert.equal(await found(), []);
  await adopt(shared);
  assert.match((await found())[0]?.message ?? "", /不用“中文简体”/);
});

test("gives a new nature the certificates of units, and a new certificate to units", async (shared) => {
  await came(
    shared,
    "Dwxz_dms",
    ours("unit_nature", (rows) => [...rows, { id: "31", label: "农民合作社" }]),
  );
  await adopt(shared);
  await came(
    shared,
    "Zjlx_dms",
    ours("cert_type", (rows) => [...rows, { id: "77", label: "合作社证书" }]),
  );
  await adopt(shared);
  await inForce(shared, () => {
    const types = (nature: string) =>
      optionsOf(field("subject", "certType"), { nature }).map(({ code }) => code);
    assert.ok(types("31").includes("1") && types("31").includes("77") && !types("31").includes("2"));
    assert.ok(types("4").includes("77") && !types("5").includes("77"));
    assert.is(codeRow("cert_type", "77")?.zh, "合作社证书");
  });
});

test("that only the bureau has is used as it is once adopted", async (shared) => {
  const { world } = shared;
  const at = { ispId: world.people.isps.first, bureauId: shared.bureauId };
  assert.equal(await adoptedCodes(world.db, at, "Hsyj_dms"), []);
  await came(shared, "Hsyj_dms", [
    { id: "1", label: "属实" },
    { id: "2", label: "不属实", valid: false },
  ]);
  assert.equal(await adoptedCodes(world.db, at, "Hsyj_dms"), []);
  await adopt(shared);
  assert.equal(
    (await adoptedCodes(world.db, at, "Hsyj_dms")).map((row) => ({ ...row })),
    [{ code: "1", label: "属实", valid: true }],
  );
  assert.equal(await adoptedCodes(world.db, { ...at, bureauId: at.bureauId + 1 }, "Hsyj_dms"), []);
  assert.is((await adoptedCodes(world.db, at, "Wzjrfs_dms")).length, shippedTable("access_mode").rows.length);
});

test("is decided once by one of two, and overtaken by a newer version", async (shared) => {
  const { world } = shared;
  await came(shared, "Hsyj_dms", [{ id: "1", label: "属实" }]);
  const id = await waiting(shared);
  const decide = (decision: "adopted" | "dismissed", actor = admin(world)) =>
    decideCodeTable(world.store, actor, id, decision);
  const refused = await decide("adopted", staffNamed(world.people, "孙七")).catch((error) => error);
  assert.instance(refused, Forbidden);
  const far = { ...staffNamed(world.people, "冯二"), roles: ["administrator"] as const };
  assert.instance(await decide("adopted", far).catch((error) => error), NotFound);
  assert.is(await came(shared, "Hsyj_dms", [{ id: "1", label: "属实" }]), "same");
  assert.is(await came(shared, "Hsyj_dms", [{ id: "1", label: "全部属实" }]), "proposed");
  assert.is(await decide("adopted"), false);
  const newer = await waiting(shared);
  const both = await Promise.all([
    decideCodeTable(world.store, admin(world), newer, "adopted"),
    decideCodeTable(world.store, { kind: "operator", ispId: world.people.isps.first }, newer, "dismissed"),
  ]);
  assert.equal([...both].sort(), [false, true]);
});

test("that was dismissed does not come back until it says something else", async (shared) => {
  const { world } = shared;
  const table = [{ id: "1", label: "属实" }];
  await came(shared, "Hsyj_dms", table);
  await decideCodeTable(world.store, admin(world), await waiting(shared), "dismissed");
  assert.is(await came(shared, "Hsyj_dms", table), "same");
  assert.is(await came(shared, "Hsyj_dms", [...table, { id: "2", label: "不属实" }]), "proposed");
});

test("counts two versions that come at once one after the other", async (shared) => {
  const { world } = shared;
  const both = await Promise.all([
    came(shared, "Hsyj_dms", [{ id: "1", label: "属实" }]),
    came(shared, "Hsyj_dms", [{ id: "1", label: "不属实" }]),
  ]);
  assert.equal(both, ["proposed", "proposed"]);
  const versions = await world.db<{ version: number; state: string }[]>`
    select version, state from bureau_code_tables order by version`;
  assert.equal(
    versions.map(({ version, state }) => [version, state]),
    [
      [1, "dismissed"],
      [2, "proposed"],
    ],
  );
});

test("of thousands of rows is kept whole", async (shared) => {
  const rows = Array.from({ length: 3500 }, (_, at) => ({ id: String(100000 + at), label: `区域${at}` }));
  await came(shared, "Qy_dms", rows);
  assert.is((await codeRowsOf(shared.world.db, await waiting(shared))).length, 3500);
});

test("differs by what is new, renamed, ended, revived and missing", () => {
  const row = (code: string, label = code, valid = true) => ({ code, label, valid });
  const difference = codeDifference(
    [row("1"), row("2"), row("3"), row("4", "4", false), row("5", "5", false)],
    [row("1", "eins"), row("2", "2", false), row("4"), row("6")],
  );
  const codes = Object.fromEntries(
    Object.entries(difference).map(([name, rows]) => [name, rows.map(({ code }) => code)]),
  );
  assert.equal(codes, { added: ["6"], relabelled: ["1"], ended: ["2"], revived: ["4"], missing: ["3"] });
});

test.run();
