import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sweeps } from "../../../src/models/worker/sweep.ts";
import { testWorld, type World } from "../../support/app.ts";
import { listedSubject, listsCome } from "../../support/bureau-lists.ts";
import { copyOf, copyXml, ourRecord, recorded, takeCopy } from "../../support/copies.ts";
import { freshParts } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World; bureauId: number; ispId: number }>("the sweep of what bureaus brought");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.ispId = shared.world.people.isps.first;
  shared.bureauId = await addBureau(shared.world.store, shared.ispId);
});
test.after(({ world }) => world.close());

const sweep = async ({ db }: World, name: string): Promise<number> => {
  const work = sweeps[name];
  if (!work) throw new Error(`no sweep ${name}`);
  return work(db);
};

const LONG = "6 months 1 day";
const SHORT = "5 months 25 days";

test("removes what a provider's system was told half a year ago, but not of a task that is open", async ({
  world,
  ispId,
}) => {
  const { db } = world;
  const cuts = await db<{ id: number }[]>`
    insert into cuts (isp_id, cause, reference, domains, ips, state, closed_at)
    values (${ispId}, 'bureau', 'a', '{}', '{}', 'open', null), (${ispId}, 'bureau', 'b', '{}', '{}', 'done', now())
    returning id`;
  const [open = 0, done = 0] = cuts.map(({ id }) => id);
  const told = (cause: string, cut: number | null, age: string | null) => db`
    insert into hook_deliveries (isp_id, event, cause, cut_id, payload, state, settled_at)
    values (${ispId}, 'access.cut', ${cause}, ${cut}, '{}', ${age ? "delivered" : "queued"}, now() - ${age}::interval)`;
  await told("open", open, LONG);
  await told("done", done, LONG);
  await told("alone", null, LONG);
  await told("young", done, SHORT);
  await told("waiting", null, null);
  assert.is(await sweep(world, "messages to providers' systems long settled"), 2);
  const left = await db<{ cause: string }[]>`select cause from hook_deliveries order by id`;
  assert.equal(
    left.map(({ cause }) => cause),
    ["open", "young", "waiting"],
  );
});

test("forgets who was taken out of a blacklist half a year ago, and nobody who is in it", async ({
  world,
  bureauId,
}) => {
  const { store, db } = world;
  const listed = [freshParts(), freshParts(), freshParts()].map(({ certNo }) => certNo);
  for (const certNo of listed) await listsCome(store, bureauId, listedSubject("add", certNo));
  for (const certNo of listed.slice(0, 2)) await listsCome(store, bureauId, listedSubject("delete", certNo));
  const entries = await db<{ id: number }[]>`select id from blacklist_entries order by id`;
  const [long, short] = entries.map(({ id }) => id);
  await db`update blacklist_entries set added_at = now() - ${LONG}::interval`;
  await db`update blacklist_entries set removed_at = now() - ${LONG}::interval where id = ${long ?? 0}`;
  await db`update blacklist_entries set removed_at = now() - ${SHORT}::interval where id = ${short ?? 0}`;
  assert.is(await sweep(world, "entries long taken out of a blacklist"), 1);
  assert.is((await db`select 1 from blacklist_entries`).length, 2);
  assert.is((await db`select 1 from blacklist_keys`).length, 1);
  const words = await db<{ answerId: number }[]>`select answer_id from blacklist_words order by answer_id`;
  const [stillIn = 0, outLong = 0, outShort = 0] = words.map(({ answerId }) => answerId);
  const old = [stillIn, outLong];
  await db`update bureau_answers set received_at = now() - ${SHORT}::interval`;
  await db`update bureau_answers set received_at = now() - ${LONG}::interval where id = any(${old}::bigint[])`;
  assert.is(await sweep(world, "words long ago about who is in no blacklist"), 1);
  const left = await db<{ answerId: number }[]>`select answer_id from blacklist_words order by answer_id`;
  assert.equal(
    left.map(({ answerId }) => answerId),
    [stillIn, outShort],
  );
});

test("forgets differences that are long gone and what was compared long ago", async ({
  world,
  bureauId,
  ispId,
}) => {
  const { store, db, people } = world;
  const ids = [];
  for (let n = 0; n < 3; n++) {
    const id = await recorded(store, people, bureauId);
    ids.push(id);
    const copy = copyOf(await ourRecord(store, ispId, id));
    await db`update subjects set number = number || 'x' where id = ${id}`;
    await takeCopy(store, bureauId, copyXml([copy]));
  }
  const gone = async (id: number | undefined, age: string) => db`
    update record_differences set state = 'gone', settled_at = now() - ${age}::interval where subject_id = ${id ?? 0}`;
  await gone(ids[0], LONG);
  await gone(ids[1], SHORT);
  assert.is(await sweep(world, "differences long gone"), 1);
  assert.is((await db`select 1 from record_differences`).length, 2);
  assert.is(await sweep(world, "records of comparisons long over"), 0);
  await db`update reconciliations set state = 'compared', compared_at = now() - ${SHORT}::interval`;
  assert.is(await sweep(world, "records of comparisons long over"), 0);
  await db`update reconciliations set compared_at = now() - ${LONG}::interval`;
  assert.is(await sweep(world, "records of comparisons long over"), 3);
});

test.run();
