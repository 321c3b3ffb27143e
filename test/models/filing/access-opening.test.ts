import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { accessOpening, announceOpening } from "../../../src/models/filing/access-opening.ts";
import { createFiling } from "../../../src/models/filing/create.ts";
import { passwordHash } from "../../../src/models/filing/icp-password.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import * as sample from "../../rules/sample.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, addPictures, freshParts, registrantNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("可开通访问 of a 新增接入");
test.before(async (shared) => {
  shared.world = await testWorld();
});
test.after(({ world }) => world.close());

const HOUR = 3_600_000;

/** A 新增接入 with everything that it asks for. */
async function joined(world: World): Promise<Filing> {
  const actor = registrantNamed(world.people, "张三");
  const made = await createFiling(world.store, actor, {
    ...{ kind: "join", nature: "4", certType: "1", number: "京ICP备2020000002号-1", ...freshParts() },
    ...{ name: "示例茶业（北京）有限公司", siteName: "示例茶叶网", requestId: newId() },
    ...{ accountId: actor.accountId, ispId: actor.ispId, passwordHash: passwordHash("Example1") },
  });
  if ("taken" in made) throw new Error("taken");
  for (const { id, kind, version } of await sectionsOf(world.store, made))
    if (kind === "access") {
      const wanted = { filingId: made.id, sectionId: id, version, values: sample.access };
      await saveSection(world.store, actor, wanted);
    }
  await addPictures(world.store, made, ["certificate", "leader", "form", "domain", "letter"]);
  return findFiling(world.db, made.number, actor);
}

const noticesOf = async ({ db }: World, { id }: Filing): Promise<number> =>
  (await db`select 1 from notices where filing_id = ${id} and template = 'access-open'`).length;

test("comes seven hours after it was sent in, and is told once", async ({ world }) => {
  const actor = registrantNamed(world.people, "张三");
  const filing = await joined(world);
  assert.is(accessOpening(filing), undefined);
  const sent = await act(world.store, filing, "submit", actor, { declared: true });
  const now = Date.now();
  const opening = accessOpening(sent, new Date(now));
  assert.is(opening?.isOpen, false);
  assert.ok(Math.abs((opening?.openAt.getTime() ?? 0) - now - 7 * HOUR) < 60_000);
  const later = new Date(now + 7 * HOUR + 60_000);
  assert.is(await announceOpening(world.store, sent.id), false);
  assert.is(await announceOpening(world.store, sent.id, later), true);
  const told = await noticesOf(world, sent);
  await announceOpening(world.store, sent.id, later);
  assert.is(told, 2);
  assert.is(await noticesOf(world, sent), told);
});

test("is stopped by a withdrawal, and counts anew", async ({ world }) => {
  const actor = registrantNamed(world.people, "张三");
  const sent = await act(world.store, await joined(world), "submit", actor, { declared: true });
  const back = await act(world.store, sent, "withdraw", actor);
  assert.is(accessOpening(back, new Date(Date.now() + 8 * HOUR)), undefined);
  assert.is(await announceOpening(world.store, back.id, new Date(Date.now() + 8 * HOUR)), false);
  await world.db`update filings set access_open_at = now() - interval '1 day' where id = ${back.id}`;
  const again = await act(world.store, back, "submit", actor, { declared: true });
  assert.is(accessOpening(again)?.isOpen, false);
});

test("is of no other kind", async ({ world }) => {
  const filing = await joined(world);
  assert.is(accessOpening({ ...filing, accessOpenAt: null, state: "initial_review" }), undefined);
});

test.run();
