import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Conflict, NotFound } from "../../../src/models/errors.ts";
import { changeWords, findWordList, wordChange } from "../../../src/models/word-list/change.ts";
import { wordListsOf, wordsInForce } from "../../../src/models/word-list/in-force.ts";
import { shippedWords, wordListTitles } from "../../../src/vocabulary/word-lists.ts";
import { testWorld, type World } from "../../support/app.ts";
import { staffNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("lists of words");
test.before.each(async (context) => {
  context.world = await testWorld();
});
test.after.each((context) => context.world.close());

const refused = async ({ db }: World, ispId: number | null) => (await wordsInForce(db, ispId)).refused;

test("are the shipped ones as long as nobody wrote others", async ({ world }) => {
  assert.equal(await wordsInForce(world.db, null), shippedWords);
  assert.equal(await wordsInForce(world.db, world.people.isps.first), shippedWords);
  for (const { key, title, says, sources } of wordListTitles) {
    assert.ok(title && says && sources.length > 0 && Array.isArray(shippedWords[key]), key);
  }
});

test("are the provider's own before the installation's, and nobody else's", async ({ world }) => {
  const { first, second } = world.people.isps;
  await world.db`insert into word_lists (key, version, words) values ('refused', 1, ${["赌博", "传销"]})`;
  await changeWords(world.store, staffNamed(world.people, "郑十"), { key: "refused", seen: 0 }, ["赌局"]);
  assert.equal(await refused(world, first), ["赌局"]);
  assert.equal(await refused(world, second), ["赌博", "传销"]);
  assert.equal(await refused(world, null), ["赌博", "传销"]);
});

test("keep every version, and fall back where the provider gives up its own", async ({ world }) => {
  const { first } = world.people.isps;
  const actor = staffNamed(world.people, "郑十");
  await changeWords(world.store, actor, { key: "refused", seen: 0 }, ["赌局"]);
  await changeWords(world.store, actor, { key: "refused", seen: 1 }, null);
  assert.equal(await refused(world, first), shippedWords.refused);
  const list = await findWordList(world.db, actor, "refused");
  assert.equal([list.isOwn, list.version, list.changedBy], [false, 2, "郑十"]);
  const rows = await world.db`select version, words from word_lists order by version`;
  assert.equal(
    [...rows],
    [
      { version: 1, words: ["赌局"] },
      { version: 2, words: null },
    ],
  );
});

test("may be emptied, and hold from their day on", async ({ world }) => {
  const { first } = world.people.isps;
  await changeWords(world.store, staffNamed(world.people, "郑十"), { key: "refused", seen: 0 }, []);
  assert.equal(await refused(world, first), []);
  await world.db`
    insert into word_lists (isp_id, key, version, words, valid_from)
    values (${first}, 'refused', 2, ${["以后"]}, current_date + 1)`;
  assert.equal(await refused(world, first), []);
});

test("are not changed over somebody else's change, nor under a name that is none", async ({ world }) => {
  const actor = staffNamed(world.people, "郑十");
  await changeWords(world.store, actor, { key: "state", seen: 0 }, ["中国"]);
  const refusals = await Promise.all(
    [
      changeWords(world.store, actor, { key: "state", seen: 0 }, ["中华"]),
      changeWords(world.store, actor, { key: "__proto__", seen: 0 }, ["中华"]),
    ].map((work) => work.then(() => null).catch((error: unknown) => error)),
  );
  assert.instance(refusals[0], Conflict);
  assert.instance(refusals[1], NotFound);
});

test("leave what was added and removed in the audit log", async ({ world }) => {
  await changeWords(world.store, staffNamed(world.people, "郑十"), { key: "refused", seen: 0 }, [
    "色情",
    "传销",
  ]);
  const [entry] = await world.db`select detail from audit_log where action = 'change-words'`;
  assert.equal(entry?.detail, {
    list: "refused",
    version: 1,
    added: ["传销"],
    removed: ["赌博"],
    reset: false,
  });
});

test("differ by their words, whatever the order", () => {
  assert.equal(wordChange(["一", "二"], ["二", "一"]), { added: [], removed: [] });
  assert.equal(wordChange(["一", "二"], ["二", "三"]), { added: ["三"], removed: ["一"] });
});

test("keep a row of a list that no longer exists without harm", async ({ world }) => {
  await world.db`insert into word_lists (key, version, words) values ('former', 1, ${["旧词"]})`;
  assert.is((await wordListsOf(world.db, null)).length, wordListTitles.length);
});

test.run();
