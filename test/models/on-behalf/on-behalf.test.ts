import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import type { Actor, Staff } from "../../../src/models/actor.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { submitFiling } from "../../../src/models/filing/resubmission.ts";
import { type Filing, maybeFiling } from "../../../src/models/filing/rows.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import type { Action } from "../../../src/models/filing/workflow.ts";
import { messagesOf } from "../../../src/models/message/message.ts";
import { findCustomer, findCustomers, openCustomer } from "../../../src/models/on-behalf/accounts.ts";
import { sendBackDraft } from "../../../src/models/on-behalf/send-back.ts";
import { testWorld, type World } from "../../support/app.ts";
import {
  act,
  addPictures,
  complete,
  freshParts,
  registrantNamed,
  staffNamed,
} from "../../support/filings.ts";
import { writtenByStaff } from "../../support/on-behalf.ts";

const test = suite<{ world: World }>("a filing that staff write for its registrant");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

const refusalOf = async (what: Promise<unknown>): Promise<string> => {
  try {
    await what;
    return "done";
  } catch (error) {
    if (error instanceof TransitionRefused) return error.refusal;
    if (error instanceof NotFound) return "not found";
    throw error;
  }
};

const does = ({ store }: World, filing: Filing, action: Action, actor: Actor) =>
  refusalOf(act(store, filing, action, actor, { declared: true }));

async function saves({ store }: World, filing: Filing, actor: Actor): Promise<string> {
  const [section] = (await sectionsOf(store, filing)).filter(({ kind }) => kind === "subject");
  if (!section) throw new Error("no subject");
  const { id: sectionId, version } = section;
  const values = { ...section.values, remark: newId() };
  return refusalOf(saveSection(store, actor, { filingId: filing.id, sectionId, version, values }));
}

test("is written by staff of the provider until its registrant has it", async ({ world }) => {
  const { filing, author, owner } = await writtenByStaff(world, freshParts());
  assert.is(await saves(world, filing, author), "done");
  assert.is(await saves(world, filing, staffNamed(world.people, "李四")), "done");
  assert.is(await saves(world, filing, staffNamed(world.people, "郑十")), "not found");
  assert.is(await does(world, filing, "hand-to-registrant", author), "done");
  assert.is(await saves(world, filing, author), "handed_over");
  assert.is(await does(world, filing, "hand-to-registrant", author), "handed_over");
  assert.is(await does(world, filing, "submit-on-behalf", author), "handed_over");
  assert.is(await saves(world, filing, owner), "done");
});

test("goes back to the staff with the words of the registrant", async ({ world }) => {
  const { filing, author, owner } = await writtenByStaff(world, freshParts());
  assert.is(await does(world, filing, "send-back-draft", owner), "not_handed");
  await act(world.store, filing, "hand-to-registrant", author);
  const wanted = { filingId: filing.id, actor: registrantNamed(world.people, "张三"), requestId: newId() };
  await sendBackDraft(world.store, wanted, "地址不对，应该是西溪路19号");
  assert.equal(
    (await messagesOf(world.store, filing)).map(({ from, body }) => [from, body]),
    [["registrant", "地址不对，应该是西溪路19号"]],
  );
  assert.is(await saves(world, filing, author), "done");
});

test("is not theirs when the registrant began it", async ({ world }) => {
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), freshParts());
  const service = staffNamed(world.people, "周八");
  assert.is(await saves(world, filing, service), "not_on_behalf");
  assert.is(await does(world, filing, "hand-to-registrant", service), "not_on_behalf");
  assert.is(await does(world, filing, "submit-on-behalf", service), "not_on_behalf");
  assert.is(await does(world, filing, "change-material", service), "not_on_behalf");
});

