import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { actorId, type Staff } from "../../../src/models/actor.ts";
import { LinkOver, NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { eventSentence } from "../../../src/models/filing/event-words.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { findFiling } from "../../../src/models/filing/rows.ts";
import { codeOf, readCode } from "../../../src/models/handover/code.ts";
import { type Handover, maybeHandover } from "../../../src/models/handover/find.ts";
import { endHandover, handoversOf, makeHandover, uploadHolder } from "../../../src/models/handover/links.ts";
import { takePicture } from "../../../src/models/handover/take.ts";
import { currentMaterials } from "../../../src/models/material/rows.ts";
import { addPart, receivedOf } from "../../../src/models/upload/parts.ts";
import { sweeps } from "../../../src/models/worker/sweep.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { letLinksEnd, linkFor } from "../../support/handovers.ts";
import { draftWithPlaces, placesOf } from "../../support/materials.ts";
import { writtenByStaff } from "../../support/on-behalf.ts";
import { smallPhoto } from "../../support/photos.ts";

const test = suite<{ world: World }>("a link that opens one slot on a phone");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

const zhang = ({ people }: World) => registrantNamed(people, "张三");
const wang = ({ people }: World) => registrantNamed(people, "王五");

/** A draft of 张三 with a link for its certificate. */
async function opened(world: World) {
  const { filing, subject, website } = await draftWithPlaces(world, zhang(world));
  const place = { slot: "certificate", sectionId: subject };
  const code = await linkFor(world, zhang(world), filing, place);
  const target = { ...place, filingId: filing.id, supplementId: null };
  return { filing, subject, website, place, code, target };
}

const find = ({ store, people }: World, code: string, more: { at?: Date; ispId?: number } = {}) =>
  maybeHandover(store, { code, at: more.at ?? new Date(), ispId: more.ispId ?? people.isps.first });

async function sureOf(world: World, code: string): Promise<Handover> {
  const found = await find(world, code);
  if (!found) throw new Error("the link does not hold");
  return found;
}

const picture = async (shade = 1) => ({
  ...{ bytes: await smallPhoto(shade), formSignedOn: null, requestId: newId() },
});

const refusal = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  return assert.unreachable("nothing was refused") as never;
};

test("has a code of 130 bits that is stored nowhere, and takes it as people type it", async ({ world }) => {
  const { code, filing } = await opened(world);
  assert.match(code, /^[0-9a-hjkmnp-tv-z]{26}$/);
  const rows = await world.db`select h::text as row from handovers h where filing_id = ${filing.id}`;
  assert.not.match(JSON.stringify(rows), code);
  assert.ok(await find(world, code.toUpperCase().replaceAll("0", "O").replaceAll("1", "l")));
  assert.is(readCode(`${code}0`), undefined, "one letter too many");
  assert.is(readCode(code.slice(1)), undefined, "one letter too few");
  const many = new Set(Array.from({ length: 200 }, () => codeOf(world.store.vault, newId())));
  assert.is(many.size, 200);
});

test("opens its slot and nothing else, and ends after 15 minutes", async ({ world }) => {
  const { code, filing, place } = await opened(world);
  const found = await sureOf(world, code);
  assert.equal([found.slot.slot, found.slot.sectionId], ["certificate", place.sectionId]);
  const minutes = (found.expiresAt.getTime() - Date.now()) / 60_000;
  assert.ok(minutes > 14.8 && minutes <= 15, `${minutes}`);
  assert.ok(await find(world, code, { at: new Date(found.expiresAt.getTime() - 1) }), "a moment before");
  assert.not(await find(world, code, { at: new Date(found.expiresAt.getTime() + 1) }), "a moment after");
  assert.is(await find(world, codeOf(world.store.vault, newId())), undefined, "a code that never was");
  assert.is(
    await find(world, code, { ispId: world.people.isps.second }),
    undefined,
    "another provider's host",
  );
  await letLinksEnd(world);
  assert.is(await find(world, code), undefined);
  assert.equal(await handoversOf(world.store, filing), []);
});

test("puts the picture in as an act of whoever made it, and the history says so", async ({ world }) => {
  const { code, filing } = await opened(world);
  const found = await sureOf(world, code);
  await takePicture(world.store, world.files, found, await picture());
  const [material] = await currentMaterials(world.db, filing.id);
  assert.is(material?.slot, "certificate");
  const event = (await eventsOf(world.db, filing.id)).at(-1);
  assert.equal(
    [event?.actorKind, event?.actorId, event?.detail.handover],
    ["registrant", zhang(world).accountId, found.id],
  );
  assert.match(event ? eventSentence(event) : "", /：主办单位证件（用手机链接上传）$/);
  assert.is((await sureOf(world, code)).arrived?.state, "processing");
});

test("takes another picture in the place of the first, from two phones too", async ({ world }) => {
  const { code, filing } = await opened(world);
  const [one, two] = [await sureOf(world, code), await sureOf(world, code)];
  const before = world.files.kept.size;
  await Promise.all([
    takePicture(world.store, world.files, one, await picture(1)),
    takePicture(world.store, world.files, two, await picture(2)),
  ]);
  assert.is((await currentMaterials(world.db, filing.id)).length, 1);
  assert.is(world.files.kept.size, before + 2, "the replaced one goes with its own job");
  assert.ok((await sureOf(world, code)).arrived?.isThere);
});

