import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import { shippedWords } from "../../../src/vocabulary/word-lists.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { complete, registrantNamed } from "../../support/filings.ts";

type Context = { world: World; admin: Browser };

const test = suite<Context>("the page of word lists");
test.before.each(async (context) => {
  context.world = await testWorld();
  context.admin = await context.world.signInAs("郑十");
});
test.after.each(({ world }) => world.close());

const LIST = "/console/settings/words";
const REFUSED = `${LIST}/refused`;
const stampIn = (html: string): string => /name="stamp" value="([^"]+)"/.exec(html)?.[1] ?? "";

/** Types a list, looks at what would change and saves it. */
async function saveWords(browser: Browser, words: string, seen = "0") {
  const { text } = await browser.post(REFUSED, { act: "preview", words, seen });
  return browser.post(REFUSED, { act: "save", words, seen, stamp: stampIn(text) });
}

const versions = async ({ db }: World): Promise<number> =>
  (await db<{ n: number }[]>`select count(*)::int as n from word_lists`)[0]?.n ?? -1;

test("shows every list with what it is for", async ({ admin }) => {
  const { text } = await admin.get(LIST);
  for (const words of ["敏感词", "国家字样", "个人不能用的词", "任何网站的名称都不能含有"]) {
    assert.match(text, words);
  }
  assert.match((await admin.get(REFUSED)).text, shippedWords.refused.join("\n"));
});

test("says what would be added and removed before anything is saved", async ({ world, admin }) => {
  const shown = await admin.post(REFUSED, { act: "preview", words: "赌博\n传销", seen: "0" });
  assert.is(shown.status, 200);
  assert.match(shown.text, "增加1个：传销");
  assert.match(shown.text, "删去1个：色情");
  assert.is(await versions(world), 0);
});

test("saves what was looked at, as a version, and can be taken back", async ({ world, admin }) => {
  const saved = await saveWords(admin, "赌博、 传销，代开发票\r\n\n赌博");
  assert.equal([saved.status, saved.location], [303, `${LIST}?saved=1`]);
  assert.match((await admin.get(REFUSED)).text, "赌博\n传销\n代开发票");
  const reset = await admin.post(REFUSED, { act: "reset", words: "", seen: "1" });
  assert.is(reset.status, 303);
  assert.match((await admin.get(REFUSED)).text, shippedWords.refused.join("\n"));
  assert.is(await versions(world), 2);
});

test("shows the words again that were changed after the look", async ({ world, admin }) => {
  const { text } = await admin.post(REFUSED, { act: "preview", words: "赌博\n传销", seen: "0" });
  const answer = await admin.post(REFUSED, { act: "save", words: "赌博", seen: "0", stamp: stampIn(text) });
  assert.is(answer.status, 200);
  assert.match(answer.text, "增加0个：没有");
  assert.is(await versions(world), 0);
});

test("tells the second of two who change a list at once", async ({ world, admin }) => {
  const other = await world.signInAs("郑十");
  assert.is((await saveWords(other, "赌博\n传销")).status, 303);
  const { text } = await admin.post(REFUSED, { act: "preview", words: "赌博\n诈骗", seen: "0" });
  const late = await admin.post(REFUSED, {
    ...{ act: "save", words: "赌博\n诈骗", seen: "0", stamp: stampIn(text) },
  });
  assert.is(late.status, 409);
  assert.match(late.text, "有人改过这里");
  assert.match(late.text, "赌博\n诈骗");
  assert.is(await versions(world), 1);
});

test("refuses words that are too short, too long or too many, and what changes nothing", async ({
  admin,
}) => {
  for (const [words, told] of [
    ["赌\n色情", "只有一个字"],
    ["赌".repeat(21), "超过20个字"],
    [Array.from({ length: 2001 }, (_, n) => `词${n}号`).join("\n"), "最多2000个词"],
    [shippedWords.refused.join("，"), "没有需要保存的改动"],
  ] as const) {
    const answer = await admin.post(REFUSED, { act: "preview", words, seen: "0" });
    assert.is(answer.status, 422, told);
    assert.match(answer.text, told);
    assert.match(answer.text, 'href="#words"');
  }
  assert.is((await admin.get(`${LIST}/nothing`)).status, 404);
});

test("keeps what is typed as text", async ({ admin }) => {
  const { text } = await admin.post(REFUSED, { act: "preview", words: "<script>x", seen: "0" });
  assert.not.match(text, "<script>x");
  assert.match(text, "&lt;script&gt;x");
});

test("opens for 主管 from the side bar, and is in force at the next check", async ({ world }) => {
  const supervisor = await world.signInAs("吴九");
  assert.match((await supervisor.get(LIST)).text, 'href="/console/settings/words" aria-current="page"');
  const filing = await complete(world.store, registrantNamed(world.people, "张三"));
  const refused = async () =>
    (await findingsOf(world.store, filing)).findings.filter(({ rule }) => rule === "site-name-refused");
  assert.equal(await refused(), []);
  await saveWords(supervisor, "茶叶");
  assert.is((await refused()).length, 1);
});

test.run();
