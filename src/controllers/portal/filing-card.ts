import { dayText, remainingText } from "../../lib/dates.ts";
import { filingTitle, type ListedFiling } from "../../models/filing/rows.ts";
import { ended, statusOf } from "../../models/filing/states.ts";
import { type Step, stepsListed } from "../../models/filing/steps.ts";
import { kindName } from "../../vocabulary/filing.ts";

/** A filing in a list: its name, where it stands, what to do. */
export type FilingCard = {
  href: string;
  number: string;
  title: string;
  domain: string;
  kind: string;
  step: number;
  steps: Step[];
  /** 第3步，共7步 */
  count: string;
  over: boolean;
  tone: string;
  label: string;
  /** The ministry's words: 变更阶段, 待管局审核. */
  phase: string;
  status: string;
  /** What to do or until when, in one line; empty when there is nothing to say. */
  line: string;
  /** Word of the one action that waits for the registrant. */
  action: string;
  urgent: boolean;
};

/** The action that waits for the registrant, by state. */
const waiting: Partial<Record<ListedFiling["state"], string>> = {
  draft: "继续填写",
  returned: "去修改",
  photo_due: "去办理",
  sms_pending: "去核验",
};

/** `verifies`: whether the provider asks for the second check, steps ④ and ⑤. */
export function filingCard(filing: ListedFiling, now: Date, verifies = true): FilingCard {
  const steps = stepsListed(filing, verifies);
  const { phase, label, tone, status, step } = statusOf(filing);
  return {
    href: `/filings/${filing.number}`,
    number: filing.number,
    title: filingTitle(filing),
    domain: filing.siteName ? (filing.domain ?? "") : "",
    kind: kindName(filing),
    ...{ step, steps, count: countOf(steps, step) },
    over: ended.includes(filing.state),
    tone,
    label,
    phase,
    status,
    line: lineOf(filing, now),
    action: waiting[filing.state] ?? "",
    urgent: filing.state === "sms_pending",
  };
}

const countOf = (steps: readonly Step[], at: number): string => {
  const place = steps.findIndex(({ step }) => step >= at);
  return `第${place < 0 ? steps.length : place + 1}步，共${steps.length}步`;
};

function lineOf({ state, dueAt, smsUntil, stateSince }: ListedFiling, now: Date): string {
  if (state === "sms_pending" && smsUntil && smsUntil > now) return `短信核验${remainingText(smsUntil, now)}`;
  if (state === "returned") return `${dayText(stateSince, now)}退回`;
  return dueAt && dueAt > now ? `预计${dayText(dueAt, now)}前有结果` : "";
}
