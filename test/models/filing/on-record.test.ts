import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newId } from "../../../src/lib/ids.ts";
import { createFiling } from "../../../src/models/filing/create.ts";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import { type Filing, findFiling } from "../../../src/models/filing/rows.ts";
import * as sample from "../../rules/sample.ts";
import { testWorld, type World } from "../../support/app.ts";
import { act, complete, draft, registrantNamed } from "../../support/filings.ts";
import { addBureau, numberFiling } from "../../support/records.ts";

const test = suite("what is on record");

let world: World;
let numbered: Filing;

const owner = () => registrantNamed(world.people, "张三");
const certNo = String(sample.company.certNo);

test.before(async () => {
  world = await testWorld();
  const { store, db, people } = world;
  numbered = await complete(store, owner());
  await numberFiling(store, numbered, await addBureau(store, people.isps.first), "浙ICP备2026000001号");
  await db`delete from filing_holds where filing_id = ${numbered.id}`;
  await db`update filings set state = 'numbered' where id = ${numbered.id}`;
});
test.after(() => world.close());

const wanted = (changes: { certNo?: string; domain?: string }) => ({
  kind: "first" as const,
  ...{ accountId: owner().accountId, ispId: owner().ispId, nature: "4", certType: "1", requestId: newId() },
  ...{ certNo, domain: "example.cn", ...changes },
});

test("is not filed for the first time again", async () => {
  const { store } = world;
  assert.equal(await createFiling(store, owner(), wanted({})), {
    taken: [],
    recorded: ["certificate", "domain"],
  });
  const other = await createFiling(store, owner(), wanted({ certNo: "91330108MA27XL1Q75" }));
  assert.equal(other, { taken: [], recorded: ["domain"] });
  const [row] = await world.db`select count(*) as count from filings`;
  assert.is(row?.count, 1);
});

test("cannot be typed into another filing either", async () => {
  const { store } = world;
  const copy = await complete(store, registrantNamed(world.people, "王五"), {
    ...{ certNo: "91330108MA27XL1Q75", domain: "other.cn" },
    ...{ subject: { certNo }, website: { domains: ["other.cn", "example.cn"] } },
  });
  const { findings } = await findingsOf(store, copy);
  const rules = findings.map(({ rule }) => rule).filter((rule) => rule.endsWith("-on-record"));
  assert.equal(rules.sort(), ["certificate-on-record", "domain-on-record"]);
  const sent = act(store, copy, "submit", registrantNamed(world.people, "王五"), { declared: true });
  await sent.then(
    () => assert.unreachable(),
    (error) => assert.is(error.refusal, "errors_open"),
  );
});

test("speaks neither against the filing that it came from nor against another provider's", async () => {
  const { store } = world;
  const own = await findFiling(world.db, numbered.number, owner());
  const { findings } = await findingsOf(store, own);
  assert.equal(
    findings.filter(({ rule }) => rule.endsWith("-on-record")),
    [],
  );
  assert.ok(await draft(store, registrantNamed(world.people, "钱一")));
});

test("is said before a filing is opened, with what to do", async () => {
  const browser = await world.signInAs("张三");
  const form = { nature: "4", certType: "1", certNo, domain: "example.cn", requestId: newId() };
  await world.db`delete from filing_holds`;
  const answer = await browser.post("/filings/new", form);
  const { text } = await browser.follow(answer);
  assert.match(text, "这个主办单位和域名在这里都已备案，不用再备案");
  assert.match(text, /href="\/records\/\d+">打开备案信息，办理变更/);
});

test.run();
