import { suite } from "uvu";
import * as assert from "uvu/assert";
import { progressOf, readFilter, statuses } from "../../../src/models/filing/progress.ts";
import { statusOf } from "../../../src/models/filing/states.ts";
import { testWorld, type World } from "../../support/app.ts";
import { draft, freshParts, registrantNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("备案进度查询");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

test("says the ministry's phase and status, and what a kind is called when it is done", () => {
  const of = (kind: "first" | "add" | "join" | "change" | "cancel", state: "at_bureau" | "numbered") =>
    statusOf({ kind, state, returnedFrom: null });
  assert.equal(
    [of("first", "at_bureau"), of("change", "at_bureau"), of("cancel", "at_bureau")].map(
      ({ phase, status }) => `${phase}-${status}`,
    ),
    ["报备阶段-待管局审核", "变更阶段-待管局审核", "注销阶段-待管局审核"],
  );
  assert.equal(
    (["first", "add", "join", "change", "cancel"] as const).map((kind) => of(kind, "numbered").label),
    ["备案成功", "新增网站成功", "接入备案成功", "变更成功", "注销成功"],
  );
  assert.equal([of("change", "numbered").phase, of("change", "numbered").step], ["审核通过", 8]);
});

test("finds own filings by phase, status, number or domain, and takes no other words", async ({ world }) => {
  const [zhang, wang] = [registrantNamed(world.people, "张三"), registrantNamed(world.people, "王五")];
  const parts = freshParts();
  const first = await draft(world.store, zhang, parts);
  const second = await draft(world.store, zhang, freshParts());
  await world.db`update filings set state = 'numbered' where id = ${second.id}`;
  const found = async (query: Record<string, string>, actor = zhang) =>
    (await progressOf(world.db, actor, readFilter(query))).map(({ id }) => id);
  assert.equal(await found({}), [second.id, first.id]);
  assert.equal(await found({ phase: "报备阶段" }), [first.id]);
  assert.equal(await found({ phase: "审核通过" }), [second.id]);
  assert.equal(await found({ phase: "变更阶段" }), []);
  assert.equal(await found({ status: "未提交至部系统" }), [first.id]);
  assert.equal(await found({ q: first.number }), [first.id]);
  assert.equal(await found({ q: parts.domain.toUpperCase() }), [first.id]);
  assert.equal(await found({ q: "%" }), []);
  assert.equal(await found({ q: first.number }, wang), []);
  assert.equal(readFilter({ phase: "报备", status: "x", q: " " }), {});
  assert.ok(statuses.includes("退回接入服务提供者修改"));
});

test.run();
