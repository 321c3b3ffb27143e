import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import type { Tree } from "../../../src/gateways/bureau/xml.ts";
import { newId } from "../../../src/lib/ids.ts";
import { createFiling } from "../../../src/models/filing/create.ts";
import { completeReconciliation } from "../../../src/models/reconciliation/complete.ts";
import { decideDifferences } from "../../../src/models/reconciliation/decide.ts";
import { revisionsOf } from "../../../src/models/record/revisions.ts";
import type { RootStore } from "../../../src/models/store.ts";
import { branch, leaf, withChildren, withText } from "../../../src/simulator/trees.ts";
import * as sample from "../../rules/sample.ts";
import { copyOf, copyXml, ourRecord, recorded, takeCopy } from "../../support/copies.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { registrantNamed, staffNamed } from "../../support/filings.ts";
import { type People, settle } from "../../support/people.ts";
import { addBureau } from "../../support/records.ts";

type Context = {
  database: TestDatabase;
  store: RootStore;
  people: People;
  bureauId: number;
  ispId: number;
};

const test = suite<Context>("the repair of differences with the bureau");
test.before(async (context) => {
  const database = await testDatabase();
  const store = { db: database.db, vault: openVault(newSecretKeys()) };
  const people = await settle(store, { first: "yi.example", second: "er.example" });
  const ispId = people.isps.first;
  Object.assign(context, { database, store, people, ispId, bureauId: await addBureau(store, ispId) });
});
test.after(({ database }) => database.close());

const open = ({ store }: Context, subjectId: number | null) => store.db<{ id: number; place: string }[]>`
  select id, place from record_differences
  where subject_id is not distinct from ${subjectId} and state = 'open' order by id`;

const by = ({ people }: Context, name: "孙七" | "冯二" | "周八" = "孙七") => staffNamed(people, name);

async function repaired(
  context: Context,
  ids: readonly number[],
  decision: "bureau" | "ours" | "keep" = "bureau",
): Promise<string[]> {
  const wanted = { ids, decision, reason: "已与管局核对" };
  const done = await decideDifferences(context.store, context.ispId, by(context), wanted);
  return done.map(({ outcome }) => outcome);
}

const take = ({ store, bureauId }: Context, ...copies: Tree[]) => takeCopy(store, bureauId, copyXml(copies));

const copyNow = async ({ store, ispId }: Context, id: number): Promise<Tree> =>
  copyOf(await ourRecord(store, ispId, id));

/** A record, a copy of it with a change, and the differences that are found. */
async function differing(context: Context, change: (copy: Tree) => Tree, parts = {}) {
  const id = await recorded(context.store, context.people, context.bureauId, parts);
  const copy = change(await copyNow(context, id));
  await take(context, copy);
  return { id, copy, found: [...(await open(context, id))] };
}

const ids = (found: readonly { id: number }[]) => found.map(({ id }) => id);

const paths = {
  name: "Zt_xx/Dwmc",
  certNo: "Zt_xx/Zj/Zjhm",
  residence: "Zt_xx/Zj/Zjzs",
  address: "Zt_xx/Txdz/Xxdz",
  investor: "Zt_xx/Tzr",
  person: "Zt_xx/Fzr/Fzr_xm",
  idNo: "Zt_xx/Fzr/Fzr_zjhm",
  mobile: "Zt_xx/Fzr/Fzr_sjhm",
  phone: "Zt_xx/Fzr/Fzr_dhhm",
  email: "Zt_xx/Fzr/Fzr_dzyj",
  siteName: "Wz_xx/Wzmc",
  leaderName: "Wz_xx/Wz_Fzr/Fzr_xm",
  leaderMobile: "Wz_xx/Wz_Fzr/Fzr_sjhm",
  homePages: "Wz_xx/Syurl",
};

const signs = [...'茶业商城杭州示例网站云abcXYZ019&<>"'];
const word = fc
  .array(fc.constantFrom(...signs), { minLength: 5, maxLength: 24 })
  .map((all) => `甲${all.join("")}`);

test("finds what was changed in any record and nothing else, and nothing once it is repaired", async (context) => {
  const places = Object.keys(paths) as (keyof typeof paths)[];
  const property = fc.asyncProperty(
    fc.uniqueArray(fc.constantFrom(...places), { maxLength: 4 }),
    word,
    fc.record({ investor: word, address: word, samePerson: fc.boolean() }),
    async (changed, text, { investor, address, samePerson }) => {
      const website = samePerson ? {} : sample.leader;
      const change = (copy: Tree) =>
        changed.reduce((tree, place) => withText(tree, paths[place], text), copy);
      const { id, copy, found } = await differing(context, change, {
        subject: { investor, address },
        website,
      });
      const expected = changed.filter((place) => !(place === "address" && text === address));
      assert.equal(found.map(({ place }) => place).sort(), [...expected].sort());
      assert.ok((await repaired(context, ids(found))).every((outcome) => outcome === "done"));
      await take(context, copy);
      assert.equal([...(await open(context, id))], []);
    },
  );
  await fc.assert(property, { numRuns: 12 });
});

