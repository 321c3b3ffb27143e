import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "../../../src/db/client.ts";
import { newId } from "../../../src/lib/ids.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { createFiling } from "../../../src/models/filing/create.ts";
import { chainFaults, eventsOf } from "../../../src/models/filing/history.ts";
import { findFiling, maybeFiling } from "../../../src/models/filing/rows.ts";
import { saveSection } from "../../../src/models/filing/save.ts";
import { arrange, sectionsOf } from "../../../src/models/filing/sections.ts";
import { transition } from "../../../src/models/filing/transition.ts";
import type { Refusal } from "../../../src/models/filing/workflow.ts";
import { testWorld, type World } from "../../support/app.ts";
import {
  act,
  addPictures,
  bringTo,
  complete,
  draft,
  freshParts,
  registrantNamed,
  reviewed,
  staffNamed,
} from "../../support/filings.ts";

const test = suite<{ world: World }>("a filing");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after((context) => context.world.close());

const refusedWith = async (refusal: Refusal, work: Promise<unknown>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    assert.instance(error, TransitionRefused);
    assert.is((error as TransitionRefused).refusal, refusal);
    return;
  }
  assert.unreachable(`expected a refusal: ${refusal}`);
};

test("goes from draft to ready with its history chained and its history whole", async ({
  world: { store, people },
}) => {
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  const ready = await bringTo(store, people, filing, "ready");
  assert.is(ready.state, "ready");
  assert.is(ready.claimedBy, null);
  const events = await eventsOf(store.db, filing.id);
  assert.equal(
    events.map(({ action }) => action),
    ["create", "submit", "claim", "approve", "submit-verification", "claim", "verify"],
  );
  assert.equal(chainFaults(events), []);
});

test("is not submitted without the declaration, without a picture, or with an error", async ({
  world: { store, people },
}) => {
  const actor = registrantNamed(people, "张三");
  const empty = await draft(store, actor, freshParts());
  await refusedWith("materials_missing", act(store, empty, "submit", actor, { declared: true }));
  const filing = await complete(store, actor, freshParts());
  await refusedWith("not_declared", act(store, filing, "submit", actor));
  await store.db`update materials set state = 'processing' where filing_id = ${filing.id} and slot = 'form'`;
  await refusedWith("materials_processing", act(store, filing, "submit", actor, { declared: true }));
  await store.db`update materials set state = 'ready' where filing_id = ${filing.id}`;
  await store.db`delete from phone_proofs where filing_id = ${filing.id}`;
  await refusedWith("phone_unproved", act(store, filing, "submit", actor, { declared: true }));
});

test("goes to one of two reviewers who claim it at once", async ({ world }) => {
  const { store, people } = world;
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "initial_review");
  // Both connections are open before the race, or the second would only queue for a connection.
  const other = { db: connect(world.url, { max: 1 }), vault: store.vault };
  await Promise.all([store.db`select 1`, other.db`select 1`]);
  const claims = await Promise.allSettled([
    act(store, filing, "claim", staffNamed(people, "李四")),
    act(other, filing, "claim", staffNamed(people, "吴九")),
  ]);
  await other.db.end();
  assert.is(claims.filter(({ status }) => status === "fulfilled").length, 1);
  const [lost] = claims.filter((claim) => claim.status === "rejected");
  assert.is((lost?.reason as TransitionRefused).refusal, "claimed_by_other");
});

test("does the same request once, however often it is sent", async ({ world: { store, people } }) => {
  const actor = registrantNamed(people, "张三");
  const filing = await complete(store, actor, freshParts());
  const request = {
    filingId: filing.id,
    action: "submit" as const,
    actor,
    requestId: newId(),
    input: { declared: true },
  };
  const [first, second] = await Promise.all([transition(store, request), transition(store, request)]);
  assert.is(first.state, "initial_review");
  assert.is(second.state, "initial_review");
  const events = await eventsOf(store.db, filing.id);
  assert.is(events.filter(({ action }) => action === "submit").length, 1);
  const notices =
    await store.db`select 1 from notices where filing_id = ${filing.id} and template = 'filing-submitted'`;
  assert.is(notices.length, 1);
});

