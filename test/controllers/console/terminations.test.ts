import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { type Role, roles } from "../../../src/models/actor.ts";
import { openSession } from "../../../src/models/session/sessions.ts";
import { createStaff } from "../../../src/models/staff/staff.ts";
import { fileTermination } from "../../../src/models/termination/file.ts";
import { hosts, testWorld, type World } from "../../support/app.ts";
import { complete, freshParts, registrantNamed, staffNamed } from "../../support/filings.ts";
import { formOf } from "../../support/form.ts";
import { password } from "../../support/people.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

type Shared = { world: World; bureauId: number };
const test = suite<Shared>("the pages of 取消接入");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

let serial = 0;

/** What is on record with 张三: its id, its number, its one access. */
async function onRecord({ world, bureauId }: Shared) {
  const filing = await complete(world.store, registrantNamed(world.people, "张三"), freshParts());
  const number = `浙ICP备20260005${String(++serial).padStart(2, "0")}号`;
  const record = await numberFiling(world.store, filing, bureauId, number);
  const [row] = await world.db<{ id: number }[]>`
    select a.id from accesses a join websites w on w.id = a.website_id where w.subject_id = ${record}`;
  return { record, number, access: row?.id ?? 0 };
}

/** Begun over the page, as 孙七 of 上报 does it. */
async function begun(shared: Shared) {
  const found = await onRecord(shared);
  const sun = await shared.world.signInAs("孙七");
  const path = `/console/accesses/${found.access}/termination`;
  const form = formOf((await sun.get(path)).text, path);
  const sent = { ...form, reason: "9", explanation: "服务器9月1日到期，没有续费" };
  const done = await sun.post(path, sent);
  const termination = done.location?.split("/").at(-1) ?? "";
  return { ...found, sun, path, sent, termination, at: `/console/terminations/${termination}` };
}

const letGraceEnd = ({ db }: World, id: string) =>
  db`update terminations set ends_at = now() - interval '1 minute' where id = ${id}`;
const stateOf = async ({ db }: World, id: string) =>
  (await db<{ state: string }[]>`select state from terminations where id = ${id}`)[0]?.state;

test("begin from the record, tell the registrant, and are begun once however often it is sent", async (shared) => {
  const { world } = shared;
  const { record, number, access } = await onRecord(shared);
  const sun = await world.signInAs("孙七");
  const path = `/console/accesses/${access}/termination`;
  assert.match((await sun.get(`/console/records/${record}`)).text, path);
  assert.match((await sun.get(`/console/terminations?q=${encodeURIComponent(`${number}-1`)}`)).text, path);
  assert.match((await sun.get(`/console/terminations?q=${encodeURIComponent(number)}`)).text, path);
  const form = formOf((await sun.get(path)).text, path);
  const hasty = await sun.post(path, { ...form });
  assert.is(hasty.status, 422);
  assert.match(hasty.text, /请选取消接入的原因[\s\S]*请写明为什么取消/);
  const sent = { ...form, reason: "9", explanation: "服务器9月1日到期" };
  const first = await sun.post(path, sent);
  const again = await sun.post(path, sent);
  assert.is(first.status, 303);
  assert.is(first.location, again.location, "a double click begins one");
  const other = await sun.post(path, { ...sent, requestId: newId() });
  assert.is(other.status, 409);
  assert.match(other.text, `${first.location}">去看`);

  const zhang = await world.signInAs("张三");
  assert.match((await zhang.get("/")).text, `/records/${record}/termination`);
  assert.match((await zhang.get(`/records/${record}`)).text, /我们将取消网站“.*?”的接入，期限是/);
  const [notice] = await world.db`
    select 1 from notices where template = 'termination-noticed' and channel = 'sms'`;
  assert.ok(notice);
  const looks = await world.db`select 1 from audit_log where action = 'start-termination'`;
  assert.is(looks.length, 1);
});

