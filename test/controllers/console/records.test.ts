import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RecordTree } from "../../../src/models/record/tree.ts";
import * as sample from "../../rules/sample.ts";
import { type Browser, testWorld, type World } from "../../support/app.ts";
import { looks } from "../../support/console.ts";
import { beginFiling, recordOf } from "../../support/kinds.ts";

const test = suite<{ world: World; record: RecordTree; reviewer: Browser }>("records on the console");
test.before(async (context) => {
  context.world = await testWorld();
  context.record = await recordOf(context.world);
  context.reviewer = await context.world.signInAs("李四");
});
test.after(({ world }) => world.close());

test("are found by number and domain, and by a certificate without a word of it in the address", async ({
  world,
  record,
  reviewer,
}) => {
  const number = String(record.values.number);
  for (const [field, typed, personal] of [
    ["number", number, false],
    ["domain", String(record.websites[0]?.values.domains), false],
    ["certNo", String(record.values.certNo), true],
  ] as const) {
    const sent = await reviewer.post("/console/records", { [field]: typed });
    assert.is(/\?search=/.test(sent.location ?? ""), personal, field);
    assert.ok((await reviewer.follow(sent)).text.includes(number), field);
  }
  assert.is((await looks(world, "search-personal")).length, 1);
  const { location } = await reviewer.post("/console/records", { person: "陆羽" });
  assert.is((await (await world.signInAs("赵六")).get(location ?? "")).status, 404, "only who searched");
});

test("another search of the same person is no search for records", async ({ reviewer }) => {
  const { location } = await reviewer.post("/console/search", { q: "13800005678" });
  const id = location?.split("/").at(-1);
  assert.is((await reviewer.get(`/console/records?search=${id}`)).status, 200);
  assert.is((await reviewer.get(`/console/history?search=${id}`)).status, 200);
});

test("are not there for staff of another provider", async ({ world, record }) => {
  const far = await world.signInAs("冯二");
  assert.is((await far.get(`/console/records/${record.id}`)).status, 404);
  assert.not.match((await far.get("/console/records")).text, /示例茶业/);
  const { text } = await far.post("/console/records/export", { format: "csv" });
  assert.is(text.trim().split("\r\n").length, 1);
});

test("show one record masked, with its filings, and the look is written down", async ({
  world,
  record,
  reviewer,
}) => {
  const about = { kind: "change", subjectId: record.id, scope: "subject", targetId: record.id } as const;
  const filing = await beginFiling(world, about);
  const { text } = await reviewer.get(`/console/records/${record.id}`);
  for (const key of ["idNo", "mobile", "email"]) assert.not(text.includes(String(sample.company[key])), key);
  assert.ok(text.includes(`/console/filings/${filing.number}`) && text.includes("变更主体"));
  assert.equal((await looks(world, "open-record")).at(-1)?.detail, { recordId: record.id });
  const service = await (await world.signInAs("周八")).get(`/console/records/${record.id}`);
  assert.not(service.text.includes(String(sample.company.person)), "客服 reads names masked");
});

test("leave in full for a supervisor with a reason alone", async ({ world, reviewer }) => {
  const masked = await reviewer.post("/console/records/export", { format: "csv" });
  assert.is(masked.status, 200);
  assert.not(masked.text.includes(String(sample.company.idNo)));
  const full = { format: "csv", full: "1", reason: "bureau" };
  assert.is((await reviewer.post("/console/records/export", full)).status, 403);
  const supervisor = await world.signInAs("吴九");
  assert.is((await supervisor.post("/console/records/export", { ...full, reason: "" })).status, 422);
  const { text } = await supervisor.post("/console/records/export", full);
  assert.ok(text.includes(String(sample.company.idNo)));
  const { detail } = (await looks(world, "export-records")).at(-1) ?? {};
  assert.equal(detail, { what: "records", format: "csv", full: true, reason: "bureau", by: [] });
});

test.run();