test("keeps both values, and says who decided", async (context) => {
  const { id, found } = await differing(context, (copy) => withText(copy, paths.mobile, "13900009999"));
  await repaired(context, ids(found));
  const revisions = await revisionsOf(context.store, { id, ispId: context.ispId });
  const own = revisions.find(({ kind }) => kind === "subject");
  assert.equal([own?.before.mobile, own?.after.mobile, own?.filingId], ["13800005678", "13900009999", null]);
  assert.is(own?.differenceId, found[0]?.id);
  const [act] = await context.store.db<{ actorId: number; detail: Record<string, unknown> }[]>`
    select actor_id, detail from audit_log where action = 'repair-record' order by id desc limit 1`;
  assert.is(act?.actorId, by(context).staffId);
  assert.not.match(JSON.stringify(act?.detail), /139/);
});

test("leaves a website with the person that the bureau has for it", async (context) => {
  const { id, found } = await differing(context, (copy) => withText(copy, paths.mobile, "13900009999"));
  await repaired(context, ids(found));
  const { values, websites } = await ourRecord(context.store, context.ispId, id);
  assert.is(values.mobile, "13900009999");
  assert.equal([websites[0]?.values.samePerson, websites[0]?.values.leaderMobile], ["", "13800005678"]);
});

test("takes over domains and ranges with their rows", async (context) => {
  const change = (copy: Tree) =>
    withText(withText(copy, "Wz_xx/Ym_xx/Ym", "neu.example.cn"), "Wz_xx/Jr_xx/Ip_xx/Zzip", "3405803795");
  const { id, copy, found } = await differing(context, change);
  await repaired(context, ids(found));
  const { websites } = await ourRecord(context.store, context.ispId, id);
  assert.equal(
    websites[0]?.domains.map(({ domain }) => domain),
    ["neu.example.cn"],
  );
  assert.ok(
    websites[0]?.accesses[0]?.ips.some(
      ({ first, last }) => `${first}-${last}` === "203.0.113.18-203.0.113.19",
    ),
  );
  await take(context, copy);
  await repaired(context, ids(await open(context, id)));
  await take(context, copy);
  assert.equal([...(await open(context, id))], []);
});

test("puts a record that only the bureau has on record, to be claimed", async (context) => {
  const from = await recorded(context.store, context.people, context.bureauId);
  const strange = await copyNow(context, from);
  let copy = withText(withText(strange, "Zt_xx/Ztid", "990001"), "Zt_xx/IspZtid", "990002");
  copy = withText(withText(copy, "Zt_xx/Baxh", "浙ICP备20990001号"), "Wz_xx/Baxh", "浙ICP备20990001号-1");
  copy = withText(withText(copy, "Wz_xx/Wzid", "990003"), "Wz_xx/Ym_xx/Ym", "fremd.example.cn");
  await take(context, copy);
  const [found] = await open(context, null);
  assert.is(found?.place, "record");
  assert.equal(await repaired(context, [found?.id ?? 0]), ["done"]);
  const [made] = await context.store.db<{ id: number; accountId: number | null }[]>`
    select id, account_id from subjects where number = '浙ICP备20990001号'`;
  assert.is(made?.accountId, null);
  await take(context, copy);
  assert.equal([...(await open(context, made?.id ?? 0)), ...(await open(context, null))], []);
});

test("marks as cancelled what a whole copy does not hold", async (context) => {
  const [kept, lost] = [
    await recorded(context.store, context.people, context.bureauId),
    await recorded(context.store, context.people, context.bureauId),
  ];
  await take(context, await copyNow(context, kept));
  const [row] = await context.store.db<{ id: number }[]>`
    select id from reconciliations where bureau_id = ${context.bureauId} and state = 'collecting'`;
  assert.equal([...(await open(context, lost))], []);
  await completeReconciliation(context.store, context.ispId, row?.id ?? 0);
  const found = await open(context, lost);
  assert.equal([found.map(({ place }) => place), (await open(context, kept)).length], [["state"], 0]);
  assert.equal(await repaired(context, ids(found)), ["done"]);
  assert.ok((await ourRecord(context.store, context.ispId, lost)).cancelled);
  // It comes back with a later copy: then it is in force at the bureau again.
  await context.store.db`update subjects set cancelled_at = null where id = ${lost}`;
  const again = await copyNow(context, lost);
  await context.store.db`update subjects set cancelled_at = now() where id = ${lost}`;
  await take(context, again);
  await repaired(context, ids(await open(context, lost)));
  assert.not((await ourRecord(context.store, context.ispId, lost)).cancelled);
});

