import type { IncomingMessage } from "node:http";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createHookGateway, type HookGateway } from "../../../src/gateways/hooks/index.ts";
import { signature } from "../../../src/gateways/signed-post.ts";
import { openCut } from "../../../src/models/cut/open.ts";
import { findCut } from "../../../src/models/cut/rows.ts";
import { NotFound } from "../../../src/models/errors.ts";
import { deliveriesOfCut, sendAgain } from "../../../src/models/hook/deliveries.ts";
import { removeHook, setHook } from "../../../src/models/hook/hook.ts";
import { createStaff } from "../../../src/models/staff/staff.ts";
import { inTransaction } from "../../../src/models/store.ts";
import { sendHook } from "../../../worker/tasks/send-hook.ts";
import { testWorld, type World } from "../../support/app.ts";
import { staffNamed } from "../../support/filings.ts";
import { password } from "../../support/people.ts";
import { hookServer } from "../../support/products.ts";

const test = suite<{ world: World }>("an event for the provider's system");
let closeServer: () => Promise<void> = async () => undefined;
test.before(async (shared) => {
  shared.world = await testWorld();
});
test.after.each(async ({ world: { db } }) => {
  await closeServer();
  await db`delete from hook_deliveries`;
  await db`delete from cuts`;
  await db`delete from notices`;
  await db`select graphile_worker.remove_job(key) from graphile_worker.jobs where task_identifier = 'send-hook'`;
});
test.after(({ world }) => world.close());

const sun = ({ people }: World) => staffNamed(people, "孙七");
type Reply = { status: number; text?: string; signed?: boolean; location?: string };

/** A provider's system that answers so, with what it was sent; a task is open and its event waits. */
async function scene({ store, people }: World, replies: Reply[]) {
  const seen: { headers: IncomingMessage["headers"]; body: string }[] = [];
  let secret = "";
  const server = await hookServer((body, { headers }, response) => {
    seen.push({ headers, body });
    const { status, text = "", signed = true, location } = replies.shift() ?? { status: 200 };
    const stamp = String(headers["x-timestamp"]);
    const own = signature(signed ? secret : "another", stamp, String(headers["x-event-id"]), text);
    response.writeHead(status, { "x-signature": own, ...(location && { location }) }).end(text);
  });
  closeServer = server.close;
  secret = await setHook(store, people.isps.first, { url: server.url, events: ["access.cut"] });
  const cutId = await inTransaction(store, (inside) =>
    openCut(inside, {
      ...{ ispId: people.isps.first, cause: "illegal_access", reference: "illegal-access:1" },
      ...{ domains: ["shili.example.cn"], ips: ["203.0.113.7"] },
    }),
  );
  const now = async () => {
    const [row] = await deliveriesOfCut(store.db, sun({ people } as World), cutId ?? 0);
    if (!row) throw new Error("no delivery");
    return row;
  };
  const run = async (hooks: HookGateway = createHookGateway()) => {
    const steps: string[] = [];
    const helpers = { progress: (step: string) => steps.push(step), attempt: 1, signal: undefined };
    await sendHook({ ...store, hooks })({ deliveryId: (await now()).id }, helpers as never);
    return steps.at(-1);
  };
  const cut = () => findCut(store, sun({ people } as World), cutId ?? 0);
  return { seen, now, run, cut, secret: () => secret };
}

const waiting = async ({ db }: World) =>
  (
    await db<{ minutes: number }[]>`
      select round(extract(epoch from run_at - now()) / 60)::int as minutes from graphile_worker.jobs
      where task_identifier = 'send-hook'`
  ).map(({ minutes }) => minutes);

test("is signed, carries its id, and leaves the task to a person when it is taken", async ({ world }) => {
  const { seen, now, run, cut, secret } = await scene(world, [{ status: 204 }]);
  await run();
  const [sent] = seen;
  const delivery = await now();
  assert.is(sent?.headers["x-event-id"], delivery.eventId);
  const stamp = String(sent?.headers["x-timestamp"]);
  assert.is(sent?.headers["x-signature"], signature(secret(), stamp, sent?.body ?? ""));
  const { id, event, domains } = JSON.parse(sent?.body ?? "{}");
  assert.equal([id, event, domains], [delivery.eventId, "access.cut", ["shili.example.cn"]]);
  assert.equal([delivery.state, delivery.lastCode, (await cut()).state], ["delivered", 204, "open"]);
  assert.is(await run(), "nothing to send");
});

test("closes the task when the answer says, signed, that it is done", async ({ world }) => {
  const { run, cut } = await scene(world, [{ status: 200, text: '{"done":true}' }]);
  await run();
  const closed = await cut();
  assert.equal([closed.state, closed.closedBy], ["done", null]);
});

for (const [what, reply] of [
  ["somebody else signed", { status: 200, text: '{"done":true}', signed: false }],
  ["is not a plain true", { status: 200, text: '{"done":"true"}' }],
  ["is no JSON", { status: 200, text: "done" }],
  ["is JSON of nothing", { status: 200, text: "null" }],
] as const)
  test(`is delivered, but closes nothing, when the answer ${what}`, async ({ world }) => {
    const { now, run, cut } = await scene(world, [reply]);
    await run();
    assert.equal([(await now()).state, (await cut()).state], ["delivered", "open"]);
  });

