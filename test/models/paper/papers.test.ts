import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { createBureau } from "../../../src/models/bureau/account.ts";
import { TransitionRefused } from "../../../src/models/errors.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { transition } from "../../../src/models/filing/transition.ts";
import { papersDue } from "../../../src/models/paper/due.ts";
import { neededPapers } from "../../../src/models/paper/needed.ts";
import {
  checkPapers,
  losePapers,
  papersOf,
  postPapers,
  receivePapers,
  rejectPapers,
} from "../../../src/models/paper/papers.ts";
import { testWorld, type World } from "../../support/app.ts";
import { actOf, configure } from "../../support/appointments.ts";
import { drafted } from "../../support/console.ts";
import { bringTo, registrantNamed, staffNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("originals on paper");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

const parcel = { courier: "顺丰速运", trackingNumber: "SF1234567890" };
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "";
  } catch (error) {
    if (error instanceof TransitionRefused) return error.refusal;
    throw error;
  }
};

const readyFiling = async (world: World): Promise<Filing> =>
  bringTo(world.store, world.people, await drafted(world), "ready");

/** An act of the verifier; every call another one. */
const byStaff = ({ people }: World, { id }: Filing) => ({
  ...{ filingId: id, actor: staffNamed(people, "赵六"), requestId: newId() },
});

/** What stops the upload; a bureau is there, so that the papers are all that can. */
const upload = ({ store, people }: World, { id }: Filing, actor: "system" | "submitter" = "system") =>
  codeOf(
    transition(store, {
      ...{ filingId: id, action: "upload", requestId: newId() },
      actor: actor === "system" ? { kind: "system" } : staffNamed(people, "孙七"),
    }),
  );

const templates = async ({ db }: World, { id }: Filing): Promise<string[]> => {
  const rows = await db<{ template: string }[]>`
    select distinct template from notices where filing_id = ${id} and template like 'papers-%' order by template`;
  return rows.map(({ template }) => template);
};

test("hold nothing up where the provider wants none", async ({ world }) => {
  await configure(world, { papers: { required: [] } });
  const filing = await readyFiling(world);
  assert.equal(await neededPapers(world.store, filing), []);
  assert.is.not(await upload(world, filing), "papers_unchecked");
});

test("keep a filing from the bureau until they were checked, by hand and by itself", async ({ world }) => {
  await configure(world, { papers: { required: ["form", "pledge"] } });
  await createBureau(world.store, {
    ...{ ispId: world.people.isps.first, province: "330000", name: "浙江省通信管理局", isDefault: true },
    ...{ endpoint: "http://127.0.0.1:1", bureauIspId: 1001, userName: "yi", secrets: { password: "x" } },
  });
  const filing = await readyFiling(world);
  // The filing has no 承诺书 to bring.
  assert.equal(await neededPapers(world.store, filing), ["真实性核验单"]);
  const registrant = registrantNamed(world.people, "张三");
  assert.ok((await papersDue(world.store, registrant)).some(({ number }) => number === filing.number));
  const stopped = async () => [await upload(world, filing), await upload(world, filing, "submitter")];
  const before = await stopped();
  await postPapers(world.store, actOf(world, filing), parcel);
  assert.not.ok((await papersDue(world.store, registrant)).some(({ number }) => number === filing.number));
  await receivePapers(world.store, byStaff(world, filing));
  assert.equal(await stopped(), before, "received is not checked");
  await checkPapers(world.store, byStaff(world, filing));
  const after = await stopped();
  assert.equal(before, ["papers_unchecked", "papers_unchecked"]);
  assert.not.ok(after.includes("papers_unchecked"));
  assert.equal(
    await templates(world, filing),
    ["papers-checked", "papers-received"],
    "what the registrant reads",
  );
});

test("are posted once at a time, and again when lost or not taken in", async ({ world }) => {
  await configure(world, { papers: { required: ["form"] } });
  const filing = await readyFiling(world);
  await postPapers(world.store, actOf(world, filing), parcel);
  assert.is(await codeOf(postPapers(world.store, actOf(world, filing), parcel)), "papers_under_way");
  assert.is(await codeOf(checkPapers(world.store, byStaff(world, filing))), "papers_missing");
  await losePapers(world.store, actOf(world, filing));
  await postPapers(world.store, actOf(world, filing), parcel);
  await receivePapers(world.store, byStaff(world, filing));
  await rejectPapers(world.store, byStaff(world, filing), "没有盖章");
  const [last, first] = await papersOf(world.store, filing);
  assert.equal([last?.state, last?.reason, first?.state], ["rejected", "没有盖章", "lost"]);
  const [row] = await world.db<{ reasonSealed: Buffer }[]>`
    select reason_sealed from paper_deliveries where id = ${last?.id ?? 0}`;
  assert.not.match(row?.reasonSealed.toString("utf8") ?? "", "盖章");
  assert.is(await codeOf(postPapers(world.store, actOf(world, filing), parcel)), "");
  assert.ok((await templates(world, filing)).includes("papers-rejected"));
});

test("that were checked can still be rejected, when a form was signed anew", async ({ world }) => {
  await configure(world, { papers: { required: ["form"] } });
  const filing = await readyFiling(world);
  await postPapers(world.store, actOf(world, filing), parcel);
  for (const work of [receivePapers, checkPapers]) await work(world.store, byStaff(world, filing));
  await rejectPapers(world.store, byStaff(world, filing), "核验单重签了，请寄新的");
  assert.equal(
    (await papersOf(world.store, filing)).map(({ state }) => state),
    ["rejected"],
  );
});

test.run();
