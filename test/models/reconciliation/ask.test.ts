import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createBureauLookups, LookupFailed } from "../../../src/gateways/bureau/index.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { type Asked, type Asking, askBureau } from "../../../src/models/reconciliation/ask.ts";
import { decideDifferences } from "../../../src/models/reconciliation/decide.ts";
import { fileAtBureau } from "../../support/asked.ts";
import { type BureauBench, startBureauBench } from "../../support/bureau.ts";
import { copyOf, copyXml, ourRecord, recorded, takeCopy } from "../../support/copies.ts";
import { staffNamed } from "../../support/filings.ts";
import { fakeLookups } from "../../support/lookups.ts";

type Context = { bench: BureauBench };

const test = suite<Context>("questions to the bureau for each website of ours");
test.before(async (context) => {
  context.bench = await startBureauBench();
});
test.after(({ bench }) => bench.close());
// Every test has its own websites.
test.before.each(async ({ bench: { store } }) => {
  await store.db`update websites set cancelled_at = now() where cancelled_at is null`;
  await store.db`update reconciliations set state = 'closed', closed_at = now() where state = 'collecting'`;
});

const lookups = createBureauLookups();

const ask = async (
  { bench: { store, bureauId } }: Context,
  asking: Asking = {},
  as: Pick<typeof lookups, "queryBeianStatus"> = lookups,
): Promise<Asked> => askBureau(store, as, await findBureau(store.db, bureauId), { pauseMs: 0, ...asking });

/** Records of ours, the first so many of which the bureau has too. */
async function records({ bench }: Context, count: number, filed = count): Promise<number[]> {
  const ids: number[] = [];
  for (let n = 0; n < count; n++) {
    const id = await recorded(bench.store, bench.people, bench.bureauId);
    if (n < filed) await fileAtBureau(bench, id);
    ids.push(id);
  }
  return ids;
}

const open = async ({ bench: { store } }: Context, subjectId: number) => [
  ...(await store.db<{ id: number; kind: string; place: string }[]>`
    select id, kind, place from record_differences
    where subject_id = ${subjectId} and state = 'open' order by id`),
];

const rounds = async ({ bench: { store } }: Context) => {
  const [row] = await store.db<{ state: string; same: number; differing: number; onlyHere: number }[]>`
    select state, same, differing, only_here from reconciliations where source = 'lookup' order by id desc limit 1`;
  return row;
};

const none = { unanswered: 0, left: 0, stopped: null };

test("find what is not filed there, and say nothing of what is", async (context) => {
  const [filed = 0, lost = 0] = await records(context, 2, 1);
  assert.equal(await ask(context), { asked: 2, same: 1, differing: 0, notFiled: 1, ...none });
  assert.equal(await open(context, filed), []);
  assert.equal(
    (await open(context, lost)).map(({ kind, place }) => [kind, place]),
    [["only_here", "filed"]],
  );
  assert.equal(await rounds(context), { state: "compared", same: 1, differing: 1, onlyHere: 1 });
});

test("find another number and another subject", async (context) => {
  const [one = 0, other = 0] = await records(context, 2, 0);
  const { number } = await ourRecord(context.bench.store, context.bench.people.isps.first, one);
  await fileAtBureau(context.bench, one, { number: "浙ICP备20770001号" });
  await fileAtBureau(context.bench, other, {});
  await context.bench.store
    .db`update websites set number = number || '9' where subject_id = ${other} and cancelled_at is null`;
  assert.equal(await ask(context), { asked: 2, same: 0, differing: 2, notFiled: 0, ...none });
  const places = async (id: number) => (await open(context, id)).map(({ kind, place }) => [kind, place]);
  assert.equal([await places(one), await places(other)], [[["differs", "holder"]], [["differs", "number"]]]);
  const ids = [...(await open(context, one)), ...(await open(context, other))].map(({ id }) => id);
  const { store, people } = context.bench;
  const wanted = { ids, decision: "bureau", reason: "已与管局核对" } as const;
  const done = await decideDifferences(store, people.isps.first, staffNamed(people, "孙七"), wanted);
  assert.equal(done.map(({ outcome }) => outcome).sort(), ["done", "incomplete"]);
  const now = await ourRecord(store, people.isps.first, one);
  assert.is(now.number, number, "a number alone does not move a website");
});