test("take one objection, which waits for a decision and is answered", async (shared) => {
  const { world } = shared;
  const { record, at, termination, sun } = await begun(shared);
  const zhang = await world.signInAs("张三");
  const page = `/records/${record}/termination`;
  const form = formOf((await zhang.get(page)).text, page);
  const field = `words-${termination}`;
  const empty = await zhang.post(page, { ...form });
  assert.is(empty.status, 422);
  assert.match(empty.text, new RegExp(`href="#${field}"`));
  const said = { ...form, [field]: "9月3日已经续费，订单号20260903001" };
  assert.is((await zhang.post(page, said)).status, 303);
  assert.is((await zhang.post(page, said)).status, 303, "a double click says it once");
  assert.is((await zhang.post(page, { ...said, [field]: "再说一次" })).status, 409);
  assert.match((await zhang.get(page)).text, /我们收到了您的异议/);
  assert.match((await zhang.get(`/records/${record}`)).text, /您的异议正在处理/);

  assert.match((await sun.get("/console/terminations")).text, /有异议，等待处理 <span class="dim n">1</);
  const shown = await sun.get(at);
  assert.match(shown.text, /订单号20260903001/);
  const answer = formOf(shown.text, at);
  const silent = await sun.post(at, { ...answer, answer: "upheld" });
  assert.is(silent.status, 422);
  assert.match(silent.text, /请写明为什么不采纳异议/);
  const upheld = { ...answer, answer: "upheld", words: "没有查到这个订单" };
  assert.is((await sun.post(at, upheld)).status, 303);
  assert.is((await sun.post(at, upheld)).status, 303, "a double click decides once");
  assert.match((await zhang.get(page)).text, /没有采纳的原因[\s\S]*没有查到这个订单/);
  assert.match((await zhang.get("/")).text, /您的异议没有采纳/);
  assert.is((await sun.post(at, { ...answer, answer: "withdrawn", words: "" })).status, 303);
  assert.not.match((await zhang.get("/")).text, `/records/${record}/termination`);
  const late = await sun.post(at, upheld);
  assert.is(late.status, 409);
  assert.match(late.text, /已有新的进展/);
});

test("become a filing by hand when the grace is over, not before, and only one", async (shared) => {
  const { world } = shared;
  const { at, termination, sun, sent } = await begun(shared);
  assert.is((await sun.post(`${at}/filing`, sent)).status, 409);
  assert.is(await stateOf(world, termination), "noticed");
  await letGraceEnd(world, termination);
  const shown = await sun.get(at);
  const form = formOf(shown.text, `${at}/filing`);
  const both = await Promise.all([sun.post(`${at}/filing`, form), sun.post(`${at}/filing`, form)]);
  for (const { status, location } of both) {
    assert.is(status, 303);
    assert.match(location ?? "", /^\/console\/filings\/\d{8}-\d+$/);
  }
  assert.is((await world.db`select 1 from filings where kind = 'cancel'`).length, 1);
  assert.match((await sun.get(both[0]?.location ?? "")).text, /取消接入/);
});

test("let an objection and the filing meet, and have one winner", async (shared) => {
  const { world } = shared;
  for (let round = 0; round < 4; round++) {
    const { record, termination } = await begun(shared);
    await letGraceEnd(world, termination);
    const zhang = await world.signInAs("张三");
    const page = `/records/${record}/termination`;
    const form = formOf((await zhang.get(page)).text, page);
    const [said, filed] = await Promise.all([
      zhang.post(page, { ...form, [`words-${termination}`]: "已经续费" }),
      fileTermination(world.store, Number(termination), staffNamed(world.people, "孙七")),
    ]);
    const state = await stateOf(world, termination);
    assert.equal(
      [said.status, filed, state],
      said.status === 303 ? [303, "not_due", "objected"] : [409, "filed", "filed"],
    );
  }
});

test("do not exist for another provider, another registrant or another role", async (shared) => {
  const { world } = shared;
  const { record, path, at, sent } = await begun(shared);
  const member = { userName: "chuyi", name: "褚一", password, ispId: world.people.isps.second };
  const far = world.visitor(hosts.second);
  const id = await createStaff(world.store, { ...member, roles: Object.keys(roles) as Role[] });
  far.setCookie("staff", await openSession(world.store, "staff", id, { place: "本机", device: "Linux" }));
  await far.get("/console/account");
  const csrf = far.token;
  for (const address of [path, at]) {
    assert.is((await far.get(address)).status, 404, address);
    assert.is((await far.post(address, { ...sent, csrf })).status, 404, address);
  }
  assert.is((await far.post(`${at}/filing`, { csrf })).status, 404);
  const wang = await world.signInAs("王五");
  assert.is((await wang.get(`/records/${record}/termination`)).status, 404);
  const li = await world.signInAs("李四");
  for (const address of [path, at, "/console/terminations"])
    assert.is((await li.get(address)).status, 403, address);
});

test.run();
