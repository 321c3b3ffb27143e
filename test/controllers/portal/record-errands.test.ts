import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { keptPassword, passwordHash } from "../../../src/models/filing/icp-password.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import type { RecordTree } from "../../../src/models/record/tree.ts";
import { type Answer, type Browser, testWorld, type World } from "../../support/app.ts";
import { words } from "../../support/console.ts";
import { act, registrantNamed } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { beginFiling, fillIn, recordOf } from "../../support/kinds.ts";

type Context = { world: World; record: RecordTree; zhang: Browser; base: string };

const test = suite<Context>("changing and cancelling what is on record");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhang = await context.world.signInAs("张三");
});
test.before.each(async (context) => {
  context.record = await recordOf(context.world);
  context.base = `/records/${context.record.id}`;
});
test.after(({ world }) => world.close());

const owner = ({ people }: World) => registrantNamed(people, "张三");

const begun = ({ db }: World, { location }: Answer): Promise<Filing> =>
  findFiling(db, location?.split("/").at(-1) ?? "", { kind: "system" });

/** A second access beside the first, as if it had been filed. */
async function addAccess({ db }: World, record: RecordTree): Promise<number> {
  const site = record.websites[0]?.id ?? 0;
  const [row] = await db<{ id: number }[]>`
    insert into accesses (id, isp_id, filing_id, website_id, values)
    select nextval('object_ids'), isp_id, filing_id, website_id, values from accesses where website_id = ${site} limit 1
    returning id`;
  return row?.id ?? 0;
}

test("a change of one of the four begins a filing of that scope, with the filing password as its hash", async ({
  world,
  record,
  zhang,
  base,
}) => {
  const website = record.websites[0]?.id ?? 0;
  const { text } = await zhang.get(`${base}/change`);
  for (const choice of [`subject.${record.id}`, `website.${website}`, "add"])
    assert.ok(text.includes(`value="${choice}"`));
  const fields = { ...formOf(text, `${base}/change`), what: `website.${website}`, icpPassword: "Example1" };
  const answer = await zhang.post(`${base}/change`, fields);
  assert.is(answer.status, 303);
  const filing = await begun(world, answer);
  assert.equal([filing.kind, filing.scope, filing.targetId], ["change", "website", website]);
  assert.is(await keptPassword(world.store, filing), passwordHash("Example1"));
  const again = await zhang.post(`${base}/change`, fields);
  assert.is(again.location, answer.location, "the same form sent twice makes one filing");
});

test("a new website goes the way of every new filing", async ({ zhang, base }) => {
  const { location } = await zhang.post(`${base}/change`, { what: "add", requestId: newId() });
  assert.is(location, "/filings/new?kind=add");
});

test("nothing chosen, or something of another record, is no change", async ({ world, zhang, base }) => {
  const other = await recordOf(world);
  assert.is((await zhang.post(`${base}/change`, { requestId: newId() })).status, 422);
  const foreign = { what: `website.${other.websites[0]?.id}`, requestId: newId() };
  assert.is((await zhang.post(`${base}/change`, foreign)).status, 404);
  assert.is((await zhang.post(`${base}/change`, { ...foreign, icpPassword: "x".repeat(65) })).status, 422);
});

test("a subject with a filing under way says so and leads there", async ({ world, record, zhang, base }) => {
  const about = { kind: "change", subjectId: record.id, scope: "subject", targetId: record.id } as const;
  const open = await beginFiling(world, about);
  for (const noun of ["", "/change", "/cancellation", "/cancellation?of=subject"]) {
    const { text } = await zhang.get(base + noun);
    assert.match(words(text), /一件变更主体正在办理/, noun);
    assert.ok(text.includes(`href="/filings/${open.number}"`), noun);
  }
  const sent = await zhang.post(`${base}/change`, { what: `subject.${record.id}`, requestId: newId() });
  assert.is(sent.status, 409);
  assert.ok(sent.text.includes(open.number));
});

