import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TransitionRefused } from "../../../src/models/errors.ts";
import { addWebsite, dropSection } from "../../../src/models/filing/change-sections.ts";
import { changesSinceSubmission, submissionOf } from "../../../src/models/filing/resubmission.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { lastSnapshots } from "../../../src/models/filing/snapshots.ts";
import { creditCodeCheck } from "../../../src/vocabulary/credit-code.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, bringTo, complete, registrantNamed, reviewed, staffNamed } from "../../support/filings.ts";

const test = suite("sending in again");

let world: World;
let serial = 0;

/** A domain and a certificate that no other filing of this file has. */
function fresh() {
  const first17 = `91330108MA27WX${String(++serial).padStart(3, "0")}`;
  return { domain: `tea${serial}.cn`, certNo: first17 + creditCodeCheck(first17) };
}

test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());

const owner = () => registrantNamed(world.people, "张三");
const again = (filing: Filing): Promise<Filing> => findFiling(world.db, filing.number, owner());

/** A filing that the verification sent back for its photo. */
async function returnedForPhoto(): Promise<Filing> {
  const { store, people } = world;
  const draft = await complete(store, owner(), fresh());
  await bringTo(store, people, draft, "verification");
  const reasons = [{ slot: "photo", reason: "face", sectionId: null }];
  return reviewed(store, draft, "return-verification", staffNamed(people, "赵六"), { reasons });
}

async function rename(filing: Filing, siteName: string): Promise<void> {
  const { websites } = arrange(await sectionsOf(world.store, filing));
  const [website] = (await sectionsOf(world.store, filing)).filter(({ id }) => id === websites[0]?.id);
  if (!website) throw new Error("no website");
  const { id: sectionId, version } = website;
  const values = { ...website.values, siteName };
  await saveSection(world.store, owner(), { filingId: filing.id, sectionId, version, values });
}

const refusalOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof TransitionRefused) return error.refusal;
    throw error;
  }
};

test("a changed field needs the initial review, also when it was sent in and taken back in between", async () => {
  const { store } = world;
  const filing = await returnedForPhoto();
  await rename(filing, "茶园新闻");
  assert.is(await refusalOf(act(store, filing, "submit-verification", owner())), "fields_changed");
  await act(store, filing, "submit", owner(), { declared: true });
  const back = await act(store, filing, "withdraw", owner());
  assert.equal([back.state, back.returnedFrom], ["returned", "verification"]);
  assert.is(await refusalOf(act(store, filing, "submit-verification", owner())), "fields_changed");
  const changes = await changesSinceSubmission(store, back);
  assert.is(await submissionOf(store, back, changes), "submit");
});

test("the reviewer sees what was changed since the last review, not since what was taken back", async () => {
  const { store } = world;
  const filing = await returnedForPhoto();
  await rename(filing, "茶园随笔");
  await act(store, filing, "submit", owner(), { declared: true });
  await act(store, filing, "withdraw", owner());
  await act(store, filing, "submit", owner(), { declared: true });
  const [last, before] = await lastSnapshots(store, filing, 2);
  const nameIn = (snapshot: typeof last) =>
    snapshot?.sections.find(({ kind }) => kind === "website")?.values.siteName;
  assert.is(nameIn(last), "茶园随笔");
  assert.is.not(nameIn(before), "茶园随笔");
});

test("a website added or taken out needs the initial review", async () => {
  const { store } = world;
  const filing = await returnedForPhoto();
  await addWebsite(store, owner(), { filingId: filing.id, seen: 1 });
  assert.is(await refusalOf(act(store, filing, "submit-verification", owner())), "fields_changed");
  const [first] = arrange(await sectionsOf(store, filing)).websites;
  await dropSection(store, owner(), { filingId: filing.id, sectionId: first?.id ?? 0 });
  const changes = await changesSinceSubmission(store, await again(filing));
  const gone = changes.find(({ sectionId, field, slot }) => sectionId === first?.id && !field && !slot);
  assert.is(gone?.before?.siteName, first?.values.siteName);
  assert.is(await refusalOf(act(store, filing, "submit-verification", owner())), "fields_changed");
});

test("a picture taken out is a change", async () => {
  const { store, db } = world;
  const draft = await complete(store, owner(), fresh());
  await act(store, draft, "submit", owner(), { declared: true });
  await db`update materials set retired_at = now() where filing_id = ${draft.id} and slot = 'letter'`;
  const changes = await changesSinceSubmission(store, await again(draft));
  assert.equal(
    changes.map(({ slot }) => slot),
    ["letter"],
  );
});

test("a text that only looks sealed is kept and read like any other", async () => {
  const { store } = world;
  const draft = await complete(store, owner(), fresh());
  await rename(draft, "sealed:AAAA");
  const { websites } = arrange(await sectionsOf(store, await again(draft)));
  assert.is(websites[0]?.values.siteName, "sealed:AAAA");
});

test.run();
