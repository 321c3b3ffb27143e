import { suite } from "uvu";
import * as assert from "uvu/assert";
import { testWorld, type World } from "../../support/app.ts";
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

test.run();
