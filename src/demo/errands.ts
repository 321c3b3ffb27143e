import { newId } from "../lib/ids.ts";
import type { Registrant } from "../models/actor.ts";
import { issueCode } from "../models/code/codes.ts";
import { type Beginning, createFiling } from "../models/filing/create.ts";
import { passwordHash } from "../models/filing/icp-password.ts";
import { type Filing, findFiling } from "../models/filing/rows.ts";
import { sectionsOf } from "../models/filing/sections.ts";
import { openRecord, type RecordTree } from "../models/record/tree.ts";
import { startTermination } from "../models/termination/terminate.ts";
import { offerRecord, requestTransferCode } from "../models/transfer/offer.ts";
import { DEMO_RECORD_PASSWORD, demoRecords } from "../vocabulary/demo-records.ts";
import type { SectionKind, Values } from "../vocabulary/filing.ts";
import type { DemoFiling } from "./cast.ts";
import type { Errand, OnRecord } from "./cast-records.ts";
import type { Company } from "./company.ts";
import { prepare, put, seedFiling } from "./filings.ts";
import { bringTo, type Reach } from "./steps.ts";
import { demoValues } from "./values.ts";

/** A first filing with its numbers, made as every other one, and what was begun on its record. */
export async function seedRecord(
  company: Company,
  { filing, errand }: OnRecord,
  n: number,
): Promise<RecordTree> {
  const first = await seedFiling(company, filing, n);
  const record = await recordOf(company, first);
  if (errand?.kind === "terminate") await terminate(company, record);
  else if (errand) await runErrand(company, { record, demo: filing, n }, errand);
  return record;
}

async function recordOf({ store, registrant }: Company, { id }: Filing): Promise<RecordTree> {
  const [row] = await store.db<{ id: number }[]>`select id from subjects where filing_id = ${id}`;
  return openRecord(store, registrant, row?.id ?? 0);
}

type Scene = { record: RecordTree; demo: DemoFiling; n: number };

async function runErrand(company: Company, scene: Scene, errand: Exclude<Errand, { kind: "terminate" }>) {
  const { record, demo, n } = scene;
  const subjectId = record.id;
  if (errand.kind === "add") {
    const site = { ...demo, site: errand.site, domain: errand.domain };
    const { website, access } = demoValues(site, n, company.ipOf(n, 1));
    const filing = await open(company, { kind: "add", subjectId, domain: errand.domain });
    return finish(company, filing, { website, access }, errand.to, { ...scene, demo: site });
  }
  const target = { subjectId, scope: errand.scope, targetId: targetOf(record, errand.scope) };
  const filing = await open(company, { kind: errand.kind, ...target });
  const typed =
    errand.kind === "change"
      ? { [errand.scope]: errand.values }
      : { cancellation: { reason: "1", explanation: "网站不再办了，页面已经关闭。" } };
  return finish(company, filing, typed, errand.to, scene);
}

function targetOf({ id, websites: [website] }: RecordTree, scope: "subject" | "website" | "access"): number {
  const last = website?.accesses.at(-1);
  return { subject: id, website: website?.id ?? 0, access: last?.id ?? 0 }[scope];
}

async function open(
  { store, registrant }: Company,
  beginning: Beginning,
  password = DEMO_RECORD_PASSWORD,
): Promise<Filing> {
  const { accountId, ispId } = registrant;
  const given = { accountId, ispId, passwordHash: passwordHash(password), requestId: newId() };
  const made = await createFiling(store, registrant, { ...beginning, ...given });
  if ("taken" in made) throw new Error(`the demo's ${beginning.kind} is taken`);
  return made;
}

/** Fills in what is typed of each kind of section, the pictures, and goes on to a state. */
async function finish(
  company: Company,
  filing: Filing,
  typed: Partial<Record<SectionKind, Values>>,
  to: Reach,
  { demo, n }: Pick<Scene, "demo" | "n">,
): Promise<void> {
  for (const section of await sectionsOf(company.store, filing)) {
    const values = typed[section.kind];
    if (values && section.open) await put(company, filing, section, values);
  }
  const now = await findFiling(company.store.db, filing.number, company.registrant);
  if (to !== "draft") await prepare(company, now, demo, n);
  await bringTo(company, now, to, demo, n);
}

/** 新增接入 of a website that somebody filed elsewhere, ready to go to the bureau. */
export async function seedJoin(company: Company, n: number): Promise<void> {
  const { number, name, certNumber, password, websites } = demoRecords[3];
  const [{ name: siteName, domains }] = websites;
  const [domain] = domains;
  const demo: DemoFiling = {
    ...{ to: "ready", nature: "4", subject: name, person: "袁二五", site: siteName, domain, content: "8" },
    ...{
      division: { province: "330000", city: "330100", county: "330108" },
      street: "远山路2号",
      reuses: true,
    },
  };
  const checked = { nature: demo.nature, certType: "1", certNo: certNumber, domain };
  const site = { number: `${number}-1`, name, siteName };
  const filing = await open(company, { kind: "join", ...checked, ...site }, password);
  const { access } = demoValues(demo, n, company.ipOf(n));
  await finish(company, filing, { access }, "ready", { demo, n });
}

/** 取消接入 by the provider: its period of grace begins. */
async function terminate({ store, submitter }: Company, record: RecordTree): Promise<void> {
  await startTermination(store, submitter, {
    accessId: targetOf(record, "access"),
    reason: "9",
    explanation: "服务器已到期一个月，没有续费。",
    words: "其他：服务器已到期一个月，没有续费。",
    requestId: newId(),
  });
}

/** 转移: a record is offered to another account, with the code that came to its owner. */
export async function offerTo(
  { store, registrant }: Company,
  record: RecordTree,
  to: Registrant,
  toName: string,
) {
  const offer = { subjectId: record.id, toName, channel: "mail" as const };
  const asked = await requestTransferCode(store, registrant, offer);
  const codeId = "requested" in asked && asked.requested?.state === "requested" ? asked.requested.codeId : 0;
  const issued = await issueCode(store, codeId);
  const done = await offerRecord(store, registrant, {
    ...offer,
    code: issued?.code ?? "",
    requestId: newId(),
  });
  if (!("offered" in done) || !done.offered) throw new Error(`the demo offers ${to.name} nothing`);
}