test("adds and ends websites of a record as the bureau has them", async (context) => {
  const another = branch("Wz_xx", [
    ...[leaf("Wzid", "880001"), leaf("Wzmc", "第二个网站"), leaf("Baxh", "浙ICP备20880001号-2")],
    ...[branch("Ym_xx", [leaf("Ymid", "880002"), leaf("Ym", "zwei.example.cn")])],
  ]);
  const { id, found } = await differing(context, (copy) =>
    withChildren(copy, [...copy.children.filter(({ name }) => name !== "Wz_xx"), another]),
  );
  assert.equal(found.map(({ place }) => place).sort(), ["state", "website"]);
  assert.equal(await repaired(context, ids(found)), ["done", "done"]);
  const { websites } = await ourRecord(context.store, context.ispId, id);
  assert.equal(
    websites.map(({ values, cancelled }) => [values.siteName, cancelled]),
    [
      ["第二个网站", false],
      ["示例茶叶商城", true],
    ],
  );
});

test("shows a kept difference again only when a value changes", async (context) => {
  const { id, copy, found } = await differing(context, (one) => withText(one, paths.siteName, "管局的名称"));
  await repaired(context, ids(found), "keep");
  await take(context, copy);
  assert.equal([...(await open(context, id))], []);
  await take(context, withText(copy, paths.siteName, "管局的新名称"));
  assert.equal((await open(context, id)).length, 1);
});

test("repairs once where two do it at once", async (context) => {
  const { id, found } = await differing(context, (copy) => withText(copy, paths.name, "两人同改有限公司"));
  await Promise.all([context.store.db`select 1`, context.store.db`select 1`]);
  const both = await Promise.all([repaired(context, ids(found)), repaired(context, ids(found))]);
  assert.equal(both.flat().sort(), ["done", "settled"]);
  const revisions = await revisionsOf(context.store, { id, ispId: context.ispId });
  assert.is(revisions.filter(({ kind }) => kind === "subject").length, 1);
});

test("reads the record anew where a 变更 is put on record at the same moment", async (context) => {
  const { db } = context.store;
  const { id, found } = await differing(context, (copy) => withText(copy, paths.name, "同时修正有限公司"));
  const { values } = await ourRecord(context.store, context.ispId, id);
  let repair: Promise<string[]> | undefined;
  await db.begin(async (tx) => {
    await tx`select 1 from subjects where id = ${id} for no key update`;
    repair = repaired(context, ids(found));
    await wait(300);
    await tx`update subjects set values = ${tx.json({ ...values, name: "同时变更有限公司" } as never)} where id = ${id}`;
  });
  assert.equal(await repair, ["stale"]);
  assert.is((await ourRecord(context.store, context.ispId, id)).values.name, "同时变更有限公司");
});

test("waits while a filing works on the record, and looks again when ours reads otherwise", async (context) => {
  const { store, people, ispId } = context;
  const { id, found } = await differing(context, (copy) => withText(copy, paths.name, "等待变更有限公司"));
  const owner = registrantNamed(people, "张三");
  const change = { kind: "change", scope: "subject", targetId: id, subjectId: id } as const;
  const made = await createFiling(store, owner, {
    ...change,
    ...{ accountId: owner.accountId, ispId, requestId: newId() },
  } as never);
  assert.not("taken" in made);
  assert.equal(await repaired(context, ids(found)), ["busy"]);
  await store.db`update filings set state = 'closed' where subject_id = ${id}`;
  const { values } = await ourRecord(store, ispId, id);
  await store.db`update subjects set values = ${store.db.json({ ...values, name: "又变了有限公司" } as never)} where id = ${id}`;
  assert.equal(await repaired(context, ids(found)), ["stale"]);
});

test("is for 上报 and 主管 of the provider", async (context) => {
  const { found } = await differing(context, (copy) => withText(copy, paths.name, "别人的有限公司"));
  const wanted = { ids: ids(found), decision: "bureau", reason: "" } as const;
  const refused = async (who: "冯二" | "周八", ispId: number) =>
    decideDifferences(context.store, ispId, by(context, who), wanted).then(
      () => "done",
      (error: Error) => error.name,
    );
  assert.is(await refused("周八", context.ispId), "Forbidden");
  assert.is(await refused("冯二", context.ispId), "Forbidden");
  assert.is(await refused("冯二", context.people.isps.second), "NotFound");
});

test.run();