test("go on where they were broken off, and begin anew once all were asked for", async (context) => {
  await records(context, 3);
  const fake = fakeLookups();
  const first = await ask(context, { limit: 1 }, fake);
  assert.equal([first.asked, first.left, first.stopped], [1, 2, null]);
  assert.is((await rounds(context))?.state, "collecting");
  fake.status = () => {
    if (fake.asked.length === 3) throw new LookupFailed("isp_querybeianstatus", "timeout");
    return { filed: true };
  };
  const second = await ask(context, {}, fake);
  assert.equal([second.asked, second.left, second.stopped], [1, 1, "timeout"]);
  const third = await ask(context);
  assert.equal([third.asked, third.left, third.stopped], [1, 0, null]);
  const domains = fake.asked.map(({ condition }) => condition);
  assert.equal([new Set(domains.slice(0, 3)).size, domains.length], [3, 3]);
  assert.is((await ask(context)).asked, 3);
});

const faults = [
  ["down", "unavailable"],
  ["busy", "15"],
  ["hours", "20"],
  ["closed", "19"],
  ["wrong_password", "5"],
] as const;
for (const [fault, stopped] of faults)
  test(`leave a bureau alone after one question (${fault}), and find nothing`, async (context) => {
    const ids = await records(context, 2, 0);
    context.bench.set({ fault });
    const done = await ask(context);
    context.bench.set({ fault: "none" });
    assert.equal(done, { asked: 0, same: 0, differing: 0, notFiled: 0, unanswered: 0, left: 2, stopped });
    for (const id of ids) assert.equal(await open(context, id), []);
  });

test("pass over a website that the bureau has no clear answer for, but not three in a row", async (context) => {
  await records(context, 4);
  const odd = fakeLookups();
  odd.status = () => {
    if (odd.asked.length === 2) throw new LookupFailed("isp_querybeianstatus", "refused", 999);
    return { filed: true };
  };
  assert.equal(await ask(context, {}, odd), {
    ...{ asked: 4, same: 3, differing: 0, notFiled: 0 },
    ...{ unanswered: 1, left: 0, stopped: null },
  });
  const mute = fakeLookups();
  mute.status = () => {
    throw new LookupFailed("isp_querybeianstatus", "unreadable");
  };
  const done = await ask(context, {}, mute);
  assert.equal([mute.asked.length, done.asked, done.left, done.stopped], [3, 0, 4, "unreadable"]);
});

test("find a website filed under any of its domains", async (context) => {
  const [id = 0] = await records(context, 1);
  const { db } = context.bench.store;
  await db`
    insert into domains (id, isp_id, website_id, domain)
    select 1, isp_id, id, 'zuerst.example.cn' from websites where subject_id = ${id}`;
  assert.is((await ask(context)).same, 1);
});

test("take back what they found, and leave what a full copy found", async (context) => {
  const { store, people, bureauId } = context.bench;
  const [id = 0] = await records(context, 1, 0);
  await ask(context);
  assert.is((await open(context, id)).length, 1);
  await store.db`
    insert into record_differences (isp_id, bureau_id, kind, subject_id, place, digest)
    values (${people.isps.first}, ${bureauId}, 'only_here', ${id}, 'state', '')`;
  await fileAtBureau(context.bench, id);
  await ask(context);
  assert.equal(
    (await open(context, id)).map(({ place }) => place),
    ["state"],
  );
});

test("are answered for good by a full copy", async (context) => {
  const { store, people, bureauId } = context.bench;
  const [id = 0] = await records(context, 1, 0);
  await ask(context);
  await takeCopy(store, bureauId, copyXml([copyOf(await ourRecord(store, people.isps.first, id))]));
  assert.equal(await open(context, id), []);
});

test("end a website where somebody decides so, with a reason", async (context) => {
  const { store, people } = context.bench;
  const [id = 0] = await records(context, 1, 0);
  await ask(context);
  const ids = (await open(context, id)).map((one) => one.id);
  const wanted = { ids, decision: "bureau", reason: "管局查不到" } as const;
  const done = await decideDifferences(store, people.isps.first, staffNamed(people, "孙七"), wanted);
  assert.equal(
    done.map(({ outcome }) => outcome),
    ["done"],
  );
  const { websites, cancelled } = await ourRecord(store, people.isps.first, id);
  assert.equal([websites[0]?.cancelled, cancelled], [true, false]);
});

test.run();
