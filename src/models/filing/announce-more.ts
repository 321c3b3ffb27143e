import { maybeSlot } from "../../rules/slots.ts";
import type { Role } from "../actor.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { noticeStaff } from "../notice/staff.ts";
import type { Announcement } from "./announce.ts";
import type { State } from "./states.ts";
import type { Context } from "./transition.ts";
import type { Action } from "./workflow.ts";

/** 撤销申请: staff ask the bureau, the registrant hears what it said. */
const recall: Partial<Record<Action, Announcement>> = {
  "ask-recall": ({ store, filing: { ispId, id: filingId } }, cause) =>
    noticeStaff(store, { ispId, role: "submitter", filingId }, "recall-asked", {}, cause),
  "grant-recall": ({ store, filing, input }, cause) =>
    noticeRegistrant(store, filing, "recall-granted", { words: input.words ?? "" }, cause),
  "refuse-recall": ({ store, filing, input, now }, cause) => {
    const { formerState, smsUntil } = filing;
    const pending = formerState === "sms_pending" && smsUntil !== null && smsUntil > now;
    const variables = { words: input.words ?? "", ...(pending ? { until: smsUntil } : {}) };
    return noticeRegistrant(store, filing, "recall-refused", variables, cause);
  },
};

/** Who looks at what comes in while a filing stands there. */
const readers: Partial<Record<State, Role>> = {
  initial_review: "initial_reviewer",
  verification: "verifier",
};

const materialOf = ({ input }: Context): string => maybeSlot(String(input.detail?.slot))?.label ?? "资料";

/** 补传资料, both ways. */
const supplements: Partial<Record<Action, Announcement>> = {
  "ask-supplement": (context, cause) => {
    const variables = { material: materialOf(context), wish: context.input.words ?? "" };
    return noticeRegistrant(context.store, context.filing, "supplement-asked", variables, cause);
  },
  supplement: (context, cause) => {
    const { store, filing } = context;
    const role = readers[filing.state] ?? "submitter";
    const to = { ispId: filing.ispId, role, filingId: filing.id };
    return noticeStaff(store, to, "supplement-received", { material: materialOf(context) }, cause);
  },
  "accept-supplement": decided(true),
  "reject-supplement": decided(false),
};

function decided(accepted: boolean): Announcement {
  return (context, cause) => {
    const variables = { material: materialOf(context), accepted, reason: context.input.words ?? "" };
    return noticeRegistrant(context.store, context.filing, "supplement-decided", variables, cause);
  };
}

/** 代为备案: the registrant is asked to confirm, staff hear that it is theirs again. */
const onBehalf: Partial<Record<Action, Announcement>> = {
  "hand-to-registrant": ({ store, filing }, cause) =>
    noticeRegistrant(store, filing, "draft-handed", {}, cause),
  "submit-on-behalf": ({ store, filing }, cause) =>
    noticeRegistrant(store, filing, "filing-submitted", {}, cause),
  "send-back-draft": ({ store, filing: { ispId, id: filingId } }, cause) =>
    noticeStaff(store, { ispId, role: "service", filingId }, "draft-sent-back", {}, cause),
};

/** 寄送资料, both ways. */
const papers: Partial<Record<Action, Announcement>> = {
  "post-papers": ({ store, filing: { ispId, id: filingId }, input }, cause) =>
    noticeStaff(
      store,
      { ispId, role: "verifier", filingId },
      "papers-posted",
      { parcel: input.words ?? "" },
      cause,
    ),
  "receive-papers": ({ store, filing }, cause) =>
    noticeRegistrant(store, filing, "papers-received", {}, cause),
  "check-papers": ({ store, filing }, cause) => noticeRegistrant(store, filing, "papers-checked", {}, cause),
  "reject-papers": ({ store, filing, input }, cause) =>
    noticeRegistrant(store, filing, "papers-rejected", { reason: input.words ?? "" }, cause),
  "submit-on-site": ({ store, filing }, cause) =>
    noticeRegistrant(store, filing, "filing-submitted", {}, cause),
};

/** 取消接入 by the provider: the period of grace is over, and the filing is on its way. */
const termination: Partial<Record<Action, Announcement>> = {
  terminate: async ({ store, filing }, cause) => {
    const [site] = await store.db<{ site: string; number: string; record: number }[]>`
      select w.name as site, w.number, t.subject_id as record from terminations t
      join accesses a on a.id = t.access_id join websites w on w.id = a.website_id where t.filing_id = ${filing.id}`;
    if (site) await noticeRegistrant(store, filing, "termination-filed", site, cause);
  },
};

export const moreAnnouncements: Partial<Record<Action, Announcement>> = {
  ...recall,
  ...supplements,
  ...onBehalf,
  ...papers,
  ...termination,
};