test("is ended by its registrant, by a new one for the slot, and by nobody else", async ({ world }) => {
  const { code, filing, place, target } = await opened(world);
  assert.instance(await refusal(endHandover(world.store, wang(world), target)), NotFound);
  assert.instance(await refusal(makeHandover(world.store, wang(world), target)), NotFound);
  assert.ok(await find(world, code));
  const next = await linkFor(world, zhang(world), filing, place);
  assert.is(await find(world, code), undefined);
  assert.ok(await find(world, next));
  await endHandover(world.store, zhang(world), target);
  await endHandover(world.store, zhang(world), target);
  assert.is(await find(world, next), undefined);
});

test("leaves one open link when two are asked for at once", async ({ world }) => {
  const { filing, target } = await opened(world);
  await Promise.all([1, 2, 3].map(() => makeHandover(world.store, zhang(world), target)));
  assert.is((await handoversOf(world.store, filing)).length, 1);
});

test("takes nothing in once it was ended, and keeps nothing of what was on its way", async ({ world }) => {
  const { code, filing, target } = await opened(world);
  const found = await sureOf(world, code);
  const before = world.files.kept.size;
  await endHandover(world.store, zhang(world), target);
  assert.instance(await refusal(takePicture(world.store, world.files, found, await picture())), LinkOver);
  assert.is((await currentMaterials(world.db, filing.id)).length, 0);
  assert.is(world.files.kept.size, before);
});

test("lets go of what came in parts when it ends, and of nothing else", async ({ world }) => {
  const { code, target } = await opened(world);
  const { id, ispId } = await sureOf(world, code);
  const upload = { ispId, holder: uploadHolder(id), name: "0123456789abcdef", size: 5 };
  const other = { ...upload, holder: "account:1" };
  for (const one of [upload, other]) await addPart(world.store, one, 0, Buffer.from("abc"));
  await makeHandover(world.store, zhang(world), target);
  assert.is(await receivedOf(world.store, upload), 0);
  assert.is(await receivedOf(world.store, other), 3);
});

test("is ended while a picture is on its way: before it or after it, never half", async ({ world }) => {
  for (let round = 0; round < 5; round += 1) {
    const { code, filing, target } = await opened(world);
    const found = await sureOf(world, code);
    const sent = takePicture(world.store, world.files, found, await picture()).catch((error) => error);
    const [error] = await Promise.all([sent, endHandover(world.store, zhang(world), target)]);
    const there = (await currentMaterials(world.db, filing.id)).length;
    assert.is(there, error === undefined ? 1 : 0);
    assert.ok(error === undefined || error instanceof LinkOver);
  }
});

test("ends when the filing is submitted, and stays ended when it comes back", async ({ world }) => {
  const filing = await complete(world.store, zhang(world), { domain: "shoujitijiao.cn" });
  const { subject } = await placesOf(world, filing);
  const code = await linkFor(world, zhang(world), filing, { slot: "certificate", sectionId: subject });
  const found = await sureOf(world, code);
  await bringTo(world.store, world.people, filing, "initial_review");
  assert.is(await find(world, code), undefined);
  assert.instance(await refusal(takePicture(world.store, world.files, found, await picture())), LinkOver);
  await act(world.store, filing, "withdraw", zhang(world));
  assert.is(await find(world, code), undefined, "it is open again, the link is not");
});

test("is refused for a slot that may not be filled, and for one there is none of", async ({ world }) => {
  const { filing, website, subject } = await opened(world);
  const ask = (slot: string, sectionId: number) =>
    refusal(
      makeHandover(world.store, zhang(world), { slot, sectionId, filingId: filing.id, supplementId: null }),
    );
  assert.instance(await ask("photo", website), TransitionRefused, "its step has not come");
  assert.instance(await ask("nothing", subject), NotFound);
  assert.instance(await ask("certificate", subject + 1000), NotFound);
});

test("goes with the account: locked, or without the filing, it has no links", async ({ world }) => {
  const { code, filing } = await opened(world);
  const { accountId } = zhang(world);
  await world.db`update accounts set state = 'locked' where id = ${accountId}`;
  assert.is(await find(world, code), undefined);
  await world.db`update accounts set state = 'active' where id = ${accountId}`;
  assert.ok(await find(world, code));
  await world.db`update filings set account_id = ${wang(world).accountId} where id = ${filing.id}`;
  assert.is(await find(world, code), undefined, "the filing went to another account");
  assert.equal(await handoversOf(world.store, await findFiling(world.db, filing.number, wang(world))), []);
});

test("is made by staff too for what they write for somebody, until they hand it over", async ({ world }) => {
  const { filing, author } = await writtenByStaff(world, freshParts());
  const { subject } = await placesOf(world, filing);
  const target = { slot: "certificate", sectionId: subject, filingId: filing.id, supplementId: null };
  await makeHandover(world.store, author as Staff, target);
  const [link] = await handoversOf(world.store, filing);
  const found = await sureOf(world, link?.code ?? "");
  await takePicture(world.store, world.files, found, await picture());
  const event = (await eventsOf(world.db, filing.id)).at(-1);
  assert.equal([event?.actorKind, event?.actorId], ["staff", actorId(author)]);
  await world.db`update filings set handed_at = now() where id = ${filing.id}`;
  assert.is(await find(world, link?.code ?? ""), undefined);
});

test("is forgotten a day later", async ({ world }) => {
  const { filing } = await opened(world);
  const left = async () => (await world.db`select 1 from handovers where filing_id = ${filing.id}`).length;
  await sweeps["links to phones that are over"]?.(world.db);
  assert.is(await left(), 1);
  await world.db`update handovers set expires_at = now() - interval '25 hours' where filing_id = ${filing.id}`;
  await sweeps["links to phones that are over"]?.(world.db);
  assert.is(await left(), 0);
});

test.run();
