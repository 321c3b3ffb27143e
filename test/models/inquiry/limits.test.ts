import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import {
  answerInquiry,
  askRegistrant,
  closeInquiry,
  takeInquiryOn,
} from "../../../src/models/inquiry/answer.ts";
import { theirData } from "../../../src/models/inquiry/data.ts";
import { eventsOf, findInquiry, recordAsked } from "../../../src/models/inquiry/rows.ts";
import {
  claimAnswer,
  inquiriesToSend,
  putBackAlone,
  settleInquiry,
} from "../../../src/models/inquiry/send.ts";
import { askedRecord, downloaded, inquiryXml, recorded } from "../../support/bureau-tasks.ts";
import { staffNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

type Shared = { bench: TaskBench; bureauId: number };
const test = suite<Shared>("an inquiry that is not in the right hands or state");
test.before(async (shared) => {
  shared.bench = await taskBench();
  shared.bureauId = await addBureau(shared.bench.store, shared.bench.people.isps.first);
});
test.after(({ bench }) => bench.close());

const sun = ({ bench }: Shared) => staffNamed(bench.people, "孙七");

/** A new task, how it stands, and an answer to it. */
async function task(shared: Shared) {
  const { store, people } = shared.bench;
  const on = await recorded(store, people, shared.bureauId);
  await downloaded(store, shared.bureauId, inquiryXml(askedRecord(on)));
  const [row] = await store.db<{ id: number }[]>`select max(id) as id from inquiries`;
  const id = row?.id ?? 0;
  const now = () => findInquiry(store, sun(shared), id);
  const answer = async () => {
    const said = { correct: true, checkedBy: "孙七", checkedOn: "2026-11-20", opinion: 1, faults: "" };
    const reply = { ...said, source: "theirs" as const, ...theirData(recordAsked(store, await now())) };
    return answerInquiry(store, sun(shared), id, { reply, requestId: newId() });
  };
  const actions = async () => (await eventsOf(store.db, await now())).map(({ action }) => action);
  return { id, on, now, answer, actions };
}

const toSend = async ({ bench, bureauId }: Shared, id: number) =>
  (await inquiriesToSend(bench.db, bureauId, { limit: 50, passed: [] })).find((row) => row.id === id);

test("is sent with the answer that it has now, and not while it is on its way", async (shared) => {
  const { db, people } = shared.bench;
  const { id, answer } = await task(shared);
  await answer();
  const first = await toSend(shared, id);
  assert.ok(first && (await claimAnswer(db, first)));
  await db`update inquiries set state = 'open' where id = ${id}`;
  assert.not.ok(await claimAnswer(db, first));
  await answer();
  assert.not.ok(await claimAnswer(db, first), "it was answered anew");
  const second = await toSend(shared, id);
  assert.ok(second && (await claimAnswer(db, second)));
  const of = { ispId: people.isps.first, bureauId: shared.bureauId };
  const file = { fileName: "f.xml", file: "f", dataKey: Buffer.from(""), contentHash: "", bytes: 1 };
  const [sending] = await db<{ id: number }[]>`
    insert into bureau_packages ${db({ ...of, ...file, sequence: 1, state: "prepared" })} returning id`;
  const request = { packageId: sending?.id ?? 0, position: 1, kind: "inquiry", inquiryId: id, operation: 0 };
  await db`
    insert into bureau_requests ${db({ ...of, ...request, about: [], subject: null, hasPassword: false, state: "open" })}`;
  assert.is(await toSend(shared, id), undefined);
  assert.not.ok(await claimAnswer(db, second));
});

test("is neither settled nor put back while staff have it", async (shared) => {
  const { store, db } = shared.bench;
  const { id, now, actions } = await task(shared);
  await settleInquiry(db, id, 1);
  await putBackAlone(store, { id, problem: "5001 f.xml", cause: "1" });
  const { state, problem } = await now();
  assert.equal([state, problem], ["open", null]);
  assert.equal(await actions(), ["asked"]);
});

test("is closed by nobody else while somebody holds it", async (shared) => {
  const { store, people } = shared.bench;
  const { id, now } = await task(shared);
  await takeInquiryOn(store, sun(shared), id);
  assert.not.ok(await closeInquiry(store, staffNamed(people, "吴九"), id, "已电话答复"));
  assert.is((await now()).state, "open");
});

test("asks the registrant no second time by one form, and nobody once it is answered or the record is over", async (shared) => {
  const { store, db } = shared.bench;
  const { id, on, answer, actions } = await task(shared);
  const ask = (requestId = newId()) => askRegistrant(store, sun(shared), id, { words: "请核对", requestId });
  const requestId = newId();
  assert.equal([await ask(requestId), await ask(requestId)], [true, true]);
  assert.equal(await actions(), ["asked", "registrant-asked"]);
  await db`update subjects set cancelled_at = now() where id = ${on.subject}`;
  assert.not.ok(await ask());
  await db`update subjects set cancelled_at = null where id = ${on.subject}`;
  await answer();
  assert.not.ok(await ask());
});

test.run();
