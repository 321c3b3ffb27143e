import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seal } from "../../../src/crypto/seal.ts";
import { newId } from "../../../src/lib/ids.ts";
import { createBureau } from "../../../src/models/bureau/account.ts";
import { keepAnswer, resultContext } from "../../../src/models/bureau/answers.ts";
import { findBureau } from "../../../src/models/bureau/rows.ts";
import { lastReturn } from "../../../src/models/filing/returns.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { again, drafted, pageOf, sectionOf, send, submitted, words } from "../../support/console.ts";
import { act, bringTo, staffNamed } from "../../support/filings.ts";

const test = suite("deciding on the console");
let world: World;
test.before(async () => {
  world = await testWorld();
});
test.after(() => world.close());
test.before.each(async () => {
  await world.db`update filings set state = 'closed', returned_from = null, claimed_by = null`;
});

type Name = Parameters<World["signInAs"]>[0];

async function holding(filing: Filing, name: Name = "李四"): Promise<Browser> {
  const browser = await world.signInAs(name);
  await send(browser, pageOf(filing, "claim"));
  return browser;
}

const decide = (browser: Browser, filing: Filing, fields: Record<string, string | string[]>) =>
  send(browser, pageOf(filing, "decision"), { queue: "initial", ...fields });

/** An error that nobody sees but the reviewer: it came after the submission. */
async function withError(filing: Filing): Promise<void> {
  await world.db`update materials set retired_at = now() where filing_id = ${filing.id} and slot = 'form'`;
}

test("returns places with reasons and notes, in the words that were previewed", async () => {
  const filing = await submitted(world);
  const [subject, website] = [
    await sectionOf(world, filing, "subject"),
    await sectionOf(world, filing, "website"),
  ];
  const browser = await holding(filing);
  const reasons = {
    reason: [`${subject}.residence.as-certificate`, `${website}.@form.sign-or-seal`],
    [`note.${subject}.residence`]: "营业执照上是110号",
    say: "改好后请再提交",
  };
  const preview = await decide(browser, filing, { ...reasons, act: "preview" });
  assert.is(preview.status, 200);
  const expected = [
    "证件住所：与证件不一致。营业执照上是110号",
    "真实性核验单：签字或盖章不全。改好后请再提交",
  ];
  for (const line of expected) assert.match(words(preview.text), line);
  assert.is((await again(world, filing)).state, "initial_review");
  assert.is((await decide(browser, filing, { ...reasons, act: "return-initial" })).status, 303);
  const now = await again(world, filing);
  assert.is(now.state, "returned");
  const returned = await lastReturn(world.store, now);
  assert.equal(
    returned.map(({ label, text }) => `${label}：${text}`),
    expected,
  );
});

test("shows the preview alone to a script that asks for it", async () => {
  const filing = await submitted(world);
  const browser = await holding(filing);
  const website = await sectionOf(world, filing, "website");
  const fields = { reason: `${website}.siteName.name-words` };
  const part = await send(browser, pageOf(filing, "decision"), fields, {
    "hx-request": "true",
    "hx-target": "preview",
  });
  assert.is(part.headers.get("vary")?.includes("HX-Target"), true);
  assert.match(words(part.text), "网站名称：网站名称含有不能使用的字词");
  assert.not.match(part.text, "<html");
});

test("wants a reason for a return, and keeps what was typed", async () => {
  const filing = await submitted(world);
  const website = await sectionOf(world, filing, "website");
  const browser = await holding(filing);
  const none = await decide(browser, filing, { act: "return-initial" });
  assert.is(none.status, 422);
  assert.match(none.text, "请至少选一处退回原因");
  assert.match(none.text, "<title>有1处要改");
  const bare = await decide(browser, filing, { act: "return-initial", reason: `${website}.siteName.other` });
  assert.is(bare.status, 422);
  assert.match(bare.text, "选了“其他”");
  assert.match(bare.text, new RegExp(`value="${website}.siteName.other" checked`));
  assert.is((await again(world, filing)).state, "initial_review");
});

test("passes over reasons that the list does not have", async () => {
  const filing = await submitted(world);
  const browser = await holding(filing);
  const answer = await decide(browser, filing, { act: "return-initial", reason: "1.siteName.made-up" });
  assert.is(answer.status, 422);
});

test("offers what the check found, in the words of the check", async () => {
  const filing = await submitted(world);
  await withError(filing);
  const browser = await holding(filing);
  const page = await browser.get(pageOf(filing));
  assert.match(page.text, "1处错误");
  const value = /name="reason" value="([^"]+!\S+)" data-key="1"/.exec(page.text)?.[1] ?? "";
  assert.is((await decide(browser, filing, { act: "return-initial", reason: value })).status, 303);
  const [returned] = await lastReturn(world.store, await again(world, filing));
  assert.is(returned?.label, "真实性核验单");
  assert.match(returned?.text ?? "", "还没有上传");
});

