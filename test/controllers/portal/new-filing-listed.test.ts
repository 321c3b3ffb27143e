import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { listedSubject, listedWebsite, listsCome } from "../../support/bureau-lists.ts";
import { freshParts } from "../../support/filings.ts";
import { type Fields, formOf } from "../../support/form.ts";
import { addBureau } from "../../support/records.ts";

const test = suite<{ world: World; zhang: Browser; bureauId: number }>("a new filing of whom is blacklisted");
test.before(async (shared) => {
  shared.world = await testWorld();
  shared.zhang = await shared.world.signInAs("张三");
  shared.bureauId = await addBureau(shared.world.store, shared.world.people.isps.first);
});
test.after(({ world }) => world.close());

/** What a company with a new domain answers on a page that was just opened. */
async function typed(zhang: Browser): Promise<Fields & { certNo: string; domain: string }> {
  const { certNo, domain } = freshParts();
  const form = formOf((await zhang.get("/filings/new")).text, "/filings/new");
  return { ...form, nature: "4", certType: "1", certNo, domain };
}

test("is stopped at the first page, which says what to do and opens nothing", async (shared) => {
  const { world, zhang, bureauId } = shared;
  const [one, other] = [await typed(zhang), await typed(zhang)];
  const lists = listedSubject("add", one.certNo) + listedWebsite("add", other.domain);
  await listsCome(world.store, bureauId, lists);
  const subject = await zhang.post("/filings/new", one);
  assert.is(subject.status, 422);
  assert.match(
    subject.text,
    "这个主办单位的证件在管局的黑名单中，暂不能备案，请联系我们，或向省通信管理局了解怎样移出",
  );
  assert.match(subject.text, new RegExp(`name="certNo"[^>]* value="${one.certNo}"`));
  const website = await zhang.post("/filings/new", other);
  assert.is(website.status, 422);
  assert.match(website.text, `域名“${other.domain}”在管局的黑名单中，暂不能备案`);
  assert.equal([...(await world.db`select 1 from filings`)], []);
  assert.is((await zhang.post("/filings/new", await typed(zhang))).status, 303);
});

test("is told of nobody without a check that is counted", async ({ world, zhang, bureauId }) => {
  const listed = await typed(zhang);
  await listsCome(world.store, bureauId, listedSubject("add", listed.certNo));
  assert.not.match((await zhang.post("/filings/new", { ...listed, act: "check" })).text, "黑名单");
  const checked = { ...(await typed(zhang)), requestId: newId() };
  assert.is((await zhang.post("/filings/new", checked)).status, 303);
  const again = await zhang.post("/filings/new", { ...listed, requestId: checked.requestId });
  assert.is(again.status, 303, "a check once made speaks of what it was made of");
  await world.db`update rate_limits set hits = 60`;
  const late = await zhang.post("/filings/new", listed);
  assert.is(late.status, 422);
  assert.match(late.text, "验证得太频繁了");
  assert.not.match(late.text, "黑名单");
});

test.run();
