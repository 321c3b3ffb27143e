import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { type Beginning, createFiling } from "../../../src/models/filing/create.ts";
import { filingData, findingsOf } from "../../../src/models/filing/findings.ts";
import { keptPassword, passwordHash } from "../../../src/models/filing/icp-password.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import { openRecord, type RecordTree } from "../../../src/models/record/tree.ts";
import type { Values } from "../../../src/vocabulary/filing.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite<{ world: World; bureauId: number }>("filings on what is on record");

test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.registrants.张三.ispId);
});
test.after(({ world }) => world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");
let serial = 0;

/** A subject with one website on record. */
async function recorded({ world, bureauId }: { world: World; bureauId: number }): Promise<RecordTree> {
  const filing = await complete(world.store, owner(world), freshParts());
  const number = `浙ICP备20260001${String(++serial).padStart(2, "0")}号`;
  return openRecord(world.store, owner(world), await numberFiling(world.store, filing, bureauId, number));
}

const begin = (world: World, beginning: Beginning, passwordHash?: string) => {
  const { accountId, ispId } = owner(world);
  const hash = passwordHash ? { passwordHash } : {};
  return createFiling(world.store, owner(world), {
    ...beginning,
    ...hash,
    accountId,
    ispId,
    requestId: newId(),
  });
};

async function begun(world: World, beginning: Beginning): Promise<Filing> {
  const made = await begin(world, beginning);
  if ("taken" in made) throw new Error(`taken: ${made.taken}`);
  return made;
}

/** Saves other values of the section of a kind. */
async function rewrite(world: World, filing: Filing, kind: string, values: Values): Promise<void> {
  const section = (await sectionsOf(world.store, filing)).find((one) => one.kind === kind);
  const wanted = { filingId: filing.id, sectionId: section?.id ?? 0, version: section?.version ?? 0, values };
  assert.ok((await saveSection(world.store, owner(world), wanted)).saved);
}

const openKinds = async (world: World, filing: Filing) =>
  (await sectionsOf(world.store, filing)).filter(({ open }) => open).map(({ kind }) => kind);

test("a change copies the record and opens only what it is about", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const [website] = record.websites;
  const [access] = website?.accesses ?? [];
  const targets = { subject: record.id, website: website?.id ?? 0, access: access?.id ?? 0 };
  for (const scope of ["subject", "website", "access"] as const) {
    const filing = await begun(world, {
      kind: "change",
      subjectId: record.id,
      scope,
      targetId: targets[scope],
    });
    assert.equal(await openKinds(world, filing), [scope]);
    const { subject } = await filingData(world.store, filing);
    assert.is(subject.recordId, record.id);
    assert.equal(subject.before, record.values);
    assert.equal(subject.values, record.values);
    await act(world.store, filing, "cancel", owner(world));
  }
});

test("a section that is only shown cannot be written", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const filing = await begun(world, {
    kind: "change",
    subjectId: record.id,
    scope: "subject",
    targetId: record.id,
  });
  const site = (await sectionsOf(world.store, filing)).find(({ kind }) => kind === "website");
  if (!site) throw new Error("no website");
  const wanted = { filingId: filing.id, sectionId: site.id, version: site.version, values: {} };
  try {
    await saveSection(world.store, owner(world), wanted);
    assert.unreachable("a closed section was written");
  } catch (error) {
    assert.instance(error, NotFound);
  }
});

test("a subject under change takes nothing new until that is over", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const change = await begun(world, {
    kind: "change",
    subjectId: record.id,
    scope: "subject",
    targetId: record.id,
  });
  const add: Beginning = { kind: "add", subjectId: record.id, domain: freshParts().domain };
  const cancel: Beginning = { kind: "cancel", subjectId: record.id, scope: "subject", targetId: record.id };
  assert.equal(await begin(world, add), { taken: ["certificate", "record"] });
  assert.equal(await begin(world, cancel), { taken: ["certificate", "domain", "record"] });
  await act(world.store, change, "cancel", owner(world));
  await begun(world, add);
});

test("a change and a cancellation begun at once have one winner", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const about = { subjectId: record.id, scope: "subject", targetId: record.id } as const;
  const made = await Promise.all([
    begin(world, { kind: "change", ...about }),
    begin(world, { kind: "cancel", ...about }),
  ]);
  assert.is(made.filter((one) => "taken" in one).length, 1);
});

