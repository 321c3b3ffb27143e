import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import type { Staff } from "../../../src/models/actor.ts";
import type { AuditAction } from "../../../src/models/audit/log.ts";
import { removeOwnEntry } from "../../../src/models/blacklist/own.ts";
import { bulletinsOf, readBulletin } from "../../../src/models/bulletin/rows.ts";
import { packageFor } from "../../../src/models/bureau/package-file.ts";
import { handleParked } from "../../../src/models/bureau/parked-actions.ts";
import { rawAnswer } from "../../../src/models/bureau/skip.ts";
import { decideCodeTable } from "../../../src/models/code-table/decide.ts";
import { closeCut } from "../../../src/models/cut/close.ts";
import { closedCuts } from "../../../src/models/cut/rows.ts";
import { sendAgain } from "../../../src/models/hook/deliveries.ts";
import { answerInquiry, closeInquiry } from "../../../src/models/inquiry/answer.ts";
import { theirData } from "../../../src/models/inquiry/data.ts";
import { settledInquiries } from "../../../src/models/inquiry/lists.ts";
import { findInquiry, recordAsked } from "../../../src/models/inquiry/rows.ts";
import { closeInspection, doneInspections } from "../../../src/models/inspection/rows.ts";
import { decideDifferences } from "../../../src/models/reconciliation/decide.ts";
import { answersOf } from "../../../src/models/reported-site/answers.ts";
import { sitesOf } from "../../../src/models/reported-site/list.ts";
import { answerSites } from "../../../src/models/reported-site/work.ts";
import { type OneProvider, oneProvider, thrownBy } from "../../support/one-provider.ts";

const test = suite<{ one: OneProvider }>("what staff do about what a bureau sent");
test.before(async (shared) => {
  shared.one = await oneProvider();
});
test.after(({ one }) => one.close());

/** `audit` is what the audit log says of it: once, or of `each` time. */
type Act = {
  audit: AuditAction;
  each?: true;
  by?: "吴九" | "郑十";
  does(one: OneProvider, actor: Staff): Promise<unknown>;
};

async function answered({ store, staff, id }: OneProvider, actor: Staff): Promise<unknown> {
  const asked = recordAsked(store, await findInquiry(store, staff("孙七"), id("inquiry")));
  const said = { correct: true, checkedBy: "孙七", checkedOn: "2026-11-20", opinion: 1, faults: "" };
  const reply = { ...said, source: "theirs" as const, ...theirData(asked) };
  return answerInquiry(store, actor, id("inquiry"), { reply, requestId: newId() });
}

const acts: Record<string, Act> = {
  "answering an inquiry": { audit: "answer-inquiry", does: answered },
  "closing a cut": {
    audit: "close-cut",
    does: ({ store, id }, actor) => closeCut(store, actor, id("cut"), { state: "done", note: "" }),
  },
  "sending an event again": {
    ...{ audit: "send-hook-again", each: true },
    does: ({ store, id }, actor) => sendAgain(store, actor, id("delivery")),
  },
  "seeing to an inspection": {
    audit: "close-inspection",
    does: ({ store, id }, actor) => closeInspection(store, actor, id("inspection"), ""),
  },
  "adopting a table of codes": {
    ...{ audit: "adopt-code-table", by: "郑十" },
    does: ({ store, id }, actor) => decideCodeTable(store, actor, id("table"), "adopted"),
  },
  "answering an unfiled site": {
    audit: "answer-sites",
    does: ({ store, id }, actor) =>
      answerSites(store, actor, [id("site")], {
        ...{ action: "cut", requestId: newId(), contentFor: () => ({ words: "已断开" }) },
      }),
  },
  "taking an own entry out": {
    ...{ audit: "remove-blacklist-entry", by: "吴九" },
    does: ({ store, id }, actor) => removeOwnEntry(store, actor, id("entry"), "已纠正"),
  },
  // What is kept may be decided otherwise.
  "repairing a difference": {
    ...{ audit: "repair-record", each: true },
    does: ({ store, id }, actor) =>
      decideDifferences(store, actor.ispId, actor, {
        ...{ ids: [id("difference")], decision: "keep", reason: "我们的对" },
      }),
  },
  "seeing to a parked result": {
    audit: "handle-result",
    does: ({ store, id }, actor) => handleParked(store, actor, { id: id("parked"), note: "已处理" }),
  },
  "looking into a package": {
    ...{ audit: "open-package", each: true },
    does: ({ store, files, id }, actor) =>
      packageFor({ ...store, files }, actor, id("package"), "open-package"),
  },
  "taking a file of the bureau": {
    ...{ audit: "download-answer", each: true },
    does: ({ store, files, id }, actor) => rawAnswer({ ...store, files }, actor, id("answer")),
  },
};

const written = async ({ db }: OneProvider, action: AuditAction): Promise<number> =>
  (await db`select 1 from audit_log where action = ${action}`).length;

for (const [name, { audit, each, by = "孙七", does }] of Object.entries(acts))
  test(`${name} is for its role at its own provider, and written down ${each ? "each time" : "once"}`, async ({
    one,
  }) => {
    assert.is(await thrownBy(does(one, one.staff("周八"))), "Forbidden");
    assert.is(await thrownBy(does(one, one.stranger)), "NotFound");
    assert.is(await written(one, audit), 0);
    const actor = one.staff(by);
    await Promise.all([does(one, actor), does(one, actor)]);
    assert.is(await written(one, audit), each ? 2 : 1);
    await does(one, actor);
    assert.is(await written(one, audit), each ? 3 : 1);
  });

test("closing an inquiry by hand is an answer to it, once", async ({ one }) => {
  const before = await written(one, "answer-inquiry");
  for (const done of [true, false])
    assert.is(await closeInquiry(one.store, one.staff("孙七"), one.inquiry, "已电话答复"), done);
  assert.is(await written(one, "answer-inquiry"), before + 1);
});

test("reading a notice is for its role at its own provider", async ({ one }) => {
  const { store, id, staff, stranger } = one;
  assert.is(await thrownBy(readBulletin(store, staff("周八"), id("bulletin"))), "Forbidden");
  assert.is(await thrownBy(readBulletin(store, stranger, id("bulletin"))), "NotFound");
  assert.is((await bulletinsOf(store, staff("孙七"), { unread: true })).length, 1);
});

test("stands where it is over, for that provider alone", async ({
  one: { store, db, id, staff, stranger },
}) => {
  const over = async (actor: Staff) =>
    [
      await closedCuts(store, actor),
      await settledInquiries(store, actor, { limit: 100 }),
      await doneInspections(store, actor, { limit: 100 }),
      await sitesOf(db, actor, "unfiled", "answering"),
      await answersOf(store, actor, id("site")),
    ].map(({ length }) => length);
  assert.equal(await over(stranger), [0, 0, 0, 0, 0]);
  assert.equal(await over(staff("孙七")), [1, 1, 1, 1, 1]);
});

test.run();