test("cannot be decided without a claim, or under somebody else's", async ({ world: { store, people } }) => {
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "initial_review");
  await refusedWith("not_claimed", act(store, filing, "approve", staffNamed(people, "李四")));
  await act(store, filing, "claim", staffNamed(people, "吴九"));
  await refusedWith("claimed_by_other", act(store, filing, "approve", staffNamed(people, "李四")));
  await refusedWith("claimed_by_other", act(store, filing, "withdraw", registrantNamed(people, "张三")));
  await store.db`update filings set claimed_until = now() - interval '1 second' where id = ${filing.id}`;
  assert.is((await reviewed(store, filing, "approve", staffNamed(people, "李四"))).state, "photo_due");
});

test("is not verified by who passed its initial review", async ({ world: { store, people } }) => {
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await act(store, filing, "submit", registrantNamed(people, "张三"), { declared: true });
  await reviewed(store, filing, "approve", staffNamed(people, "吴九"));
  await addPictures(store, filing, ["photo"]);
  await act(store, filing, "submit-verification", registrantNamed(people, "张三"));
  await act(store, filing, "claim", staffNamed(people, "吴九"));
  await refusedWith("own_work", act(store, filing, "verify", staffNamed(people, "吴九")));
});

test("needs a reason to be returned, keeps it sealed and tells the registrant once", async ({
  world: { store, people },
}) => {
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "initial_review");
  await act(store, filing, "claim", staffNamed(people, "李四"));
  await refusedWith("reasons_missing", act(store, filing, "return-initial", staffNamed(people, "李四")));
  const { subject } = arrange(await sectionsOf(store, filing));
  const note = "请按营业执照写110号";
  const reasons = [{ sectionId: subject.id, field: "residence", reason: "as-certificate", note }];
  const returned = await act(store, filing, "return-initial", staffNamed(people, "李四"), { reasons });
  assert.is(returned.state, "returned");
  assert.is(returned.returnedFrom, "initial");
  const [row] = await store.db<
    { noteSealed: Buffer }[]
  >`select note_sealed from filing_returns where filing_id = ${filing.id}`;
  assert.not.ok(row?.noteSealed.includes(note));
  const events = JSON.stringify(await eventsOf(store.db, filing.id));
  assert.not.match(events, note);
  const notices =
    await store.db`select channel from notices where filing_id = ${filing.id} and template = 'filing-returned'`;
  assert.equal(notices.map(({ channel }) => channel).sort(), ["mail", "sms"]);
});

test("goes back to the verification when only the photo was returned, and to the initial review when a field changed", async ({
  world: { store, people },
}) => {
  const actor = registrantNamed(people, "张三");
  const filing = await complete(store, actor, freshParts());
  await bringTo(store, people, filing, "verification");
  await act(store, filing, "claim", staffNamed(people, "赵六"));
  const reasons = [{ slot: "photo", reason: "curtain" }];
  const returned = await act(store, filing, "return-verification", staffNamed(people, "赵六"), { reasons });
  assert.is(returned.returnedFrom, "verification");
  await addPictures(store, filing, ["photo"]);
  const { subject } = arrange(await sectionsOf(store, filing));
  const [stored] = (await sectionsOf(store, filing)).filter(({ id }) => id === subject.id);
  const values = { ...subject.values, address: "示例路101号3幢201室" };
  await saveSection(store, actor, {
    filingId: filing.id,
    sectionId: subject.id,
    version: stored?.version ?? 0,
    values,
  });
  await refusedWith("fields_changed", act(store, filing, "submit-verification", actor));
  await saveSection(store, actor, {
    filingId: filing.id,
    sectionId: subject.id,
    version: (stored?.version ?? 0) + 1,
    values: subject.values,
  });
  assert.is((await act(store, filing, "submit-verification", actor)).state, "verification");
});

test("keeps what the first of two windows saved and tells the second", async ({
  world: { store, people },
}) => {
  const actor = registrantNamed(people, "张三");
  const filing = await draft(store, actor, freshParts());
  const [section] = (await sectionsOf(store, filing)).filter(({ kind }) => kind === "subject");
  assert.ok(section);
  const from = (name: string) => ({
    filingId: filing.id,
    sectionId: section.id,
    version: section.version,
    values: { ...section.values, name },
  });
  const [first, second] = await Promise.all([
    saveSection(store, actor, from("甲公司")),
    saveSection(store, actor, from("乙公司")),
  ]);
  assert.is([first, second].filter(({ saved }) => saved).length, 1);
  const lost = [first, second].find(({ saved }) => !saved);
  assert.ok(lost && !lost.saved);
  const [now] = (await sectionsOf(store, filing)).filter(({ kind }) => kind === "subject");
  assert.is(lost.theirs.values.name, now?.values.name);
});