test("lets an open error through only with a reason, which colleagues can read", async () => {
  const filing = await submitted(world);
  await withError(filing);
  const browser = await holding(filing);
  const refused = await decide(browser, filing, { act: "approve" });
  assert.is(refused.status, 422);
  assert.match(refused.text, "预审还有1处错误");
  const passed = await decide(browser, filing, { act: "approve", justification: "核验单已当面收到" });
  assert.is(passed.status, 303);
  assert.is((await again(world, filing)).state, "photo_due");
  const page = await (await world.signInAs("赵六")).get(pageOf(filing));
  assert.match(page.text, "理由：核验单已当面收到");
});

test("asks back when a reason is ticked and the button says 通过", async () => {
  const filing = await submitted(world);
  const website = await sectionOf(world, filing, "website");
  const browser = await holding(filing);
  const answer = await decide(browser, filing, {
    act: "approve",
    reason: `${website}.siteName.name-words`,
  });
  assert.is(answer.status, 422);
  assert.match(answer.text, "要通过，请先去掉");
  assert.is((await again(world, filing)).state, "initial_review");
});

test("is refused in words without a claim, and to whoever lost it", async () => {
  const filing = await submitted(world);
  const [one, two] = [await world.signInAs("李四"), await world.signInAs("吴九")];
  const unclaimed = await decide(one, filing, { act: "approve" });
  assert.is(unclaimed.status, 409);
  assert.match(unclaimed.text, "请先领取这件备案单");
  await send(two, pageOf(filing, "claim"));
  const lost = await decide(one, filing, { act: "approve" });
  assert.is(lost.status, 409);
  assert.match(lost.text, "正由另一位审核员办理");
  assert.is((await again(world, filing)).state, "initial_review");
});

test("counts once, however often the button is pressed", async () => {
  const [filing, next, untouched] = [await submitted(world), await submitted(world), await submitted(world)];
  await world.db`update filings set due_at = now() where id = ${filing.id}`;
  await world.db`update filings set due_at = now() + interval '1 hour' where id = ${next.id}`;
  const browser = await holding(filing);
  const fields = { requestId: newId(), act: "approve" };
  const answers = await Promise.all([decide(browser, filing, fields), decide(browser, filing, fields)]);
  for (const answer of answers) assert.match(answer.location ?? "", next.number);
  const [row] = await world.db<{ count: number }[]>`
    select count(*) from filing_events where filing_id = ${filing.id} and action = 'approve'`;
  assert.is(row?.count, 1);
  assert.is((await again(world, untouched)).claimedBy, null);
});

test("takes one reviewer through ten filings in a row", async () => {
  const filings: Filing[] = [];
  for (let at = 0; at < 10; at++) {
    const filing = await submitted(world);
    await world.db`update filings set due_at = now() + make_interval(mins => ${at}) where id = ${filing.id}`;
    filings.push(filing);
  }
  const browser = await world.signInAs("李四");
  let answer = await send(browser, "/console/queue/next", { stage: "initial" });
  for (const filing of filings) {
    assert.match(answer.location ?? "", filing.number);
    const page = await browser.get(answer.location ?? "");
    assert.match(page.text, "您已领取");
    answer = await decide(browser, filing, { act: "approve" });
  }
  assert.is(answer.location, `/console/queue?stage=initial&done=${filings.at(-1)?.number}`);
  assert.match((await browser.follow(answer)).text, "已办，现在是：待拍照上传");
});

test("does not let one person pass both reviews", async () => {
  const filing = await bringTo(world.store, world.people, await drafted(world), "photo_due");
  await world.db`update filings set state = 'verification', initial_reviewer_id = ${world.people.staff.吴九.id} where id = ${filing.id}`;
  const browser = await holding(filing, "吴九");
  const answer = await send(browser, pageOf(filing, "decision"), { act: "verify", queue: "verification" });
  assert.is(answer.status, 409);
  assert.match(answer.text, "初审和核验须由不同的人办理");
});

test("sends a photo alone back to the verification step", async () => {
  const filing = await bringTo(world.store, world.people, await drafted(world), "verification");
  const website = await sectionOf(world, filing, "website");
  const browser = await holding(filing, "赵六");
  const page = await browser.get(pageOf(filing));
  assert.match(words(page.text), "核验照片：幕布没有拍全");
  const answer = await send(browser, pageOf(filing, "decision"), {
    queue: "verification",
    act: "return-verification",
    reason: `${website}.@photo.curtain`,
    say: "请站到幕布中间",
  });
  assert.is(answer.status, 303);
  assert.is((await again(world, filing)).returnedFrom, "verification");
});

