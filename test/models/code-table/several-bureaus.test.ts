import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Jobs } from "../../../src/jobs.ts";
import { newId } from "../../../src/lib/ids.ts";
import { keepBatch } from "../../../src/models/batch/rows.ts";
import { createBureau } from "../../../src/models/bureau/account.ts";
import { type CodesFor, codesInForce, withCodes } from "../../../src/models/code-table/in-force.ts";
import { codesForJob } from "../../../src/models/code-table/of-job.ts";
import { findingsOf } from "../../../src/models/filing/findings.ts";
import type { Filing } from "../../../src/models/filing/rows.ts";
import { codeLabel } from "../../../src/vocabulary/code-tables.ts";
import { field, optionsOf } from "../../../src/vocabulary/fields/index.ts";
import { withAdoptedCodes } from "../../../worker/tasks/in-codes.ts";
import type { Tasks } from "../../../worker/tasks/types.ts";
import { testWorld, type World } from "../../support/app.ts";
import { adoptTable, bureauCodes } from "../../support/code-tables.ts";
import { complete, freshParts, registrantNamed } from "../../support/filings.ts";
import { addBureau } from "../../support/records.ts";
import { csvOf, filingsIn, tableRow } from "../../support/tables.ts";

type Shared = { world: World; ispId: number; home: number; north: number; here: Filing; there: Filing };
const test = suite<Shared>("the codes of a provider with two bureaus");

/** 浙江, the default, ended Chinese; 北京 ended English and has a language and a pre-approval of its own. */
test.before(async (shared) => {
  const world = await testWorld();
  const { store, people } = world;
  const ispId = people.isps.first;
  const home = await addBureau(store, ispId);
  const north = await createBureau(store, {
    ...{ ispId, province: "110000", name: "北京市通信管理局", endpoint: "http://127.0.0.1:9" },
    ...{ bureauIspId: 1001, userName: "openbeian", secrets: { password: "none" }, isDefault: false },
  });
  const of = (bureauId: number) => ({ ispId, bureauId });
  await adoptTable(store, of(home), "Yylb_dms", bureauCodes("site_language", { ended: ["1"] }));
  const theirs = bureauCodes("site_language", { more: { 41: "客家话" }, ended: ["2"] });
  await adoptTable(store, of(north), "Yylb_dms", theirs);
  await adoptTable(store, of(north), "Wzjylx_dms", bureauCodes("pre_approval", { more: { 60: "卫星测绘" } }));
  const filing = (parts: object) =>
    complete(store, registrantNamed(people, "张三"), { ...freshParts(), ...parts });
  const beijing = { province: "110000", city: "", county: "110101" };
  const here = await filing({ website: { languages: ["1", "2"] } });
  const there = await filing({
    subject: beijing,
    website: { languages: ["1", "2", "41"], preApprovals: ["60"], approvalNumber60: "京宗2026" },
  });
  Object.assign(shared, { world, ispId, home, north, here, there });
});
test.after(({ world }) => world.close());

const languages = () => optionsOf(field("website", "languages"), {}).map(({ code }) => code);
const some = (codes: readonly string[]) => ["1", "2", "41"].filter((code) => codes.includes(code));
const offeredTo = async ({ world, ispId }: Shared, about?: CodesFor["about"]) =>
  withCodes(await codesInForce(world.db, { ispId, ...(about && { about }) }), () => some(languages()));

test("are all offered where no bureau is meant", async (shared) => {
  assert.equal(await offeredTo(shared), ["1", "2", "41"]);
  assert.equal(await offeredTo(shared, { filing: "20200101-0001" }), ["1", "2", "41"]);
});

test("are those of the bureau that is meant, by id, province or filing", async (shared) => {
  const { home, north, here, there } = shared;
  for (const about of [{ bureauId: home }, { province: "330000" }, { filing: here.number }])
    assert.equal(await offeredTo(shared, about), ["2"]);
  for (const about of [{ bureauId: north }, { province: "110000" }, { filing: there.number }])
    assert.equal(await offeredTo(shared, about), ["1", "41"]);
  for (const province of ["440000", null])
    assert.equal(await offeredTo(shared, { province }), ["2"], "the default bureau's");
});