test("holds its certificate and its domain alone until it ends", async ({ world: { store, people } }) => {
  const [actor, other] = [registrantNamed(people, "张三"), registrantNamed(people, "王五")];
  const wanted = freshParts();
  const filing = await draft(store, actor, wanted);
  const again = (changes: object = {}) =>
    createFiling(store, other, {
      kind: "first",
      accountId: other.accountId,
      ispId: other.ispId,
      nature: "4",
      certType: "1",
      ...wanted,
      requestId: newId(),
      ...changes,
    });
  assert.equal(await again(), { taken: ["certificate", "domain"].sort() });
  assert.equal(await again({ certNo: "91330108MA2OTHER00" }), { taken: ["domain"] });
  await act(store, filing, "cancel", actor);
  assert.not.ok("taken" in (await again()));
});

test("is made once by a double click", async ({ world: { store, people } }) => {
  const actor = registrantNamed(people, "张三");
  const wanted = {
    kind: "first" as const,
    accountId: actor.accountId,
    ispId: actor.ispId,
    nature: "4",
    certType: "1",
    ...freshParts(),
    requestId: newId(),
  };
  const [first, second] = await Promise.all([
    createFiling(store, actor, wanted),
    createFiling(store, actor, wanted),
  ]);
  assert.ok("number" in first && "number" in second);
  assert.is("number" in first && first.number, "number" in second && second.number);
});

test("is not there for another account, another provider or an administrator", async ({
  world: { store, people },
}) => {
  const filing = await draft(store, registrantNamed(people, "张三"), freshParts());
  const strangers = [
    registrantNamed(people, "王五"),
    registrantNamed(people, "钱一"),
    staffNamed(people, "冯二"),
    staffNamed(people, "郑十"),
  ];
  for (const stranger of strangers) {
    await assertMissing(findFiling(store.db, filing.number, stranger));
    await assertMissing(act(store, filing, "cancel", stranger));
  }
  assert.is((await maybeFiling(store.db, filing.id))?.state, "draft");
});

const assertMissing = async (work: Promise<unknown>): Promise<void> => {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  assert.instance(error, NotFound);
};

test("keeps identity numbers and phones out of the rows in clear", async ({ world: { store, people } }) => {
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  const rows = JSON.stringify(
    await store.db`select values from filing_sections where filing_id = ${filing.id}`,
  );
  for (const secret of ["330108199001010010", "13800005678", "zhangsan@example.cn", "张三"])
    assert.not.match(rows, secret);
  const { subject } = arrange(await sectionsOf(store, filing));
  assert.is(subject.values.idNo, "330108199001010010");
});

test("has a history that cannot be changed, only appended to", async ({ world: { store, people } }) => {
  const filing = await draft(store, registrantNamed(people, "张三"), freshParts());
  for (const change of [
    store.db`update filing_events set to_state = 'numbered' where filing_id = ${filing.id}`,
    store.db`delete from filing_events where filing_id = ${filing.id}`,
    store.db`truncate filing_events cascade`,
  ])
    assert.match(
      String(
        await change.then(
          () => "changed",
          (error) => error,
        ),
      ),
      /append-only/,
    );
});

test("shows a history that somebody changed behind the triggers", async ({ world: { store, people } }) => {
  const actor = registrantNamed(people, "张三");
  const filing = await complete(store, actor, freshParts());
  await act(store, filing, "submit", actor, { declared: true });
  await store.db.begin(async (tx) => {
    await tx`alter table filing_events disable trigger filing_events_append_only`;
    await tx`update filing_events set actor_id = 999 where filing_id = ${filing.id} and seq = 1`;
    await tx`alter table filing_events enable trigger filing_events_append_only`;
  });
  assert.equal(chainFaults(await eventsOf(store.db, filing.id)), [
    { filingId: filing.id, seq: 1, fault: "changed" },
  ]);
});

test.run();
