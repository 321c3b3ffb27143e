import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "../../../src/db/client.ts";
import { newId } from "../../../src/lib/ids.ts";
import { applyAnswer, keepAnswer } from "../../../src/models/bureau/answers.ts";
import type { BureauResult } from "../../../src/models/bureau/results.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { TransitionRefused } from "../../../src/models/errors.ts";
import { eventsOf } from "../../../src/models/filing/history.ts";
import { answerRecall, askRecall, recallsAsked } from "../../../src/models/filing/recall.ts";
import { type Filing, maybeFiling } from "../../../src/models/filing/rows.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import type { State } from "../../../src/models/filing/states.ts";
import { endSmsCheck, remindSmsCheck } from "../../../src/models/reminder/sms-check.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, bringTo, complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { writePackage } from "../../support/packages.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World; bureauId: number }>("a filing asked back from the bureau");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");
const submitter = ({ people }: World) => staffNamed(people, "孙七");
const now = async ({ store }: World, { id }: Filing) => (await maybeFiling(store.db, id)) as Filing;
const requestOf = <A>(filing: Filing, actor: A) => ({ filingId: filing.id, actor, requestId: newId() });
const words = { evidence: "11月20日电话，管局李处长告知", words: "" };

/** A filing that the bureau has, with its package; `smsHours`: how long its short-message check still runs. */
async function sent(shared: { world: World; bureauId: number }, smsHours = 20): Promise<Filing> {
  const { world, bureauId } = shared;
  const { store, people } = world;
  const filing = await complete(store, owner(world), freshParts());
  await bringTo(store, people, filing, "ready");
  await act(store, filing, "upload", submitter(world));
  const subject = (await sectionsOf(store, filing)).find(({ kind }) => kind === "subject");
  const about = [`our:${subject?.id}`];
  await writePackage(store.db, filing, bureauId, { state: "accepted", about });
  await act(store, filing, "accept-upload", { kind: "system" });
  await store.db`update filings set sms_until = now() + make_interval(hours => ${smsHours}) where id = ${filing.id}`;
  return now(world, filing);
}

const ask = ({ store, ...world }: World, filing: Filing) =>
  askRecall(store, requestOf(filing, owner({ store, ...world } as World)), "域名写错了");

/** The bureau says something about the filing in a file of its own. */
async function hear(
  { world: { store }, bureauId }: { world: World; bureauId: number },
  filing: Filing,
  kind: "approved" | "refused" | "news",
  root = store,
): Promise<string> {
  const subject = (await sectionsOf(store, filing)).find((section) => section.kind === "subject");
  const dataKey = store.vault.newDataKey().wrapped;
  const bureau = await findBureau(store.db, bureauId);
  const answer = await keepAnswer(store.db, bureau, {
    ...{ fileName: `${newId()}.xml`, file: "f", dataKey, contentHash: newId() },
  });
  const result = { kind, about: String(subject?.id), codes: [{ code: 0, words: "" }], words: "" };
  await applyAnswer(root, answer, [result as BureauResult]);
  const [row] = await store.db<{ outcome: string }[]>`
    select outcome from bureau_results where answer_id = ${answer.id}`;
  return row?.outcome ?? "";
}

const told = async ({ store }: World, filing: Filing) =>
  (
    await store.db<{ template: string }[]>`
      select distinct template from notices where filing_id = ${filing.id} and template like 'recall-%'`
  ).map(({ template }) => template);

const refused = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.instance(error, TransitionRefused);
  return (error as TransitionRefused).refusal;
};

test("is cancelled when the bureau grants it, and frees what it held", async (shared) => {
  const { world } = shared;
  const filing = await sent(shared);
  assert.is((await ask(world, filing)).state, "recall_requested");
  assert.ok((await recallsAsked(world.db, submitter(world))).some(({ id }) => id === filing.id));
  assert.is(
    await refused(
      answerRecall(world.store, requestOf(filing, submitter(world)), {
        ...{ granted: true, evidence: " ", words: "" },
      }),
    ),
    "evidence_missing",
  );
  const done = await answerRecall(world.store, requestOf(filing, submitter(world)), {
    ...words,
    granted: true,
  });
  assert.is(done.state, "cancelled");
  assert.is((await world.db`select 1 from filing_holds where filing_id = ${filing.id}`).length, 0);
  assert.equal(
    [
      ...(await world.db<
        { state: string }[]
      >`select state from bureau_requests where filing_id = ${filing.id}`),
    ],
    [{ state: "settled" }],
  );
  assert.equal((await told(world, filing)).sort(), ["recall-granted"]);
});

