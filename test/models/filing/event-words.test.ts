import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  eventSentence,
  eventSentenceForStaff,
  eventsForRegistrant,
} from "../../../src/models/filing/event-words.ts";

const test = suite("the words of the history");

test("name who acted once", () => {
  const said = (
    action: Parameters<typeof eventSentence>[0]["action"],
    actorKind: "registrant" | "staff" | "system" | "bureau",
    detail = {},
  ) => eventSentence({ action, actorKind, detail });
  assert.is(said("submit", "registrant"), "您提交初审");
  assert.is(said("return-initial", "staff", { reasons: [{}, {}] }), "审核员初审退回，2处要改");
  assert.is(said("change-material", "registrant", { slot: "form" }), "您更换核验材料：真实性核验单");
  assert.is(said("accept-upload", "system"), "管局已收到");
  assert.is(said("approve-bureau", "bureau"), "管局审核通过");
});

test("tell staff the name of their colleague", () => {
  assert.is(
    eventSentenceForStaff({ action: "approve", actorKind: "staff", detail: {} }, "李四"),
    "李四初审通过",
  );
  assert.is(
    eventSentenceForStaff({ action: "submit", actorKind: "registrant", detail: {} }, null),
    "主办者提交初审",
  );
});

test("keep what staff do among themselves from the registrant, newest first", () => {
  const events = [{ action: "submit" }, { action: "claim" }, { action: "approve" }] as const;
  assert.equal(
    eventsForRegistrant(events).map(({ action }) => action),
    ["approve", "submit"],
  );
});

test.run();
