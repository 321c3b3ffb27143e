import { newId } from "../lib/ids.ts";
import { addWorkingMinutes, type Calendar, workingMinutesBetween } from "../lib/working-days.ts";
import { addAccess } from "../models/filing/change-sections.ts";
import { createFiling } from "../models/filing/create.ts";
import { filingData } from "../models/filing/findings.ts";
import { phonesOf, recordProof } from "../models/filing/phones.ts";
import { type Filing, findFiling } from "../models/filing/rows.ts";
import { saveSection } from "../models/filing/save.ts";
import { type StoredSection, sectionsOf } from "../models/filing/sections.ts";
import { workingCalendar } from "../models/filing/sla.ts";
import type { State } from "../models/filing/states.ts";
import type { Values } from "../vocabulary/filing.ts";
import type { DemoFiling } from "./cast.ts";
import type { Company } from "./company.ts";
import { addDemoPictures } from "./materials.ts";
import { type Step, steps, type Walk } from "./steps.ts";
import { demoCertificate, demoPerson, demoValues } from "./values.ts";

/** Makes the nth filing of the cast through the models, as people would, and brings it to its state. */
export async function seedFiling(company: Company, demo: DemoFiling, n: number): Promise<Filing> {
  const { store, registrant } = company;
  const made = await createFiling(store, registrant, {
    kind: "first",
    accountId: registrant.accountId,
    ispId: registrant.ispId,
    nature: demo.nature,
    certType: demo.nature === "5" ? "2" : "1",
    certNo: demoCertificate(demo, n),
    domain: demo.domain,
    requestId: newId(),
  });
  if ("taken" in made) throw new Error(`the demo's ${demo.domain} is taken`);
  const filing = await fillIn(company, made, demo, n);
  for (const name of ways[demo.to]) await walk(steps[name], company, filing, demo, n);
  if (demo.due !== undefined) {
    const due = dueIn(demo.due, await workingCalendar(store.db));
    await store.db`update filings set due_at = ${due} where id = ${filing.id}`;
  }
  return findFiling(store.db, filing.number, registrant);
}

const WEEK = 7 * 86_400_000;

/** The moment that lies so many working hours from now, before it when negative (less than a week). */
function dueIn(hours: number, calendar: Calendar): Date {
  const now = new Date();
  if (hours >= 0) return addWorkingMinutes(now, hours * 60, calendar);
  const before = new Date(now.getTime() - WEEK);
  return addWorkingMinutes(before, workingMinutesBetween(before, now, calendar) + hours * 60, calendar);
}

async function fillIn(company: Company, filing: Filing, demo: DemoFiling, n: number): Promise<Filing> {
  const { store, registrant } = company;
  if (demo.accesses === 2) await addSecondAccess(company, filing);
  for (const section of await sectionsOf(store, filing)) {
    // A draft is left half done, so that there is something to go on with.
    if (demo.to === "draft" && section.kind === "access") continue;
    const values = demoValues(demo, n, company.ipOf(n, section.kind === "access" ? section.position - 1 : 0));
    await put(company, filing, section, values[section.kind as keyof typeof values]);
  }
  const now = await findFiling(store.db, filing.number, registrant);
  if (demo.to === "draft" || demo.to === "cancelled") return now;
  await prepare(company, now, demo, n);
  return now;
}

async function addSecondAccess({ store, registrant }: Company, filing: Filing): Promise<void> {
  const website = (await sectionsOf(store, filing)).find(({ kind }) => kind === "website");
  await addAccess(store, registrant, { filingId: filing.id, websiteId: website?.id ?? 0, seen: 1 });
}

/** Saves what somebody types into a section beside what stands there. */
export async function put(
  { store, registrant }: Company,
  filing: Filing,
  { id, version, values }: StoredSection,
  typed: Values,
): Promise<void> {
  const wanted = { filingId: filing.id, sectionId: id, version, values: { ...values, ...typed } };
  await saveSection(store, registrant, wanted);
}

/** Everything that a filing needs to be sent in beside its sections: pictures, and the numbers of its people proved. */
export async function prepare(company: Company, filing: Filing, demo: DemoFiling, n: number): Promise<void> {
  const { store } = company;
  await addDemoPictures(company, filing, demo, demoPerson(demo, n), demoCertificate(demo, n), "entry");
  for (const phone of phonesOf(await filingData(store, filing))) await recordProof(store, filing, phone);
}

const walk = (step: Walk, ...place: Parameters<Walk>) => step(...place);

const reviewed: Step[] = ["submit", "approve"];
const verified: Step[] = [...reviewed, "curtain", "photo", "verify"];
const accepted: Step[] = [...verified, "upload", "accept"];

/** The steps that lead to a state. */
const ways: Record<State, Step[]> = {
  draft: [],
  initial_review: ["submit"],
  returned: ["submit", "return"],
  photo_due: [...reviewed, "curtain"],
  verification: [...reviewed, "curtain", "photo"],
  ready: verified,
  uploading: [...verified, "upload"],
  upload_failed: [...verified, "upload", "fail"],
  sms_pending: accepted,
  at_bureau: [...accepted, "sms"],
  bureau_returned: [...accepted, "sms", "refuse"],
  recall_requested: accepted,
  approved: [...accepted, "sms", "approved"],
  numbered: [...accepted, "sms", "approved", "number"],
  cancelled: ["cancel"],
  closed: ["submit", "close"],
};
