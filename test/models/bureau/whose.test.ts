import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Staff } from "../../../src/models/actor.ts";
import { blacklistOf, findEntry } from "../../../src/models/blacklist/list.ts";
import { recordMarks, recordsListed } from "../../../src/models/blacklist/records.ts";
import { bulletinsOf, unreadBulletins } from "../../../src/models/bulletin/rows.ts";
import { answerPage, findAnswer, parkedCount } from "../../../src/models/bureau/answer-list.ts";
import { findPackage } from "../../../src/models/bureau/package-file.ts";
import { requestsIn } from "../../../src/models/bureau/package-list.ts";
import { openResult, parkedResults } from "../../../src/models/bureau/parked.ts";
import { packagePage } from "../../../src/models/bureau/status.ts";
import { findCodeTable, latestCodeTables, proposedCount } from "../../../src/models/code-table/rows.ts";
import { findCut, openCutCount, openCuts } from "../../../src/models/cut/rows.ts";
import { deliveriesOf, deliveriesOfCut } from "../../../src/models/hook/deliveries.ts";
import { inquiryCount, openInquiries } from "../../../src/models/inquiry/lists.ts";
import { findInquiry } from "../../../src/models/inquiry/rows.ts";
import { findInspection, inspectionCount, openInspections } from "../../../src/models/inspection/rows.ts";
import { completeReconciliation } from "../../../src/models/reconciliation/complete.ts";
import {
  findDifference,
  listDifferences,
  openDifferenceCount,
  openOfRecord,
} from "../../../src/models/reconciliation/list.ts";
import { closeReconciliation } from "../../../src/models/reconciliation/reconciliations.ts";
import { allSites, sitesOf, sitesWaiting } from "../../../src/models/reported-site/list.ts";
import { findSite } from "../../../src/models/reported-site/rows.ts";
import { type OneProvider, oneProvider, thrownBy } from "../../support/one-provider.ts";

const test = suite<{ one: OneProvider }>("what a bureau sent to one provider");
test.before(async (shared) => {
  shared.one = await oneProvider();
});
test.after(({ one }) => one.close());

type Found = number | readonly unknown[] | Map<unknown, unknown>;
const ALL = { limit: 100 };

async function rowsOf<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

const lists: Record<string, (one: OneProvider, actor: Staff) => Promise<Found>> = {
  openCuts: ({ store }, actor) => openCuts(store, actor),
  openCutCount: ({ db }, actor) => openCutCount(db, actor),
  deliveriesOf: ({ db }, actor) => deliveriesOf(db, actor),
  deliveriesOfCut: ({ db, id }, actor) => deliveriesOfCut(db, actor, id("cut")),
  openInquiries: ({ store }, actor) => openInquiries(store, actor, ALL),
  inquiryCount: async ({ db }, actor) => (await inquiryCount(db, actor)).total,
  openInspections: ({ store }, actor) => openInspections(store, actor, ALL),
  inspectionCount: ({ db }, actor) => inspectionCount(db, actor),
  bulletinsOf: ({ store }, actor) => bulletinsOf(store, actor, ALL),
  unreadBulletins: ({ db }, actor) => unreadBulletins(db, actor),
  latestCodeTables: ({ db }, { ispId }) => latestCodeTables(db, ispId),
  proposedCount: ({ db }, { ispId }) => proposedCount(db, ispId),
  sitesOf: ({ db }, actor) => sitesOf(db, actor, "unfiled", "inside"),
  allSites: ({ db }, actor) => rowsOf(allSites(db, actor, "unfiled", "inside")),
  sitesWaiting: ({ db }, actor) => sitesWaiting(db, actor),
  blacklistOf: ({ store }, actor) => blacklistOf(store, actor, {}),
  "blacklistOf a domain": ({ store }, actor) => blacklistOf(store, actor, { domain: "bei-lieru.cn" }),
  recordsListed: ({ db }, { ispId }) => recordsListed(db, ispId),
  recordMarks: ({ db, id }, { ispId }) => recordMarks(db, ispId, [id("record")]),
  listDifferences: ({ store }, { ispId }) => listDifferences(store, ispId, {}, ALL),
  openDifferenceCount: ({ db }, actor) => openDifferenceCount(db, actor),
  openOfRecord: ({ db, id }, { ispId }) => openOfRecord(db, ispId, id("record")),
  parkedResults: ({ store }, actor) => parkedResults(store, actor),
  parkedCount: ({ db }, actor) => parkedCount(db, actor),
  answerPage: ({ db }, actor) => answerPage(db, actor),
  packagePage: ({ db }, actor) => packagePage(db, actor),
  requestsIn: ({ db, id }, actor) => requestsIn(db, actor, id("package")),
};

const lengthOf = (found: Found): number =>
  typeof found === "number" ? found : found instanceof Map ? found.size : found.length;

// Without the second line of each the first could not fail.
for (const [name, list] of Object.entries(lists))
  test(`is in ${name} for that provider alone`, async ({ one }) => {
    assert.is(lengthOf(await list(one, one.stranger)), 0);
    assert.ok(lengthOf(await list(one, one.staff("吴九"))) > 0);
  });

const finders: Record<string, (one: OneProvider, actor: Staff) => Promise<unknown>> = {
  findCut: ({ store, id }, actor) => findCut(store, actor, id("cut")),
  findInquiry: ({ store, id }, actor) => findInquiry(store, actor, id("inquiry")),
  findInspection: ({ store, id }, actor) => findInspection(store, actor, id("inspection")),
  findCodeTable: ({ db, id }, { ispId }) => findCodeTable(db, ispId, id("table")),
  findSite: ({ db, id }, actor) => findSite(db, actor, id("site")),
  findEntry: ({ store, id }, actor) => findEntry(store, actor, id("entry")),
  findDifference: ({ store, id }, actor) => findDifference(store, actor, id("difference")),
  findAnswer: ({ db, id }, actor) => findAnswer(db, actor, id("answer")),
  findPackage: ({ store, id }, actor) => findPackage(store, actor, id("package")),
  openResult: ({ store, id }, actor) => openResult(store, actor, id("parked")),
  completeReconciliation: ({ store, id }, { ispId }) => completeReconciliation(store, ispId, id("round")),
};
for (const [name, find] of Object.entries(finders))
  test(`is found by ${name} for that provider alone`, async ({ one }) => {
    assert.is(await thrownBy(find(one, one.stranger)), "NotFound");
    assert.is(await thrownBy(find(one, one.staff("吴九"))), "nothing");
  });

test("has no comparison that another provider can end", async ({ one }) => {
  assert.not.ok(await closeReconciliation(one.db, one.stranger.ispId, one.id("round")));
  assert.ok(await closeReconciliation(one.db, one.staff("吴九").ispId, one.id("round")));
});

test.run();