test("a record of another account, and a part of another record, cannot be worked on", async (shared) => {
  const { world } = shared;
  const [record, foreign] = [await recorded(shared), await recorded(shared)];
  await world.db`update subjects set account_id = ${world.people.registrants.钱一.id} where id = ${foreign.id}`;
  const wrong: Beginning[] = [
    { kind: "add", subjectId: foreign.id, domain: freshParts().domain },
    { kind: "change", subjectId: foreign.id, scope: "subject", targetId: foreign.id },
    { kind: "change", subjectId: record.id, scope: "website", targetId: foreign.websites[0]?.id ?? 0 },
    { kind: "cancel", subjectId: record.id, scope: "subject", targetId: foreign.id },
  ];
  for (const beginning of wrong)
    try {
      await begin(world, beginning);
      assert.unreachable("a foreign record was opened");
    } catch (error) {
      assert.instance(error, NotFound);
    }
});

test("a website is added with the subject as it is on record, or with one that is filed elsewhere", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const here = await begun(world, { kind: "add", subjectId: record.id, domain: freshParts().domain });
  assert.equal((await openKinds(world, here)).sort(), ["access", "website"]);
  const elsewhere = await begun(world, {
    ...{ kind: "add", nature: "4", certType: "1", number: "京ICP备2020000001号", ...freshParts() },
  });
  assert.equal((await openKinds(world, elsewhere)).sort(), ["access", "subject", "website"]);
});

test("an access of a website filed elsewhere asks for the access alone", async ({ world }) => {
  const filing = await begun(world, {
    ...{ kind: "join", nature: "4", certType: "1", number: "京ICP备2020000002号-1", ...freshParts() },
    ...{ name: "示例茶业（北京）有限公司", siteName: "示例茶叶网" },
  });
  assert.equal(await openKinds(world, filing), ["access"]);
  const { findings } = await findingsOf(world.store, filing);
  assert.equal([...new Set(findings.map(({ section }) => section.kind))], ["access"]);
});

test("a cancellation asks why, and nothing else", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const filing = await begun(world, {
    kind: "cancel",
    subjectId: record.id,
    scope: "subject",
    targetId: record.id,
  });
  assert.equal(await openKinds(world, filing), ["cancellation"]);
  const { findings } = await findingsOf(world.store, filing);
  assert.equal(
    findings.filter(({ severity }) => severity === "error").map(({ field }) => field),
    ["reason", "explanation"],
  );
});

test("the filing password is kept sealed as its hash and erased when the filing ends", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const about = { subjectId: record.id, scope: "subject", targetId: record.id } as const;
  const made = await begin(world, { kind: "cancel", ...about }, passwordHash("Example1"));
  if ("taken" in made) throw new Error("taken");
  assert.is(await keptPassword(world.store, made), "b326b65027680eff6d7509023e983790");
  const [row] = await world.db<{ sealed: Buffer }[]>`
    select icp_password_sealed as sealed from filings where id = ${made.id}`;
  assert.not.ok(row?.sealed.includes("b326b650"));
  await act(world.store, made, "cancel", owner(world));
  assert.is(await keptPassword(world.store, made), undefined);
});

test("a first filing is refused what is on record, and may have it again when that is cancelled", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const certNo = String(record.values.certNo);
  const first: Beginning = { kind: "first", nature: "4", certType: "1", certNo, domain: freshParts().domain };
  assert.equal(await begin(world, first), { taken: [], recorded: ["certificate"] });
  await world.db`update subjects set cancelled_at = now() where id = ${record.id}`;
  await begun(world, first);
});

test("a change that asks for no photo goes from the review straight to the bureau's queue", async (shared) => {
  const { world } = shared;
  const record = await recorded(shared);
  const [access] = record.websites[0]?.accesses ?? [];
  const filing = await begun(world, {
    ...{ kind: "change", subjectId: record.id, scope: "access", targetId: access?.id ?? 0 },
  });
  await rewrite(world, filing, "access", { ...access?.values, ips: ["203.0.113.77"] });
  try {
    await bringTo(world.store, world.people, filing, "verification");
    assert.unreachable("there is nothing to verify");
  } catch (error) {
    assert.instance(error, TransitionRefused);
  }
  const [row] = await world.db`select state from filings where id = ${filing.id}`;
  assert.is(row?.state, "ready");
});

test.run();