test("submits a verified filing to the bureau, and says where there is none", async () => {
  const filing = await bringTo(world.store, world.people, await drafted(world), "ready");
  const browser = await world.signInAs("孙七");
  assert.match((await browser.get(pageOf(filing))).text, "提交管局");
  const answer = await send(browser, pageOf(filing, "upload"), { queue: "ready" });
  assert.is(answer.status, 409);
  assert.match(answer.text, "还没有配置这个省的管局接口");
  assert.is((await send(await world.signInAs("李四"), pageOf(filing, "upload"))).status, 403);
});

test("offers the bureau's own words after a refusal, to be passed on as they are", async () => {
  const filing = await refusedByBureau(world, "网站名称与主办单位不符");
  const browser = await holding(filing);
  assert.match(words((await browser.get(pageOf(filing))).text), "1 管局意见：网站名称与主办单位不符");
  const service = await world.signInAs("周八");
  assert.not.match((await service.get(pageOf(filing))).text, "网站名称与主办单位不符");
  const answer = await decide(browser, filing, { act: "return-bureau", reason: "0.bureau.words" });
  assert.is(answer.status, 303);
  const now = await again(world, filing);
  assert.is(now.returnedFrom, "bureau");
  assert.is((await lastReturn(world.store, now))[0]?.text, "网站名称与主办单位不符");
});

test("takes no more words than people read", async () => {
  const filing = await submitted(world);
  const browser = await holding(filing);
  const long = "很".repeat(501);
  for (const [act, field] of [
    ["return-initial", "say"],
    ["approve", "justification"],
  ] as const) {
    const answer = await decide(browser, filing, { act, [field]: long });
    assert.is(answer.status, 422);
    assert.match(answer.text, /最多500个字，现在是501个字/);
  }
  const closing = await decide(await world.signInAs("吴九"), filing, { act: "close", closing: long });
  assert.is(closing.status, 422);
  assert.is((await again(world, filing)).state, "initial_review");
});

test("closes for good by a supervisor alone, with a reason", async () => {
  const filing = await submitted(world);
  const supervisor = await world.signInAs("吴九");
  const bare = await decide(supervisor, filing, { act: "close" });
  assert.is(bare.status, 422);
  assert.match(bare.text, "请写明关闭的原因");
  const reviewer = await decide(await holding(filing), filing, { act: "close", closing: "重复提交" });
  assert.is(reviewer.status, 409);
  assert.is((await decide(supervisor, filing, { act: "close", closing: "重复提交" })).status, 303);
  const closed = await again(world, filing);
  assert.is(closed.state, "closed");
  assert.is((await lastReturn(world.store, closed))[0]?.text, "重复提交");
});

test("offers each role its own buttons", async () => {
  const review = await submitted(world);
  const verification = await bringTo(world.store, world.people, await drafted(world), "verification");
  for (const [filing, name, text, offered] of [
    [review, "李四", "通过", true],
    [review, "赵六", "通过", false],
    [verification, "赵六", "核验通过", true],
    [verification, "李四", "核验通过", false],
  ] as const) {
    await act(world.store, filing, "claim", staffNamed(world.people, name));
    const page = await (await world.signInAs(name)).get(pageOf(filing));
    assert.is(page.text.includes(`>${text}<kbd>A</kbd>`), offered, `${name} ${text}`);
    await world.db`update filings set claimed_by = null, claimed_until = null where id = ${filing.id}`;
  }
});

test("is nothing for staff of another provider, and nothing for 客服", async () => {
  const filing = await submitted(world);
  assert.is((await decide(await world.signInAs("冯二"), filing, { act: "approve" })).status, 404);
  assert.is((await decide(await world.signInAs("周八"), filing, { act: "approve" })).status, 403);
});

/** A filing that went to a bureau and came back with these words. */
async function refusedByBureau({ store, db, people }: World, said: string): Promise<Filing> {
  const ready = await bringTo(store, people, await drafted(world), "ready");
  const bureauId = await createBureau(store, {
    ...{ ispId: people.isps.first, province: "330000", name: "浙江省通信管理局", isDefault: true },
    ...{ endpoint: "http://127.0.0.1:1", bureauIspId: 1001, userName: "yi", secrets: { password: "x" } },
  });
  const sent = await act(store, ready, "upload", staffNamed(people, "孙七"));
  const refused = await act(store, sent, "refuse", { kind: "bureau" });
  const { key, wrapped } = store.vault.newDataKey();
  const kept = { fileName: "a.xml", file: "f", dataKey: wrapped, contentHash: "h" };
  const answer = await keepAnswer(db, await findBureau(db, bureauId), kept);
  const result = { kind: "refused", about: "", codes: [{ code: 1002, words: said }], words: said };
  await db`
    insert into bureau_results (answer_id, isp_id, position, kind, filing_id, outcome, sealed)
    values (${answer.id}, ${refused.ispId}, 0, 'refused', ${refused.id}, 'applied',
      ${seal(key, JSON.stringify(result), resultContext(answer.id, 0))})`;
  return refused;
}

test.run();