test("is sent in by staff on a signed paper or a code that was read out, and on neither it is not", async ({
  world,
}) => {
  const { filing, author } = await writtenByStaff(world, freshParts());
  await world.db`update materials set retired_at = now() where filing_id = ${filing.id} and slot = 'letter'`;
  await world.db`delete from phone_proofs where filing_id = ${filing.id}`;
  assert.is(await does(world, filing, "submit-on-behalf", author), "letter_missing");
  await addPictures(world.store, filing, ["letter"]);
  const wanted = { declared: true, requestId: newId() };
  assert.is(await submitFiling(world.store, author, filing, wanted), undefined);
  const events = await eventsOf(world.db, filing.id);
  const { action, actorKind, actorId } = events.at(-1) ?? {};
  assert.equal(
    { action, actorKind, actorId },
    {
      action: "submit-on-behalf",
      actorKind: "staff",
      actorId: author.staffId,
    },
  );
});

test("is reviewed by nobody who wrote in it", async ({ world }) => {
  const { filing } = await writtenByStaff(world, freshParts());
  const reviewer = staffNamed(world.people, "李四");
  await act(world.store, filing, "submit-on-behalf", reviewer, { declared: true });
  await act(world.store, filing, "claim", reviewer);
  assert.is(await does(world, filing, "approve", reviewer), "own_work");
});

test("stays with the registrant once they have sent it in themselves", async ({ world }) => {
  const { filing, author, owner } = await writtenByStaff(world, freshParts());
  await act(world.store, filing, "submit", owner, { declared: true });
  await act(world.store, filing, "withdraw", owner);
  assert.is(await saves(world, filing, author), "handed_over");
});

test("has one winner when staff save while the registrant sends it in", async ({ world }) => {
  for (let round = 0; round < 5; round++) {
    const { filing, author, owner } = await writtenByStaff(world, freshParts());
    await Promise.all([world.db`select 1`, world.db`select 1`]);
    const [saved, sent] = await Promise.all([
      saves(world, filing, author),
      does(world, filing, "submit", owner),
    ]);
    assert.is(sent, "done");
    assert.ok(["done", "wrong_state"].includes(saved), saved);
    assert.is((await maybeFiling(world.db, filing.id))?.state, "initial_review");
  }
});

test("is handed over once, however often that is asked for at a time", async ({ world }) => {
  const { filing, author } = await writtenByStaff(world, freshParts());
  await Promise.all([world.db`select 1`, world.db`select 1`]);
  const outcomes = await Promise.all([
    does(world, filing, "hand-to-registrant", author),
    does(world, filing, "hand-to-registrant", staffNamed(world.people, "吴九")),
  ]);
  assert.equal(outcomes.sort(), ["done", "handed_over"]);
  const notices = await world.db`
    select 1 from notices where filing_id = ${filing.id} and template = 'draft-handed'`;
  assert.is(notices.length, 2);
});

test("begins with an account of the provider alone", async ({ world }) => {
  const { store, people } = world;
  const service = staffNamed(people, "周八");
  const { id } = people.registrants.张三;
  assert.is((await findCustomer(store, service, id)).id, id);
  const other: Staff = staffNamed(people, "冯二");
  assert.is(await refusalOf(findCustomer(store, other, id)), "not found");
  assert.is(await refusalOf(findCustomer(store, staffNamed(people, "郑十"), id)), "not found");
  assert.equal(await findCustomers(store, other, "zhangsan"), []);
});

test("begins with an account that staff open and its owner activates", async ({ world }) => {
  const { store, people } = world;
  const service = staffNamed(people, "周八");
  const wanted = {
    ...{ userName: "chahuren01", name: "茶户人", email: "chahuren@example.cn", mobile: "13900009901" },
    ...{ division: "330000", agreementVersion: "2026-11-01" },
  };
  const id = (await openCustomer(store, service, wanted)) ?? 0;
  assert.is((await findCustomer(store, service, id)).state, "pending");
  assert.is(await openCustomer(store, service, wanted), undefined);
  const [code] = await world.db`select 1 from codes where holder = ${`account:${id}`}`;
  assert.ok(code, "a mail to activate it goes out");
});

test.run();