for (const [what, reply, code] of [
  ["an error", { status: 500, text: '{"done":true}' }, 500],
  ["a redirection, which is not followed", { status: 302, location: "/elsewhere" }, 302],
  ["more than is read", { status: 200, text: "x".repeat(20_000) }, null],
] as const)
  test(`is tried again after ${what}`, async ({ world }) => {
    const { seen, now, run, cut } = await scene(world, [reply, { status: 200 }]);
    await run();
    const first = await now();
    assert.equal([first.state, first.lastCode, (await cut()).state], ["queued", code, "open"]);
    assert.equal(await waiting(world), [1]);
    await run();
    assert.is(seen.length, 2);
    assert.is(seen[0]?.body, seen[1]?.body);
    assert.is((await now()).state, "delivered");
  });

test("is given up after a day of growing pauses, and staff are told once", async ({ world }) => {
  const { now, run } = await scene(world, Array(12).fill({ status: 503 }));
  const person = { ispId: world.people.isps.first, password, roles: ["administrator"] as const };
  await createStaff(world.store, {
    ...person,
    ...{ userName: "admin2", name: "郑二", email: "admin2@example.cn" },
  });
  const pauses: number[] = [];
  for (let tries = 0; tries < 9; tries++) {
    await run();
    pauses.push(...(await waiting(world)));
  }
  assert.equal(
    pauses,
    [...pauses].sort((a, b) => a - b),
  );
  const hours = pauses.reduce((sum, minutes) => sum + minutes, 0) / 60;
  assert.ok(hours > 23 && hours <= 24, String(hours));
  await run();
  assert.equal([(await now()).state, (await now()).tries], ["failed", 10]);
  assert.is(await run(), "nothing to send");
  const told = await world.db`select 1 from notices where template = 'hook-failed'`;
  assert.is(told.length, 1);
});

test("is sent again by a person under the same id, for a day anew", async ({ world }) => {
  const { seen, now, run } = await scene(world, [{ status: 503 }, { status: 503 }]);
  await run();
  await world.db`update hook_deliveries set state = 'failed', settled_at = now(), round = 10`;
  const { id, eventId } = await now();
  await sendAgain(world.store, sun(world), id);
  assert.equal(await waiting(world), [0]);
  await run();
  assert.equal(await waiting(world), [1]);
  await run();
  assert.equal([(await now()).state, (await now()).eventId], ["delivered", eventId]);
  assert.is(new Set(seen.map(({ headers }) => headers["x-event-id"])).size, 1);
  const stranger = { ...staffNamed(world.people, "冯二"), roles: ["supervisor"] as const };
  const refused = await sendAgain(world.store, stranger, id).catch((error) => error);
  assert.instance(refused, NotFound);
});

test("reaches the other side twice under one id when the worker dies before it writes the answer down", async ({
  world,
}) => {
  const { seen, now, run, cut } = await scene(world, [
    { status: 200, text: '{"done":true}' },
    { status: 200, text: '{"done":true}' },
  ]);
  const real = createHookGateway();
  const dies: HookGateway = {
    deliver: async (target, message) => {
      await real.deliver(target, message);
      throw new Error("killed");
    },
  };
  await run(dies).catch(({ message }) => assert.is(message, "killed"));
  assert.equal([(await now()).state, (await cut()).state], ["queued", "open"]);
  await run();
  assert.equal([(await now()).state, (await cut()).state], ["delivered", "done"]);
  assert.is(new Set(seen.map(({ headers }) => headers["x-event-id"])).size, 1);
  assert.equal([seen.length, seen[0]?.body], [2, seen[1]?.body]);
});

test("ends delivered, whichever of two tries at once was answered well", async ({ world }) => {
  const { seen, now, run } = await scene(world, []);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    letGo = () => done();
  });
  const slow: HookGateway = {
    deliver: async () => {
      await held;
      return { status: 500, done: false };
    },
  };
  const first = run(slow);
  while ((await now()).tries === 0) await new Promise((done) => setTimeout(done, 10));
  await run();
  letGo();
  await first;
  assert.equal([(await now()).state, seen.length], ["delivered", 1]);
  assert.equal(await waiting(world), [0], "the first try asks for no further one");
});

test("sent again by a person while a try hangs, does not wait for the pause of that try", async ({
  world,
}) => {
  const { now, run } = await scene(world, []);
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    letGo = () => done();
  });
  const slow: HookGateway = {
    deliver: async () => {
      await held;
      return { status: 500, done: false };
    },
  };
  const first = run(slow);
  while ((await now()).tries === 0) await new Promise((done) => setTimeout(done, 10));
  await sendAgain(world.store, sun(world), (await now()).id);
  letGo();
  await first;
  assert.equal(await waiting(world), [0]);
});

test("is given up with the hook that was taken away", async ({ world }) => {
  const { seen, now, run } = await scene(world, []);
  await removeHook(world.store, world.people.isps.first);
  assert.is(await run(), "nothing to send");
  assert.equal([(await now()).state, seen.length], ["failed", 0]);
});

test.run();
