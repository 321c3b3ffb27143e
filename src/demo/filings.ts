import { newId } from "../lib/ids.ts";
import { addWorkingMinutes, type Calendar, workingMinutesBetween } from "../lib/working-days.ts";
import type { Actor, Registrant, Staff } from "../models/actor.ts";
import { orderCurtain, postCurtain, receiveCurtain } from "../models/curtain/curtain.ts";
import { createFiling } from "../models/filing/create.ts";
import { filingData } from "../models/filing/findings.ts";
import { phonesOf, recordProof } from "../models/filing/phones.ts";
import { type Filing, findFiling } from "../models/filing/rows.ts";
import { saveSection } from "../models/filing/save.ts";
import { arrange, sectionsOf } from "../models/filing/sections.ts";
import { workingCalendar } from "../models/filing/sla.ts";
import type { State } from "../models/filing/states.ts";
import { type Input, transition } from "../models/filing/transition.ts";
import type { Action } from "../models/filing/workflow.ts";
import type { Files } from "../models/material/files.ts";
import type { RootStore } from "../models/store.ts";
import type { DemoFiling } from "./cast.ts";
import { addDemoPictures } from "./materials.ts";
import { numberDemo } from "./numbers.ts";
import { demoCertificate, demoPerson, demoValues } from "./values.ts";

/** Who does what in the demo. */
export type Company = {
  store: RootStore;
  files: Files;
  /** Of the provider. */
  name: string;
  registrant: Registrant;
  reviewer: Staff;
  verifier: Staff;
  submitter: Staff;
  supervisor: Staff;
  /** An address of the provider for the nth filing. */
  ipOf(n: number): string;
};

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
  if (demo.to !== "draft") for (const step of wayTo(demo.to)) await steps[step](company, filing, demo, n);
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
  const values = demoValues(demo, n, company.ipOf(n));
  for (const section of await sectionsOf(store, filing)) {
    // A draft is left half done, so that there is something to go on with.
    if (demo.to === "draft" && section.kind === "access") continue;
    const wanted = { ...section.values, ...values[section.kind as keyof typeof values] };
    await saveSection(store, registrant, {
      filingId: filing.id,
      sectionId: section.id,
      version: section.version,
      values: wanted,
    });
  }
  const now = await findFiling(store.db, filing.number, registrant);
  if (demo.to === "draft" || demo.to === "cancelled") return now;
  await addDemoPictures(company, now, demo, demoPerson(demo, n), demoCertificate(demo, n), "entry");
  for (const phone of phonesOf(await filingData(store, now))) await recordProof(store, now, phone);
  return now;
}

type Step =
  | "submit"
  | "approve"
  | "return"
  | "curtain"
  | "photo"
  | "verify"
  | "upload"
  | "fail"
  | "accept"
  | "sms"
  | "approved"
  | "number"
  | "refuse"
  | "cancel"
  | "close";

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

const wayTo = (state: State): readonly Step[] => ways[state];

type Walk = (company: Company, filing: Filing, demo: DemoFiling, n: number) => Promise<unknown>;

const act = ({ store }: Company, filing: Filing, action: Action, actor: Actor, input: Input = {}) =>
  transition(store, { filingId: filing.id, action, actor, requestId: newId(), input });

/** Claims first, as the table wants it. */
async function decide(company: Company, filing: Filing, action: Action, actor: Staff, input: Input = {}) {
  await act(company, filing, "claim", actor);
  await act(company, filing, action, actor, input);
}

const system: Actor = { kind: "system" };
const bureau: Actor = { kind: "bureau" };

const steps: Record<Step, Walk> = {
  submit: (company, filing) => act(company, filing, "submit", company.registrant, { declared: true }),
  approve: (company, filing) => decide(company, filing, "approve", company.reviewer),
  return: async (company, filing) => {
    const { subject, websites } = arrange(await sectionsOf(company.store, filing));
    const [website] = websites;
    const reasons = [
      { sectionId: subject.id, field: "residence", reason: "as-certificate", note: "执照上是“田园路112号”" },
      { sectionId: website?.id ?? 0, slot: "form", reason: "date" },
    ];
    await decide(company, filing, "return-initial", company.reviewer, { reasons });
  },
  curtain: async (company, filing, { curtain, subject, street, division }, n) => {
    if (!curtain) return;
    const { store, registrant, reviewer } = company;
    const by = (actor: Actor) => ({ filingId: filing.id, actor, requestId: newId() });
    const order = {
      recipient: `收件人${n}`,
      phone: `1380000${2000 + n}`,
      address: `${division.county}${street}（${subject}）`,
      remark: "",
    };
    await orderCurtain(store, by(registrant), order);
    if (curtain === "ordered") return;
    await postCurtain(store, by(reviewer), {
      courier: "示例快递",
      trackingNumber: `DEMO${String(80000 + n)}`,
    });
    if (curtain === "received") await receiveCurtain(store, by(registrant));
  },
  photo: async (company, filing, demo, n) => {
    await addDemoPictures(company, filing, demo, demoPerson(demo, n), demoCertificate(demo, n), "photo");
    await act(company, filing, "submit-verification", company.registrant);
  },
  verify: (company, filing) => decide(company, filing, "verify", company.verifier),
  upload: (company, filing) => act(company, filing, "upload", company.submitter),
  fail: (company, filing) =>
    act(company, filing, "fail-upload", system, { detail: { code: 5, message: "密码错误" } }),
  accept: (company, filing) => act(company, filing, "accept-upload", system),
  sms: (company, filing) => act(company, filing, "finish-sms-check", company.registrant),
  approved: (company, filing) => act(company, filing, "approve-bureau", bureau),
  number: (company, filing) => numberDemo(company.store, filing),
  refuse: (company, filing) => act(company, filing, "refuse", bureau),
  cancel: (company, filing) => act(company, filing, "cancel", company.registrant),
  close: (company, filing) =>
    act(company, filing, "close", company.supervisor, {
      reasons: [{ reason: "other", note: "主办者来电要求关闭" }],
    }),
};