test("are nothing to another provider, which has ours", async ({ world, there }) => {
  const codes = await codesInForce(world.db, {
    ispId: world.people.isps.second,
    about: { filing: there.number },
  });
  assert.equal(
    withCodes(codes, () => some(languages())),
    ["1", "2"],
  );
});

test("decide what the rules say of a filing, each of its own bureau", async ({ world, here, there }) => {
  const said = async (filing: Filing) =>
    (await findingsOf(world.store, filing)).findings
      .filter(({ rule }) => rule === "code-known")
      .map(({ field: key, message }) => `${key} ${message}`);
  assert.equal(await said(here), ["languages 管局现在不用“中文简体”，请重新选择语言类别"]);
  const [english] = optionsOf(field("website", "languages"), {}).filter(({ code }) => code === "2");
  assert.equal(await said(there), [`languages 管局现在不用“${english?.label}”，请重新选择语言类别`]);
});

test("stand in the form of a filing, with the new pre-approval and its number", async ({
  world,
  here,
  there,
}) => {
  const browser = await world.signInAs("张三");
  const form = async ({ number }: Filing) => (await browser.get(`/filings/${number}/websites/1`)).text;
  const theirs = await form(there);
  assert.match(theirs, "客家话");
  assert.match(theirs, "京宗2026");
  const ours = await form(here);
  assert.not.match(ours, "客家话");
  assert.not.match(ours, "卫星测绘");
});

test("are at hand in every job of the provider, of its filing and of its bureau", async (shared) => {
  const { world, ispId, home, north, there } = shared;
  const { store, db, people } = world;
  const batchId = await keepBatch(
    store,
    registrantNamed(people, "张三"),
    await filingsIn(csvOf(tableRow())),
    newId(),
  );
  const [notice] = await db<{ id: string }[]>`
    insert into notices (isp_id, account_id, filing_id, channel, template, data_key, address_sealed, variables_sealed, cause)
    select ${ispId}, account_id, id, 'mail', 'filing-submitted', '\\x00', '\\x00', '\\x00', 'codes' from filings where id = ${there.id}
    returning id`;
  const seen = async (payload: Jobs[keyof Jobs]): Promise<string[]> => {
    let codes: string[] = [];
    const task = async () => {
      codes = [...some(languages()), codeLabel("site_language", "41")];
    };
    const tasks = withAdoptedCodes(db, { "send-notice": task } as unknown as Tasks);
    await tasks["send-notice"](payload as Jobs["send-notice"], {} as never);
    return codes;
  };
  for (const payload of [{ filingId: there.id }, { bureauId: north }, { noticeId: notice?.id ?? "" }])
    assert.equal(await seen(payload), ["1", "41", "客家话"]);
  assert.equal(await seen({ bureauId: home }), ["2", "客家话"]);
  assert.equal(await seen({ batchId }), ["1", "2", "41", "客家话"]);
  for (const payload of [{}, { filingId: 0 }] as const)
    assert.equal(await seen(payload as Jobs["open-access"]), ["1", "2", "41"], "ours");
});

test("are found for every payload that names something", async ({ world, there }) => {
  const nothing: Jobs[keyof Jobs][] = [
    ...[{ noticeId: newId() }, { materialId: 0 }, { certificateId: 0 }, { bureauId: 0 }, { filingId: 0 }],
    ...[
      { packageId: 0 },
      { checkId: newId() },
      { batchId: newId() },
      { appointmentId: 0 },
      { deliveryId: 0 },
    ],
  ];
  for (const payload of nothing) assert.is(await codesForJob(world.db, payload), undefined);
  const [material] = await world.db<
    { id: number }[]
  >`select id from materials where filing_id = ${there.id} limit 1`;
  const wanted = await codesForJob(world.db, { materialId: material?.id ?? 0 });
  assert.equal(wanted, { ispId: there.ispId, about: { filing: there.number } });
});

test.run();
