import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "../../support/app.ts";
import { looks } from "../../support/console.ts";
import { recordOf } from "../../support/kinds.ts";
import { reconciled } from "../../support/reconciled.ts";

const test = suite<{ world: World; difference: string; round: string; record: number }>(
  "对账 on the console",
);
test.before(async (context) => {
  context.world = await testWorld();
  context.record = (await recordOf(context.world)).id;
  Object.assign(context, await reconciled(context.world, context.record));
});
test.after(({ world }) => world.close());

test("shows both sides masked, and in full with a reason that is kept", async ({
  world,
  difference,
  record,
}) => {
  const browser = await world.signInAs("孙七");
  const list = await browser.get("/console/reconciliation");
  assert.is(list.status, 200);
  assert.match(list.text, /138\*\*\*\*5678[\s\S]*139\*\*\*\*9999/);
  assert.not.match(list.text, /13900009999/);
  const own = await browser.get(`/console/records/${record}`);
  assert.match(own.text, new RegExp(`/console/reconciliation/${difference}`));
  const page = await browser.get(`/console/reconciliation/${difference}`);
  assert.not.match(page.text, /13900009999/);
  const shown = await browser.post(`/console/reconciliation/${difference}/disclosures`, { why: "bureau" });
  assert.match(shown.text, /13900009999/);
  const [look] = await world.db<{ detail: { reason: string } }[]>`
    select detail from audit_log where action = 'show-difference'`;
  assert.is(look?.detail.reason, "bureau");
});

test("leaves as a table, masked, which is in the audit log as the look at a record is", async ({
  world,
  difference,
  record,
}) => {
  const browser = await world.signInAs("孙七");
  const table = await browser.post("/console/reconciliation/export", { format: "csv" });
  assert.match(table.text, /138\*\*\*\*5678,139\*\*\*\*9999/);
  assert.not.match(table.text, /13900009999/);
  assert.is((await looks(world, "export-differences")).length, 1);
  const before = (await looks(world, "open-record")).length;
  await browser.get(`/console/reconciliation/${difference}`);
  const seen = await looks(world, "open-record");
  assert.equal(
    seen.slice(before).map(({ detail }) => detail),
    [{ recordId: record, differenceId: Number(difference) }],
  );
});

test("decides after a preview only", async ({ world, difference, record }) => {
  const browser = await world.signInAs("孙七");
  await browser.get("/console/reconciliation");
  const asked = { id: difference, decision: "bureau" };
  const preview = await browser.post("/console/reconciliation/repairs", asked);
  assert.match(preview.text, /请核对以后确认/);
  const open = () =>
    world.db`select 1 from record_differences where subject_id = ${record} and state = 'open'`;
  assert.is((await open()).length, 1);
  const none = await browser.post("/console/reconciliation/repairs", { decision: "bureau" });
  assert.is(none.status, 422);
  assert.match(none.text, "请选要处理的差异");
  assert.not.match(none.text, 'name="confirmed"');
  const done = await browser.post("/console/reconciliation/repairs", { ...asked, confirmed: "1" });
  assert.match(done.text, /处理了<span class="n">1<\/span>项/);
  assert.is((await open()).length, 0);
});

test("marks nothing as cancelled without a reason", async ({ world, round }) => {
  const browser = await world.signInAs("孙七");
  const lost = await recordOf(world);
  await world.db`update subjects set numbered_at = now() - interval '1 day' where id = ${lost.id}`;
  await browser.get("/console/reconciliation");
  await browser.post(`/console/reconciliation/rounds/${round}`, { act: "complete" });
  const [ended] = await looks(world, "compare-records");
  assert.equal(ended?.detail, { reconciliationId: Number(round), act: "complete" });
  const [missing] = await world.db<{ id: number }[]>`
    select id from record_differences where subject_id = ${lost.id} and state = 'open'`;
  const repair = async (reason: string) => {
    const asked = { id: String(missing?.id), decision: "bureau", confirmed: "1", reason };
    const { status } = await browser.post("/console/reconciliation/repairs", asked);
    const [row] = await world.db<{ over: boolean }[]>`
      select cancelled_at is not null as over from subjects where id = ${lost.id}`;
    return [status, row?.over];
  };
  assert.equal(
    [await repair(" "), await repair("管局已注销")],
    [
      [422, false],
      [200, true],
    ],
  );
});

test.run();
