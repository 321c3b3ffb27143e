import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { claimNext } from "../../../src/models/filing/claim-next.ts";
import { testWorld, type World } from "../../support/app.ts";
import { again, drafted, pageOf, send, submitted } from "../../support/console.ts";
import { bringTo, staffNamed } from "../../support/filings.ts";

const test = suite("claiming on the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());
test.before.each(async () => {
  await world.db`update filings set state = 'closed', claimed_by = null, claimed_until = null`;
});

test("gives a filing to the first of two reviewers and says so to the second", async () => {
  const filing = await submitted(world);
  const [first, second] = [await world.signInAs("李四"), await world.signInAs("吴九")];
  const taken = await send(first, pageOf(filing, "claim"));
  assert.is(taken.status, 303);
  const late = await send(second, pageOf(filing, "claim"));
  assert.is(late.status, 409);
  assert.match(late.text, "正由另一位审核员办理");
  assert.match(late.text, "李四正在办理");
  assert.is((await again(world, filing)).claimedBy, world.people.staff.李四.id);
});

test("takes the most urgent filing next and opens it", async () => {
  const [later, urgent] = [await submitted(world), await submitted(world)];
  await world.db`update filings set due_at = now() + interval '5 hours' where id = ${later.id}`;
  await world.db`update filings set due_at = now() - interval '1 hour' where id = ${urgent.id}`;
  const browser = await world.signInAs("李四");
  const answer = await send(browser, "/console/queue/next", { stage: "initial" });
  assert.is(answer.location, `${pageOf(urgent)}?queue=initial`);
});

test("gives each of several who ask at once another filing", async () => {
  const filings = [await submitted(world), await submitted(world), await submitted(world)];
  const actors = [staffNamed(world.people, "李四"), staffNamed(world.people, "吴九")];
  const taken = await Promise.all(
    actors.map((actor) =>
      claimNext(world.store, actor, { queue: "initial", filter: {}, requestId: newId() }),
    ),
  );
  const numbers = taken.map((one) => one?.number);
  assert.is(new Set(numbers).size, 2);
  assert.ok(numbers.every((number) => filings.some((filing) => filing.number === number)));
});

test("takes one filing for a double click", async () => {
  await Promise.all([submitted(world), submitted(world)]);
  const actor = staffNamed(world.people, "李四");
  const asked = { queue: "initial" as const, filter: {}, requestId: newId() };
  const [one, two] = await Promise.all([
    claimNext(world.store, actor, asked),
    claimNext(world.store, actor, asked),
  ]);
  assert.is(one?.number, two?.number);
  const [row] = await world.db<{ count: number }[]>`
    select count(*) from filings where claimed_by = ${actor.staffId} and claimed_until > now()`;
  assert.is(row?.count, 1);
});

test("says when nothing is left to take", async () => {
  const browser = await world.signInAs("李四");
  const answer = await send(browser, "/console/queue/next", { stage: "initial" });
  assert.is(answer.location, "/console/queue?stage=initial&empty=1");
  assert.match((await browser.follow(answer)).text, "没有未领取的备案单了");
});

test("leaves to others what four eyes forbid", async () => {
  const own = await bringTo(world.store, world.people, await drafted(world), "verification");
  const other = await bringTo(world.store, world.people, await drafted(world), "verification");
  const verifier = staffNamed(world.people, "赵六");
  await world.db`update filings set initial_reviewer_id = ${verifier.staffId}, due_at = now() where id = ${own.id}`;
  await world.db`update filings set due_at = now() + interval '1 day' where id = ${other.id}`;
  const next = await claimNext(world.store, verifier, {
    queue: "verification",
    filter: {},
    requestId: newId(),
  });
  assert.is(next?.number, other.number);
});

test("lasts anew when its holder opens the filing, and never for another", async () => {
  const filing = await submitted(world);
  const browser = await world.signInAs("李四");
  await send(browser, pageOf(filing, "claim"));
  await world.db`update filings set claimed_until = now() + interval '1 minute' where id = ${filing.id}`;
  await (await world.signInAs("吴九")).get(pageOf(filing));
  const before = (await again(world, filing)).claimedUntil ?? new Date(0);
  assert.ok(before.getTime() - Date.now() < 61_000);
  await browser.get(pageOf(filing));
  const after = (await again(world, filing)).claimedUntil ?? new Date(0);
  assert.ok(after.getTime() - Date.now() > 20 * 60_000);
});

test("ends when its holder puts the filing back", async () => {
  const filing = await submitted(world);
  const browser = await world.signInAs("李四");
  await send(browser, pageOf(filing, "claim"));
  const back = await send(browser, pageOf(filing, "release"), { back: "/console/queue?stage=mine" });
  assert.is(back.location, "/console/queue?stage=mine");
  assert.is((await again(world, filing)).claimedBy, null);
});

test("is handed over by a supervisor alone, and only to a colleague", async () => {
  const filing = await submitted(world);
  const to = (who: "李四" | "冯二" | "周八") => ({ staff: String(world.people.staff[who].id) });
  const supervisor = await world.signInAs("吴九");
  assert.is((await send(await world.signInAs("赵六"), pageOf(filing, "handover"), to("李四"))).status, 403);
  assert.is((await send(supervisor, pageOf(filing, "handover"), to("冯二"))).status, 404);
  assert.is((await send(supervisor, pageOf(filing, "handover"), to("周八"))).status, 404);
  assert.is((await send(supervisor, pageOf(filing, "handover"), to("李四"))).status, 303);
  assert.is((await again(world, filing)).claimedBy, world.people.staff.李四.id);
});

test("is nothing for staff of another provider", async () => {
  const filing = await submitted(world);
  const answer = await send(await world.signInAs("冯二"), pageOf(filing, "claim"));
  assert.is(answer.status, 404);
});

test.run();
