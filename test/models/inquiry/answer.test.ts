import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect } from "../../../src/db/client.ts";
import { newId } from "../../../src/lib/ids.ts";
import {
  answerInquiry,
  askRegistrant,
  closeInquiry,
  releaseInquiry,
  takeInquiryOn,
} from "../../../src/models/inquiry/answer.ts";
import { theirData } from "../../../src/models/inquiry/data.ts";
import { openInquiries, settledInquiries } from "../../../src/models/inquiry/lists.ts";
import {
  eventsOf,
  findInquiry,
  type InquiryReply,
  recordAsked,
  replyOf,
} from "../../../src/models/inquiry/rows.ts";
import { putBackAlone, settleInquiry } from "../../../src/models/inquiry/send.ts";
import { remindInquiries } from "../../../src/models/reminder/inquiries.ts";
import { askedRecord, downloaded, inquiryXml, recorded } from "../../support/bureau-tasks.ts";
import { staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

type Shared = { bench: TaskBench; bureauId: number };
const test = suite<Shared>("an inquiry in the hands of staff");
test.before(async (shared) => {
  shared.bench = await taskBench();
  shared.bureauId = await addBureau(shared.bench.store, shared.bench.people.isps.first);
});
test.after(({ bench }) => bench.close());

const sun = ({ bench }: Shared) => staffNamed(bench.people, "孙七");
const wu = ({ bench }: Shared) => staffNamed(bench.people, "吴九");

/** A new task and an answer to it. */
async function task(shared: Shared) {
  const { store, people } = shared.bench;
  const on = await recorded(store, people, shared.bureauId);
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on)));
  const [row] = await store.db<{ id: number }[]>`select id from inquiries order by id desc limit 1`;
  const found = await findInquiry(store, sun(shared), row?.id ?? 0);
  const reply: InquiryReply = {
    ...{ correct: true, checkedBy: "孙七", checkedOn: "2026-11-20", opinion: 1, faults: "" },
    ...{ source: "theirs", ...theirData(recordAsked(store, found)) },
  };
  return { id: found.id, on, reply };
}

const now = (shared: Shared, id: number) => findInquiry(shared.bench.store, sun(shared), id);

test("is answered once by the same form, and by nobody else after that", async (shared) => {
  const { store } = shared.bench;
  const { id, reply } = await task(shared);
  const requestId = newId();
  assert.is(await answerInquiry(store, sun(shared), id, { reply, requestId }), "answered");
  assert.is(await answerInquiry(store, sun(shared), id, { reply, requestId }), "answered");
  const other = { reply: { ...reply, correct: false }, requestId: newId() };
  assert.is(await answerInquiry(store, wu(shared), id, other), "over");
  const found = await now(shared, id);
  assert.is(found.state, "to_send");
  assert.equal(replyOf(store, found), reply);
});

test("is answered by one of two who do so at once", async (shared) => {
  const { id, reply } = await task(shared);
  const second = connect(shared.bench.url, { max: 2 });
  const stores = [shared.bench.store, { db: second, vault: shared.bench.store.vault }];
  // Cold connections would come one after the other by themselves.
  await Promise.all(stores.map(({ db }) => db`select 1`));
  const done = await Promise.all(
    [sun(shared), wu(shared)].map((actor, at) =>
      answerInquiry(stores[at] ?? shared.bench.store, actor, id, { reply, requestId: newId() }),
    ),
  );
  await second.end();
  assert.equal(done.sort(), ["answered", "over"]);
  const [{ n } = { n: 0 }] = await shared.bench.store.db<{ n: number }[]>`
    select count(*) as n from inquiry_events where inquiry_id = ${id} and action = 'answered'`;
  assert.is(n, 1);
});

test("is held by whoever took it, until it is given back or the time is over", async (shared) => {
  const { store } = shared.bench;
  const { id, reply } = await task(shared);
  assert.ok(await takeInquiryOn(store, sun(shared), id));
  assert.ok(await takeInquiryOn(store, sun(shared), id), "again is no harm");
  assert.not(await takeInquiryOn(store, wu(shared), id));
  assert.is(await answerInquiry(store, wu(shared), id, { reply, requestId: newId() }), "held");
  assert.not(await closeInquiry(store, wu(shared), id, "电话答复"));
  await releaseInquiry(store, wu(shared), id);
  assert.is((await now(shared, id)).takenByName, "孙七", "nobody gives back what another holds");
  await releaseInquiry(store, sun(shared), id);
  assert.ok(await takeInquiryOn(store, wu(shared), id));
  await store.db`update inquiries set taken_until = now() - interval '1 second' where id = ${id}`;
  assert.is(await answerInquiry(store, sun(shared), id, { reply, requestId: newId() }), "answered");
  assert.not(await takeInquiryOn(store, sun(shared), id), "what is answered needs nobody");
});

test("is not there for another provider, and not for who does not report", async (shared) => {
  const { store, people } = shared.bench;
  const { id, reply } = await task(shared);
  const far = { ...sun(shared), ispId: people.isps.second };
  const attempts = [
    () => answerInquiry(store, far, id, { reply, requestId: newId() }),
    () => takeInquiryOn(store, far, id),
    () => askRegistrant(store, far, id, { words: "核对", requestId: newId() }),
    () => closeInquiry(store, far, id, "x"),
    () => answerInquiry(store, staffNamed(people, "李四"), id, { reply, requestId: newId() }),
  ];
  const names: string[] = [];
  for (const attempt of attempts)
    await attempt().then(
      () => names.push("done"),
      (error: Error) => names.push(error.name),
    );
  assert.equal(names, ["NotFound", "NotFound", "NotFound", "NotFound", "Forbidden"]);
  assert.is((await now(shared, id)).state, "open");
});

