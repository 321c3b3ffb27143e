import { newId } from "../lib/ids.ts";
import type { Actor, Staff } from "../models/actor.ts";
import { orderCurtain, postCurtain, receiveCurtain } from "../models/curtain/curtain.ts";
import { askRecall } from "../models/filing/recall.ts";
import { type Filing, findFiling } from "../models/filing/rows.ts";
import { arrange, sectionsOf } from "../models/filing/sections.ts";
import type { State } from "../models/filing/states.ts";
import { type Input, transition } from "../models/filing/transition.ts";
import type { Action } from "../models/filing/workflow.ts";
import type { DemoFiling } from "./cast.ts";
import type { Company } from "./company.ts";
import { addDemoPictures } from "./materials.ts";
import { numberDemo } from "./numbers.ts";
import { demoCertificate, demoPerson } from "./values.ts";

export type Walk = (company: Company, filing: Filing, demo: DemoFiling, n: number) => Promise<unknown>;

const act = ({ store }: Company, filing: Filing, action: Action, actor: Actor, input: Input = {}) =>
  transition(store, { filingId: filing.id, action, actor, requestId: newId(), input });

/** Claims first, as the table wants it. */
async function decide(company: Company, filing: Filing, action: Action, actor: Staff, input: Input = {}) {
  await act(company, filing, "claim", actor);
  await act(company, filing, action, actor, input);
}

const system: Actor = { kind: "system" };
const bureau: Actor = { kind: "bureau" };

/** What people, jobs and the bureau do with a filing of the demo. */
export const steps = {
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
  returnPaper: (company, filing) =>
    decide(company, filing, "return-initial", company.reviewer, {
      reasons: [{ reason: "other", note: "请把新地址的租赁合同一并上传" }],
    }),
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
  recall: (company, filing) => {
    const act = { filingId: filing.id, actor: company.registrant, requestId: newId() };
    return askRecall(company.store, act, "网站名称还要再商量");
  },
  approved: (company, filing) => act(company, filing, "approve-bureau", bureau),
  number: (company, filing, _, n) => numberDemo(company.store, filing, n),
  refuse: (company, filing) => act(company, filing, "refuse", bureau),
  cancel: (company, filing) => act(company, filing, "cancel", company.registrant),
  close: (company, filing) =>
    act(company, filing, "close", company.supervisor, {
      reasons: [{ reason: "other", note: "主办者来电要求关闭" }],
    }),
} satisfies Record<string, Walk>;

export type Step = keyof typeof steps;

/** States to which a filing on a record is brought. */
export type Reach = Extract<
  State,
  "draft" | "initial_review" | "returned" | "ready" | "at_bureau" | "recall_requested" | "numbered"
>;

/** The step that goes on from each state, whatever the kind of filing; kinds leave out states of their own. */
const onward: Partial<Record<State, Step>> = {
  draft: "submit",
  initial_review: "approve",
  photo_due: "photo",
  verification: "verify",
  ready: "upload",
  uploading: "accept",
  sms_pending: "sms",
  at_bureau: "approved",
  approved: "number",
};

/** The last step to a state that does not lie on the way to the numbers, and where it leaves that way. */
const aside: Partial<Record<Reach, { from: State; step: Step }>> = {
  returned: { from: "initial_review", step: "returnPaper" },
  recall_requested: { from: "sms_pending", step: "recall" },
};

/** Brings a filing of any kind on from where it is; `demo` and `n` say who it is about. */
export async function bringTo(
  company: Company,
  filing: Filing,
  to: Reach,
  demo: DemoFiling,
  n: number,
): Promise<Filing> {
  if (filing.state === to) return filing;
  const apart = aside[to];
  const step = apart?.from === filing.state ? apart.step : onward[filing.state];
  if (!step) throw new Error(`the demo knows no way on from ${filing.state}`);
  const walk: Walk = steps[step];
  await walk(company, filing, demo, n);
  return bringTo(company, await findFiling(company.store.db, filing.number, company.registrant), to, demo, n);
}
