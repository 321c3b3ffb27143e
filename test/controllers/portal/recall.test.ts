import { suite } from "uvu";
import * as assert from "uvu/assert";
import { maybeFiling } from "../../../src/models/filing/rows.ts";
import { testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";

const test = suite<{ world: World }>("撤销申请");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

async function atBureau({ store, people, db }: World) {
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  await bringTo(store, people, filing, "ready");
  await db`update filings set state = 'at_bureau' where id = ${filing.id}`;
  return filing;
}

test("goes from the registrant's page to 上报, who writes down what the bureau said", async ({ world }) => {
  const filing = await atBureau(world);
  const [zhang, sun] = [await world.signInAs("张三"), await world.signInAs("孙七")];
  const path = `/filings/${filing.number}/recall`;
  assert.match((await zhang.get(`/filings/${filing.number}`)).text, new RegExp(`href="${path}"`));
  const asked = formOf((await zhang.get(path)).text, path);
  const hasty = await zhang.post(path, { ...asked });
  assert.is(hasty.status, 422);
  assert.match(hasty.text, /请写明为什么要撤销[\s\S]*请勾选“我确定申请撤销”/);
  assert.is((await zhang.post(path, { ...asked, why: "域名写错了", sure: "1" })).status, 303);
  assert.match((await zhang.get(`/filings/${filing.number}`)).text, /撤销申请已经转给管局/);
  assert.match((await zhang.get(path)).text, /现在是“撤销申请中”，不能申请撤销/);

  assert.match(
    (await sun.get("/console/bureau")).text,
    new RegExp(`/console/filings/${filing.number}/recall`),
  );
  const page = await sun.get(`/console${path}`);
  assert.match(page.text, /域名写错了/);
  const answer = formOf(page.text, `/console${path}`);
  assert.is((await sun.post(`/console${path}`, { ...answer })).status, 422);
  const said = { ...answer, answer: "refused", evidence: "11月20日管局电话告知", words: "已经开始审核" };
  assert.is((await sun.post(`/console${path}`, said)).status, 303);
  assert.is((await maybeFiling(world.db, filing.id))?.state, "at_bureau");
  const late = await sun.post(`/console${path}`, { ...said, requestId: crypto.randomUUID() });
  assert.is(late.status, 409);
});

test.run();
