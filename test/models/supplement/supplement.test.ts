import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { currentSnapshot, differences } from "../../../src/models/filing/snapshots.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { askSupplement, dropSupplement } from "../../../src/models/supplement/ask.ts";
import {
  acceptSupplement,
  rejectSupplement,
  supplementSent,
  takeSupplement,
} from "../../../src/models/supplement/decide.ts";
import { supplementCount, supplementQueue, wantedSupplements } from "../../../src/models/supplement/lists.ts";
import { supplementsOf } from "../../../src/models/supplement/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { supplement } from "../../support/supplements.ts";

const test = suite<{ world: World; bureauId: number }>("papers sent for a locked filing");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");
const reviewer = ({ people }: World) => staffNamed(people, "李四");

async function locked(world: World, state = "initial_review"): Promise<Filing> {
  const { store, people } = world;
  const filing = await complete(store, owner(world), freshParts());
  await bringTo(store, people, filing, "initial_review");
  await store.db`update filings set state = ${state} where id = ${filing.id}`;
  return findFiling(store.db, filing.number, owner(world));
}

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, TransitionRefused);
  return (error as TransitionRefused).refusal;
};

const deciding = (world: World, supplementId: number, actor = reviewer(world)) => ({
  ...{ supplementId, actor, requestId: newId() },
});
const stateOf = async ({ store }: World, filing: Filing, id: number) =>
  (await supplementsOf(store, filing)).find((one) => one.id === id)?.state;
const templates = async ({ db }: World, filing: Filing) =>
  (
    await db<{ template: string }[]>`
      select distinct template from notices where filing_id = ${filing.id} and template like 'supplement-%' order by 1`
  ).map(({ template }) => template);

test("change nothing of what is under review until staff take them in", async ({ world }) => {
  const { store } = world;
  const filing = await locked(world);
  const before = await currentSnapshot(store, filing);
  const sent = await supplement(world, filing, { slot: "certificate" });
  assert.is(sent.state, "received");
  assert.equal(differences(before, await currentSnapshot(store, filing)), []);
  await acceptSupplement(store, deciding(world, sent.id));
  assert.is(await stateOf(world, filing, sent.id), "checked");
  const changed = differences(before, await currentSnapshot(store, filing));
  assert.equal(
    changed.map(({ slot }) => slot),
    ["certificate"],
  );
  const lain = (await currentMaterials(store.db, filing.id)).filter(({ slot }) => slot === "certificate");
  assert.equal(
    lain.map(({ state, fullFile }) => [state, fullFile !== null]),
    [["ready", true]],
  );
  assert.equal(await templates(world, filing), ["supplement-decided"]);
});

test("lie beside each other as further papers, the first in the slot", async ({ world }) => {
  const filing = await locked(world);
  const [first, second] = [await supplement(world, filing), await supplement(world, filing)];
  for (const one of [first, second]) await acceptSupplement(world.store, deciding(world, one.id));
  const others = (await currentMaterials(world.db, filing.id)).filter(({ slot }) => slot === "other");
  assert.is(others.length, 1);
  assert.equal(
    (await supplementsOf(world.store, filing)).map(({ state }) => state),
    ["checked", "checked"],
  );
});

test("are asked for by staff, answered once, or wanted no more", async ({ world }) => {
  const { store } = world;
  const filing = await locked(world, "verification");
  const { subject } = arrange(await sectionsOf(store, filing));
  const wish = { slot: "other", sectionId: subject.id, wish: "请补传股东会决议" };
  const act = { filingId: filing.id, actor: reviewer(world), requestId: newId() };
  await Promise.all([askSupplement(store, act, wish), askSupplement(store, act, wish)]);
  const [wanted] = await supplementsOf(store, filing);
  assert.is((await supplementsOf(store, filing)).length, 1, "a double click asks once");
  assert.is(wanted?.wish, "请补传股东会决议");
  assert.equal(
    (await wantedSupplements(store.db, owner(world))).filter(({ number }) => number === filing.number).length,
    1,
  );
  const sent = await supplement(world, filing, { wanted: wanted?.id ?? 0 });
  assert.is(sent.id, wanted?.id);
  assert.is(sent.state, "received");
  assert.is(await refusalOf(supplement(world, filing, { wanted: sent.id })), "supplement_settled");
  assert.is(await refusalOf(dropSupplement(store, deciding(world, sent.id))), "supplement_settled");
  await askSupplement(store, { ...act, requestId: newId() }, wish);
  const again = (await supplementsOf(store, filing)).at(-1);
  await dropSupplement(store, deciding(world, again?.id ?? 0));
  assert.is(await stateOf(world, filing, again?.id ?? 0), "dropped");
  assert.equal(await templates(world, filing), ["supplement-asked"]);
});

test("are decided once, by who holds them, with a reason when they are refused", async ({ world }) => {
  const { store, people } = world;
  const filing = await locked(world);
  const sent = await supplement(world, filing);
  const verifier = staffNamed(people, "赵六");
  const takes = await Promise.all([
    takeSupplement(store, reviewer(world), sent.id),
    takeSupplement(store, verifier, sent.id),
  ]);
  assert.is(takes.filter(Boolean).length, 1);
  const [holder, other] = takes[0] ? [reviewer(world), verifier] : [verifier, reviewer(world)];
  assert.is(await refusalOf(acceptSupplement(store, deciding(world, sent.id, other))), "claimed_by_other");
  assert.ok((await supplementQueue(store.db, reviewer(world))).some(({ id }) => id === sent.id));
  await rejectSupplement(store, deciding(world, sent.id, holder), "看不清");
  assert.is(await refusalOf(acceptSupplement(store, deciding(world, sent.id, holder))), "supplement_settled");
  const [rejected] = await supplementsOf(store, filing);
  assert.equal([rejected?.state, rejected?.answer], ["rejected", "看不清"]);
  assert.not.ok((await supplementQueue(store.db, reviewer(world))).some(({ id }) => id === sent.id));
});

test("wait to be sent while the bureau has the filing, until that is done", async (shared) => {
  const { world, bureauId } = shared;
  const filing = await locked(world, "at_bureau");
  await world.db`update filings set bureau_id = ${bureauId} where id = ${filing.id}`;
  const sent = await supplement(world, filing);
  const before = await supplementCount(world.db, reviewer(world));
  await acceptSupplement(world.store, deciding(world, sent.id));
  assert.is(await stateOf(world, filing, sent.id), "to_send");
  assert.is(await supplementCount(world.db, reviewer(world)), before);
  assert.is(await refusalOf(supplementSent(world.store, deciding(world, sent.id))), "wrong_actor");
  await supplementSent(world.store, deciding(world, sent.id, staffNamed(world.people, "孙七")));
  assert.is(await stateOf(world, filing, sent.id), "sent");
});

test("come only for a filing that is locked, from its owner, and are decided by its provider", async ({
  world,
}) => {
  for (const state of ["draft", "photo_due", "sms_pending", "approved", "numbered"])
    assert.ok(
      ["wrong_state", "ended"].includes(await refusalOf(supplement(world, await locked(world, state)))),
      state,
    );
  const sent = await supplement(world, await locked(world));
  for (const stranger of [staffNamed(world.people, "冯二")])
    try {
      await acceptSupplement(world.store, deciding(world, sent.id, stranger));
      assert.unreachable("a stranger decided");
    } catch (error) {
      assert.instance(error, NotFound);
    }
  const service = deciding(world, sent.id, staffNamed(world.people, "周八"));
  assert.is(await refusalOf(acceptSupplement(world.store, service)), "wrong_actor");
});

test.run();
