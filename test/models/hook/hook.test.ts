import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closeByHook, closeCut } from "../../../src/models/cut/close.ts";
import { openCut } from "../../../src/models/cut/open.ts";
import { findCut } from "../../../src/models/cut/rows.ts";
import { deliveriesOf } from "../../../src/models/hook/deliveries.ts";
import { hookTarget, maybeHook, removeHook, setHook } from "../../../src/models/hook/hook.ts";
import { queueEvent } from "../../../src/models/hook/queue.ts";
import { beginDelivery } from "../../../src/models/hook/sending.ts";
import type { HookEvent } from "../../../src/vocabulary/hook-events.ts";
import { staffNamed } from "../../support/filings.ts";
import { type TaskBench, taskBench } from "../../support/task-bench.ts";

const test = suite<{ bench: TaskBench }>("the hook of a provider");
test.before(async (shared) => {
  shared.bench = await taskBench();
});
test.after.each(async ({ bench: { store } }) => {
  for (const table of ["hook_deliveries", "isp_hooks", "cuts"])
    await store.db`delete from ${store.db(table)}`;
});
test.after(({ bench }) => bench.close());

const url = "https://crm.example.cn/events";
const event = (ispId: number, name: HookEvent, cause: string) => ({
  ...{ ispId, event: name, cause, payload: { domain: "shili.example.cn" } },
});
const told = async ({ store }: TaskBench, ispId: number) =>
  (await deliveriesOf(store.db, { ispId })).map(({ event: name, state }) => `${name} ${state}`);

test("is told of the events that it wants, each cause once, and nobody else's hook is", async ({ bench }) => {
  const { store, people } = bench;
  const { first, second } = people.isps;
  await setHook(store, first, { url, events: ["access.cut"] });
  await setHook(store, second, { url, events: ["access.cut", "record.cancelled"] });
  assert.type(await queueEvent(store, event(first, "access.cut", "cut:1")), "number");
  assert.is(await queueEvent(store, event(first, "access.cut", "cut:1")), undefined);
  assert.is(await queueEvent(store, event(first, "record.cancelled", "answer:1:0")), undefined);
  assert.equal([await told(bench, first), await told(bench, second)], [["access.cut queued"], []]);
});

test("is taken away with what waits for it, and no other provider's is", async ({ bench }) => {
  const { store, people } = bench;
  for (const ispId of Object.values(people.isps)) {
    await setHook(store, ispId, { url, events: ["access.cut"] });
    await queueEvent(store, event(ispId, "access.cut", "cut:1"));
  }
  const { first, second } = people.isps;
  assert.ok(await removeHook(store, first));
  assert.not.ok(await removeHook(store, first));
  assert.is(await maybeHook(store, first), undefined);
  assert.is((await maybeHook(store, second))?.url, url);
  assert.equal(
    [await told(bench, first), await told(bench, second)],
    [["access.cut failed"], ["access.cut queued"]],
  );
});

test("has a secret that lies sealed, for its provider alone, and is a new one when it is set again", async ({
  bench: { store, people },
}) => {
  const { first, second } = people.isps;
  const secret = await setHook(store, first, { url, events: ["access.cut"] });
  assert.is((await hookTarget(store, first))?.secret, secret);
  const [row] = await store.db<{ sealed: Buffer }[]>`select secret_sealed as sealed from isp_hooks`;
  assert.not.ok(row?.sealed.includes(secret));
  await store.db`update isp_hooks set isp_id = ${second}`;
  assert.is(await hookTarget(store, second).catch(() => "no key fits"), "no key fits");
  await store.db`update isp_hooks set isp_id = ${first}`;
  assert.is.not(await setHook(store, first, { url, events: ["access.cut"] }), secret);
});

test("sends nothing that was settled", async ({ bench: { store, people } }) => {
  await setHook(store, people.isps.first, { url, events: ["access.cut"] });
  const id = (await queueEvent(store, event(people.isps.first, "access.cut", "cut:1"))) ?? 0;
  assert.ok(await beginDelivery(store, id));
  await store.db`update hook_deliveries set state = 'delivered', settled_at = now()`;
  assert.is(await beginDelivery(store, id), undefined);
});

test("changes nothing about a task that staff closed", async ({ bench: { store, people } }) => {
  const sun = staffNamed(people, "孙七");
  const about = { ispId: people.isps.first, cause: "bureau", reference: "answer:1:0" } as const;
  const id = (await openCut(store, { ...about, domains: ["shili.example.cn"], ips: [] })) ?? 0;
  await closeCut(store, sun, id, { state: "not_needed", note: "已迁走" });
  await closeByHook(store, id);
  const { state, closedBy } = await findCut(store, sun, id);
  assert.equal([state, closedBy], ["not_needed", "孙七"]);
});

test.run();
