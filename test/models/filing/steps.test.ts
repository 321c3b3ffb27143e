import { suite } from "uvu";
import * as assert from "uvu/assert";
import { statusOf } from "../../../src/models/filing/states.ts";
import { isVerified, stepsFor, stepsListed } from "../../../src/models/filing/steps.ts";
import { kindChoices } from "../../../src/vocabulary/filing.ts";
import { testWorld, type World } from "../../support/app.ts";
import { bringTo, complete, freshParts, registrantNamed } from "../../support/filings.ts";

const test = suite<{ world: World }>("the steps of a filing");
test.before(async (shared) => {
  shared.world = await testWorld();
});
test.after(({ world }) => world.close());

const names = (steps: readonly { step: number; name: string }[]) =>
  steps.map(({ step, name }) => `${step} ${name}`).join("、");

test("are seven in a first filing and five in a cancellation", () => {
  assert.is(
    names(stepsFor({ kind: "first" }, true)),
    "1 信息录入、2 上传证件及核验单、3 信息初审、4 申请幕布、拍照上传、5 信息核验、6 提交管局、7 备案成功",
  );
  assert.is(
    names(stepsFor({ kind: "cancel", scope: "website" }, false)),
    "1 填写原因、2 上传材料、3 信息审核、6 提交管局、7 注销成功",
  );
});

test("leave the photo and its check out where none is wanted", () => {
  assert.not.match(names(stepsFor({ kind: "change", scope: "access" }, false)), /4|5|拍照|核验、/);
  assert.is(stepsListed({ kind: "first", state: "draft" }, false).length, 5);
  assert.is(stepsListed({ kind: "change", state: "photo_due" }, true).length, 7);
});

test("end with the word of the kind, which is also its status when it is done", () => {
  for (const { kind, scope } of kindChoices) {
    const done = statusOf({ kind, scope, state: "numbered", returnedFrom: null });
    assert.is(stepsFor({ kind, scope }, true).at(-1)?.name, done.label);
    assert.is(done.label.includes("备案成功"), kind === "first" || kind === "join");
    const approved = statusOf({ kind, scope, state: "approved", returnedFrom: null }).label;
    assert.is(approved.includes("备案号"), kind === "first" || kind === "add", kind);
  }
});

test("follow what the provider asks for, and what already began", async ({ world }) => {
  const { store, people, db } = world;
  const filing = await complete(store, registrantNamed(people, "张三"), freshParts());
  assert.is(await isVerified(store, filing), true);
  await db`update isps set settings = '{"verification":[]}' where id = ${people.isps.first}`;
  assert.is(await isVerified(store, filing), false);
  assert.is(await isVerified(store, { ...filing, state: "photo_due" }), true);
  await db`update isps set settings = '{}' where id = ${people.isps.first}`;
  const due = await bringTo(store, people, filing, "photo_due");
  assert.is(due.state, "photo_due");
});

test.run();
