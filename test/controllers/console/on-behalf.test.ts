import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { freshParts } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { writtenByStaff } from "../../support/on-behalf.ts";

const test = suite<{ world: World; zhou: Browser; zhang: Browser }>("the pages of 代为备案");
test.before(async (context) => {
  context.world = await testWorld();
  context.zhou = await context.world.signInAs("周八");
  context.zhang = await context.world.signInAs("张三");
});
test.after(({ world }) => world.close());

const idOf = ({ people }: World) => people.registrants.张三.id;

test("find an account without its number or address in the address of the page", async ({ world, zhou }) => {
  await zhou.get("/console/accounts");
  const { status, location } = await zhou.post("/console/accounts", { words: "138 0000 5678" });
  assert.is(status, 303);
  assert.match(location ?? "", /^\/console\/accounts\/found\/[\w-]{36}$/);
  const found = await zhou.get(location ?? "");
  assert.match(found.text, `href="/console/accounts/${idOf(world)}"`);
  assert.not.match(found.text, "zhangsan@example.cn");
  assert.match(
    (await zhou.post("/console/accounts", { words: "" })).text,
    "请填写用户名、电子邮箱或手机号码",
  );
});

test("open a filing for the account, written by the member of staff", async ({ world, zhou }) => {
  const { certNo, domain } = freshParts();
  const root = `/console/accounts/${idOf(world)}`;
  assert.match((await zhou.get(root)).text, `href="${root}/filings/new"`);
  await zhou.get(`${root}/filings/new`);
  const form = { nature: "4", certType: "1", certNo, domain, requestId: crypto.randomUUID() };
  const { status, location, text } = await zhou.post(`${root}/filings/new`, form);
  assert.is(status, 303, text.slice(0, 3000));
  const [, number = ""] = /^\/console\/filings\/([\d-]+)\/draft\/subject$/.exec(location ?? "") ?? [];
  const [row] = await world.db`
    select account_id, author_staff_id from filings where number = ${number}`;
  assert.equal({ ...row }, { accountId: idOf(world), authorStaffId: world.people.staff.周八.id });
});

test("show every form of the filing in the frame of the console, with links that stay there", async ({
  world,
  zhou,
}) => {
  const { filing } = await writtenByStaff(world, freshParts());
  const base = `/console/filings/${filing.number}/draft`;
  for (const path of ["", "/subject", "/websites/1", "/websites/1/accesses/1", "/materials", "/check"]) {
    const { status, text } = await zhou.get(base + path);
    assert.is(status, 200, path);
    assert.match(text, "备案审核台", path);
    assert.not.match(text, /(href|action)="\/filings\//, path);
  }
});

test("save a section, hand the draft over, and take it back from its registrant", async ({
  world,
  zhou,
  zhang,
}) => {
  const { filing } = await writtenByStaff(world, freshParts());
  const base = `/console/filings/${filing.number}/draft`;
  const { text } = await zhou.get(`${base}/subject`);
  const sent = await zhou.post(`${base}/subject`, { ...formOf(text, `${base}/subject`), act: "draft" });
  assert.is(sent.location, `${base}/subject`);
  assert.is((await zhou.post(`${base}/confirmation`, {})).location, base);
  assert.match((await zhou.get(base)).text, "已交主办者确认");
  assert.is((await zhou.get(`${base}/subject`)).location, base);
  assert.is(
    (await zhou.post(`${base}/subject`, { ...formOf(text, `${base}/subject`), remark: "再改" })).status,
    409,
  );
  const portal = await zhang.get(`/filings/${filing.number}`);
  assert.match(portal.text, "现在请您确认");
  await zhang.get(`/filings/${filing.number}/draft-return`);
  const returned = await zhang.post(`/filings/${filing.number}/draft-return`, { body: "地址不对" });
  assert.is(returned.location, `/filings/${filing.number}`);
  assert.match((await zhou.get(base)).text, "地址不对");
});

test("send the filing in for its registrant", async ({ world, zhou }) => {
  const { filing } = await writtenByStaff(world, freshParts());
  const base = `/console/filings/${filing.number}/draft`;
  assert.match((await zhou.get(`${base}/check`)).text, "代为提交初审");
  assert.is((await zhou.post(`${base}/submission`, {})).status, 422);
  const sent = await zhou.post(`${base}/submission`, { agree: "1" });
  assert.is(sent.location, base, sent.text.slice(0, 2000));
  assert.is((await zhou.get(base)).location, `/console/filings/${filing.number}`);
});

test("are not there for a filing that its registrant writes", async ({ world, zhou }) => {
  const { filing } = await writtenByStaff(world, freshParts());
  await world.db`update filings set author_staff_id = null where id = ${filing.id}`;
  assert.is((await zhou.get(`/console/filings/${filing.number}/draft`)).status, 404);
  assert.is((await zhou.get(`/console/filings/${filing.number}/draft/subject`)).status, 404);
});

test.run();
