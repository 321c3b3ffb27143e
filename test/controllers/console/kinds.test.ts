import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { NotFound, TransitionRefused } from "../../../src/models/errors.ts";
import { correctField } from "../../../src/models/filing/corrections.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { sectionsOf } from "../../../src/models/filing/sections.ts";
import type { RecordTree } from "../../../src/models/record/tree.ts";
import { testWorld, type World } from "../../support/app.ts";
import { pageOf, send, words } from "../../support/console.ts";
import { act, staffNamed } from "../../support/filings.ts";
import { beginFiling, fillIn, recordOf } from "../../support/kinds.ts";

const test = suite<{ world: World; record: RecordTree }>("reviewing every kind of filing");
test.before(async (context) => {
  context.world = await testWorld();
});
test.before.each(async (context) => {
  context.record = await recordOf(context.world);
});
test.after(({ world }) => world.close());

/** Under review, whatever its check says: what is drawn here is the same. */
async function underReview({ db, store, people }: World, filing: Filing): Promise<Filing> {
  await db`update filings set state = 'initial_review', round = 1 where id = ${filing.id}`;
  return act(store, filing, "claim", staffNamed(people, "李四"));
}

const changeOfWebsite = (world: World, record: RecordTree) =>
  beginFiling(world, {
    ...{ kind: "change", subjectId: record.id, scope: "website", targetId: record.websites[0]?.id ?? 0 },
  });

test("a change shows what stands on record beside what is asked for, and the rest as 未变", async ({
  world,
  record,
}) => {
  const filing = await fillIn(world, await changeOfWebsite(world, record), { siteName: "示例茶叶文化网" });
  await underReview(world, filing);
  const { text } = await (await world.signInAs("李四")).get(pageOf(filing));
  assert.match(text, /<span class="tag">变更网站<\/span>/);
  assert.match(
    text,
    /<del>示例[^<]*<\/del> <ins>示例茶叶文化网<\/ins>[\s\S]*?<span class="tag warn">变更<\/span>/,
  );
  assert.is(text.match(/<span class="tag warn">变更<\/span>/g)?.length, 1);
  assert.ok((text.match(/未变/g)?.length ?? 0) > 5);
});

test("what the bureau was silent about stands first of all findings", async ({ world, record }) => {
  const filing = await changeOfWebsite(world, record);
  await world.db`
    insert into type_checks (id, isp_id, account_id, request_id, certificate_hash, domain, data_key, inputs_sealed,
      found_sealed, path, evidence, bureau, password, filing_id)
    values (${newId()}, ${filing.ispId}, ${filing.accountId}, ${newId()}, '', 'example.com', '', '', '', 'join', '{}',
      'silent', 'unchecked', ${filing.id})`;
  await underReview(world, filing);
  const { text } = await (await world.signInAs("李四")).get(pageOf(filing));
  assert.match(
    text,
    /<ul class="plain" aria-label="预审发现"><li><b class="warn"><span title="[^"]+">验证备案类型时管局没有回应[^<]*<\/span><\/b><\/li><li><b class="warn"><span title="[^"]+">备案密码没有经管局核对/,
  );
});

test("what was copied from the record is folded below, and nothing there can be returned or corrected", async ({
  world,
  record,
}) => {
  const filing = await underReview(world, await changeOfWebsite(world, record));
  const reviewer = await world.signInAs("李四");
  const { text } = await reviewer.get(pageOf(filing));
  const sections = await sectionsOf(world.store, filing);
  const id = (kind: string) => sections.find((one) => one.kind === kind)?.id;
  assert.ok(text.indexOf(`id="f-${id("website")}-siteName"`) < text.indexOf("备案库中的信息"));
  assert.ok(text.indexOf(`id="f-${id("subject")}-name"`) > text.indexOf("备案库中的信息"));
  assert.match(text, new RegExp(`id="p-${id("website")}-siteName"`));
  assert.not.match(text, new RegExp(`id="p-${id("subject")}-(name|certNo|idNo)"`));
  assert.not.match(text, new RegExp(`corrections/${id("subject")}/`));
  const forged = await send(reviewer, pageOf(filing, "decision"), {
    ...{ act: "return-initial", reason: `${id("subject")}.name.other`, [`note.${id("subject")}.name`]: "x" },
  });
  assert.is(forged.status, 422);
  assert.is((await reviewer.get(pageOf(filing, `corrections/${id("subject")}/name`))).status, 404);
  const wanted = {
    sectionId: id("subject") ?? 0,
    version: 1,
    field: "name",
    values: { name: "别的名称" },
    note: "",
  };
  const actor = staffNamed(world.people, "李四");
  try {
    await correctField(world.store, { filingId: filing.id, actor, requestId: newId() }, wanted);
    assert.unreachable("a copied section was corrected");
  } catch (error) {
    assert.ok(error instanceof NotFound || error instanceof TransitionRefused, String(error));
  }
});

test("a cancellation shows why and everything that goes with it", async ({ world, record }) => {
  const about = { kind: "cancel", subjectId: record.id, scope: "subject", targetId: record.id } as const;
  const filing = await fillIn(world, await beginFiling(world, about), {
    reason: "1",
    explanation: "不再经营",
  });
  await underReview(world, filing);
  const { text } = await (await world.signInAs("李四")).get(pageOf(filing));
  const seen = words(text);
  assert.match(seen, /注销主体：下面的网站和接入一并注销/);
  assert.ok(seen.includes(String(record.websites[0]?.values.number)));
  assert.ok(seen.includes("203.0.113.18"));
  assert.ok(seen.indexOf("不再经营") < seen.indexOf("备案库中的信息"));
});

test("a queue is narrowed to a kind of filing and what it is about", async ({ world, record }) => {
  const filing = await underReview(world, await changeOfWebsite(world, record));
  await act(world.store, filing, "release", staffNamed(world.people, "李四"));
  const reviewer = await world.signInAs("李四");
  const found = async (kind: string) =>
    (await reviewer.get(`/console/queue?stage=initial&kind=${kind}`)).text.includes(filing.number);
  assert.equal(
    [
      await found("change"),
      await found("change-website"),
      await found("change-subject"),
      await found("first"),
    ],
    [true, true, false, false],
  );
  assert.ok(await found("constructor"), "an unknown kind is none");
  assert.match((await reviewer.get("/console/queue?stage=initial")).text, /<td>变更网站<\/td>/);
});

test.run();