test("comes back with its reason, told once, unless the bureau has asked again since", async (shared) => {
  const { store } = shared.bench;
  const { id, on, reply } = await task(shared);
  await answerInquiry(store, sun(shared), id, { reply, requestId: newId() });
  await settleInquiry(store.db, id, 1);
  await settleInquiry(store.db, id, 1);
  assert.is((await now(shared, id)).state, "settled");
  await putBackAlone(store, { id, problem: "5001 f.xml", cause: "1" });
  await putBackAlone(store, { id, problem: "5001 f.xml", cause: "1" });
  const back = await now(shared, id);
  assert.equal([back.state, back.problem], ["open", "5001 f.xml"]);
  await answerInquiry(store, sun(shared), id, { reply, requestId: newId() });
  await settleInquiry(store.db, id, 2);
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on)));
  await putBackAlone(store, { id, problem: "5001 g.xml", cause: "2" });
  assert.is((await now(shared, id)).state, "settled", "the new task stands for it");
});

test("waits once more where the bureau asked again after the answer was sent", async (shared) => {
  const { store } = shared.bench;
  const states: string[] = [];
  for (const [sequence, sent] of [
    [9001, "1 hour"],
    [9002, "-1 hour"],
  ] as const) {
    const { id, on, reply } = await task(shared);
    await answerInquiry(store, sun(shared), id, { reply, requestId: newId() });
    await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on)));
    const [sending] = await store.db<{ id: number }[]>`
      insert into bureau_packages (isp_id, bureau_id, sequence, file_name, file, data_key, content_hash, bytes, state, sent_at)
      values (${shared.bench.people.isps.first}, ${shared.bureauId}, ${sequence}, 'f.xml', 'f', '', '', 1, 'sending',
        now() - ${sent}::interval) returning id`;
    await settleInquiry(store.db, id, sending?.id ?? 0);
    const found = await now(shared, id);
    states.push(`${found.state} ${found.settledAt === null ? "waits" : "over"}`);
    const events = await eventsOf(store.db, found);
    assert.equal(
      events.map(({ action }) => action),
      ["asked", "answered", "asked-again", "sent"],
    );
  }
  assert.equal(states, ["open waits", "settled over"], "what was asked before it was sent is answered by it");
});

test("is closed with a note where the bureau was answered in another way", async (shared) => {
  const { store } = shared.bench;
  const { id } = await task(shared);
  assert.ok(await closeInquiry(store, sun(shared), id, "11月20日电话答复浙江管局"));
  assert.not(await closeInquiry(store, sun(shared), id, "再来一次"));
  const found = await now(shared, id);
  assert.equal(replyOf(store, found), { byHand: "11月20日电话答复浙江管局" });
  assert.is(found.state, "settled");
});

test("asks the registrant once a form, and nobody where the record is in no account", async (shared) => {
  const { store } = shared.bench;
  const { id, on } = await task(shared);
  const sent = { words: "负责人电话是否还在使用", requestId: newId() };
  assert.ok(await askRegistrant(store, sun(shared), id, sent));
  assert.ok(await askRegistrant(store, sun(shared), id, sent));
  const told = await store.db<{ channel: string }[]>`
    select channel from notices where template = 'inquiry-to-registrant' order by channel`;
  assert.equal(
    told.map(({ channel }) => channel),
    ["mail", "sms"],
  );
  await store.db`update subjects set account_id = null where id = ${on.subject}`;
  assert.not(await askRegistrant(store, sun(shared), id, { ...sent, requestId: newId() }));
});

test("reminds once before it is due and once when it is overdue, and anew after a new due time", async (shared) => {
  const { store } = shared.bench;
  await store.db`update inquiries set told_soon = due_at, told_overdue = due_at where state = 'open'`;
  const { id } = await task(shared);
  const due = (interval: string) =>
    store.db`update inquiries set due_at = date_trunc('milliseconds', now() + ${interval}::interval) where id = ${id}`;
  await due("20 days");
  assert.equal(await remindInquiries(store), { soon: 0, overdue: 0 });
  await due("1 minute");
  assert.equal(await remindInquiries(store), { soon: 1, overdue: 0 });
  assert.equal(await remindInquiries(store), { soon: 0, overdue: 0 });
  await due("-1 minute");
  assert.equal(await remindInquiries(store), { soon: 0, overdue: 1 });
  assert.equal(await remindInquiries(store), { soon: 0, overdue: 0 });
  await due("2 minutes");
  assert.equal(await remindInquiries(store), { soon: 1, overdue: 0 });
  await due("-1 minute");
  await store.db`
    update inquiries set state = 'to_send', answer_sealed = ${Buffer.from("x")}, answered_by = ${sun(shared).staffId} where id = ${id}`;
  assert.equal(await remindInquiries(store), { soon: 0, overdue: 0 }, "an answer on its way needs nobody");
});

test("lists what waits by its due time, page by page, and what is settled apart", async (shared) => {
  const { store } = shared.bench;
  await task(shared);
  await task(shared);
  const all = await openInquiries(store, sun(shared), { limit: 100 });
  const due = all.map(({ dueAt }) => dueAt.getTime());
  assert.equal(
    due,
    [...due].sort((a, b) => a - b),
  );
  const seen: number[] = [];
  for (let after = undefined as { dueAt: Date; id: number } | undefined; seen.length <= all.length; ) {
    const [one] = await openInquiries(store, sun(shared), { after, limit: 1 });
    if (!one) break;
    seen.push(one.id);
    after = one;
  }
  assert.equal(
    seen,
    all.map(({ id }) => id),
  );
  assert.ok(
    (await settledInquiries(store, sun(shared), { limit: 10 })).every(({ state }) => state === "settled"),
  );
});

test.run();