test("a cancellation shows everything that goes with it before it is confirmed", async ({
  world,
  record,
  zhang,
  base,
}) => {
  await addAccess(world, record);
  const { text } = await zhang.get(`${base}/cancellation?of=subject`);
  assert.match(words(text), /和下面1个网站、2个接入一起注销/);
  assert.ok(text.includes(String(record.websites[0]?.values.number)));
  const fields = formOf(text, `${base}/cancellation`);
  const unsure = await zhang.post(`${base}/cancellation`, fields);
  assert.is(unsure.status, 422);
  assert.match(unsure.text, /请确认已看过/);
  const answer = await zhang.post(`${base}/cancellation`, { ...fields, confirmed: "1" });
  assert.is(answer.status, 303);
  const filing = await begun(world, answer);
  assert.equal([filing.kind, filing.scope], ["cancel", "subject"]);
  assert.is(await keptPassword(world.store, filing), undefined);
});

test("the last access of a website cannot be cancelled alone; the website is offered instead", async ({
  world,
  record,
  zhang,
  base,
}) => {
  const site = record.websites[0];
  const access = site?.accesses[0]?.id ?? 0;
  const { text } = await zhang.get(`${base}/cancellation?of=access&target=${access}`);
  assert.match(text, /唯一的接入，不能单独取消/);
  assert.ok(text.includes(`of=website&amp;target=${site?.id}`) && !text.includes('name="confirmed"'));
  const forged = { what: `access.${access}`, confirmed: "1", requestId: newId() };
  assert.is((await zhang.post(`${base}/cancellation`, forged)).status, 422);
  await addAccess(world, record);
  const answer = await zhang.post(`${base}/cancellation`, { ...forged, requestId: newId() });
  assert.is((await begun(world, answer)).scope, "access");
});

test("what is cancelled can be neither changed nor cancelled again", async ({
  world,
  record,
  zhang,
  base,
}) => {
  await world.db`update subjects set cancelled_at = now() where id = ${record.id}`;
  assert.match((await zhang.get(base)).text, /已注销/);
  assert.not.match((await zhang.get(base)).text, /变更备案<\/a>/);
  for (const noun of ["/change", "/cancellation"]) assert.is((await zhang.get(base + noun)).status, 404);
});

test("the home page leads to both, and choosing a record goes on with the errand", async ({
  zhang,
  base,
}) => {
  const { text } = await zhang.get("/");
  assert.ok(text.includes('href="/records?for=change"') && text.includes('href="/records?for=cancellation"'));
  assert.ok((await zhang.get("/records?for=change")).text.includes(`href="${base}/change"`));
  assert.ok((await zhang.get("/records?for=cancellation")).text.includes(`href="${base}/cancellation"`));
  const sent = await zhang.post("/records?for=change", { number: "浙ICP备99999999号" });
  assert.match(sent.location ?? "", /for=change/);
  assert.is((await zhang.get("/records?for=constructor")).status, 200);
});

test("the history of a record tells its filings and what a change altered", async ({
  world,
  record,
  zhang,
  base,
}) => {
  const about = { kind: "change", subjectId: record.id, scope: "subject", targetId: record.id } as const;
  const filing = await fillIn(world, await beginFiling(world, about), { mobile: "13900008765" });
  await world.db`update filings set state = 'numbered' where id = ${filing.id}`;
  const { text } = await zhang.get(`${base}/history`);
  assert.match(words(text), /变更主体/);
  assert.match(words(text), /138\*\*\*\*5678 → 139\*\*\*\*8765/);
  assert.not.match(text, /13900008765/);
  assert.match(words(text), /您新建备案单/);
});

test("an abandoned filing frees the record", async ({ world, record, zhang, base }) => {
  const about = { kind: "change", subjectId: record.id, scope: "subject", targetId: record.id } as const;
  await act(world.store, await beginFiling(world, about), "cancel", owner(world));
  assert.match((await zhang.get(`${base}/change`)).text, /开始变更/);
});

test.run();