test("goes on where it was when the bureau refuses: in the check while its hours run, else at the bureau", async (shared) => {
  const { world } = shared;
  const cases: [number, State][] = [
    [20, "sms_pending"],
    [-1, "at_bureau"],
  ];
  for (const [hours, state] of cases) {
    const filing = await sent(shared, hours);
    await ask(world, filing);
    const act = requestOf(filing, submitter(world));
    const back = await answerRecall(world.store, act, { ...words, granted: false });
    assert.is(back.state, state);
    assert.equal(await told(world, filing), ["recall-refused"]);
  }
  const late = await sent(shared);
  await act(world.store, late, "finish-sms-check", owner(world));
  await ask(world, late);
  const answer = requestOf(late, submitter(world));
  assert.is(
    (await answerRecall(world.store, answer, { ...words, granted: false })).state,
    "at_bureau",
    "the check was done before",
  );
});

test("is not moved by the clock of the short-message check while it is asked back", async (shared) => {
  const { world } = shared;
  const filing = await sent(shared);
  await ask(world, filing);
  assert.is(await remindSmsCheck(world.store, filing.id), false);
  await world.db`update filings set sms_until = now() - interval '1 minute' where id = ${filing.id}`;
  assert.is(await endSmsCheck(world.store, filing.id), false);
  assert.is((await now(world, filing)).state, "recall_requested");
});

test("is approved or refused by the bureau whatever was asked, and good news ends only the check", async (shared) => {
  const { world } = shared;
  for (const [kind, state] of [
    ["approved", "approved"],
    ["refused", "bureau_returned"],
  ] as const) {
    const filing = await sent(shared);
    await ask(world, filing);
    assert.is(await hear(shared, filing, kind), "applied");
    assert.is((await now(world, filing)).state, state);
    const late = answerRecall(world.store, requestOf(filing, submitter(world)), { ...words, granted: true });
    assert.is(await refused(late), "wrong_state");
  }
  const filing = await sent(shared);
  await ask(world, filing);
  assert.is(await hear(shared, filing, "news"), "applied");
  const act = requestOf(filing, submitter(world));
  assert.is((await answerRecall(world.store, act, { ...words, granted: false })).state, "at_bureau");
});

test("parks an approval that comes after it was cancelled", async (shared) => {
  const { world } = shared;
  const filing = await sent(shared);
  await ask(world, filing);
  await answerRecall(world.store, requestOf(filing, submitter(world)), { ...words, granted: true });
  assert.is(await hear(shared, filing, "approved"), "parked");
  assert.is((await now(world, filing)).state, "cancelled");
});

test("has one winner when the recall is granted and the approval comes in one moment", async (shared) => {
  const { world } = shared;
  const other = { db: connect(world.url, { max: 1 }), vault: world.store.vault };
  await Promise.all([world.db`select 1`, other.db`select 1`]);
  for (const first of ["bureau", "staff"] as const) {
    const filing = await sent(shared);
    await ask(world, filing);
    const grant = () =>
      answerRecall(other, requestOf(filing, submitter(world)), { ...words, granted: true }).then(
        () => "granted",
        (error: TransitionRefused) => error.refusal,
      );
    const approve = () => hear(shared, filing, "approved");
    const [heard, granted] =
      first === "bureau"
        ? await Promise.all([approve(), grant()])
        : (await Promise.all([grant(), approve()])).toReversed();
    const { state } = await now(world, filing);
    const ends: Record<string, string[]> = {
      approved: ["applied", "wrong_state"],
      cancelled: ["parked", "granted"],
    };
    assert.equal([heard, granted], ends[state], state);
  }
  await other.db.end();
});

test("is asked back once by a double click, and by nobody but its owner", async (shared) => {
  const { world } = shared;
  const filing = await sent(shared);
  const request = requestOf(filing, owner(world));
  await Promise.all([askRecall(world.store, request, "写错了"), askRecall(world.store, request, "写错了")]);
  const events = await eventsOf(world.db, filing.id);
  assert.is(events.filter(({ action }) => action === "ask-recall").length, 1);
  const another = await sent(shared);
  for (const actor of [staffNamed(world.people, "李四"), { kind: "system" as const }])
    assert.is(await refused(act(world.store, another, "ask-recall", actor)), "wrong_actor");
  assert.is(
    await refused(
      answerRecall(world.store, requestOf(filing, staffNamed(world.people, "李四")), {
        ...words,
        granted: true,
      }),
    ),
    "wrong_actor",
  );
});

test.run();
