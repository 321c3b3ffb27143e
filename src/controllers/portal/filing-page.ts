import { dateText, dayText, remainingText } from "../../lib/dates.ts";
import { addWorkingDays } from "../../lib/working-days.ts";
import type { Registrant } from "../../models/actor.ts";
import { type Appointment, maybeAppointment } from "../../models/appointment/rows.ts";
import { type Curtain, maybeCurtain } from "../../models/curtain/curtain.ts";
import { accessOpening } from "../../models/filing/access-opening.ts";
import { hasLiveClaim } from "../../models/filing/claims.ts";
import { eventsForRegistrant } from "../../models/filing/event-words.ts";
import { findingsOf } from "../../models/filing/findings.ts";
import { eventsOf, type FilingEvent } from "../../models/filing/history.ts";
import { phonesOf } from "../../models/filing/phones.ts";
import { lastReturn, type Returned } from "../../models/filing/returns.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { workingCalendar } from "../../models/filing/sla.ts";
import { editable, hasSmsCheck, statusOf, stepOf } from "../../models/filing/states.ts";
import { type Step, stepsOf } from "../../models/filing/steps.ts";
import { type Action, actionsFor } from "../../models/filing/workflow.ts";
import { type IspSettings, ispSettings } from "../../models/isp/settings.ts";
import { messagesOf } from "../../models/message/message.ts";
import { neededPapers } from "../../models/paper/needed.ts";
import { type PaperDelivery, papersOf } from "../../models/paper/papers.ts";
import { ruleInForce } from "../../models/province-rule/in-force.ts";
import { recordOfFiling } from "../../models/record/rows.ts";
import { staffNames } from "../../models/staff/names.ts";
import type { RootStore } from "../../models/store.ts";
import { supplementCounts } from "../../models/supplement/lists.ts";
import { isTermination } from "../../models/termination/of-filing.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { nationalDefaults } from "../../vocabulary/province-rules.ts";
import { type SectionTask, sectionTasks } from "./section-tasks.ts";

/** What the page of a filing shows; the view draws the box 现在要做 by `state`. */
export type FilingPage = {
  filing: Filing;
  title: string;
  state: { label: string; tone: string };
  step: number;
  /** Those of its kind, ④ and ⑤ only where a photo is wanted. */
  steps: Step[];
  /** 备案, 变更 or 注销: what this is. */
  word: string;
  /** Whether the ministry checks it by short message. */
  smsCheck: boolean;
  /** The provider's own 取消接入. */
  notice: boolean;
  notes: string[];
  actions: readonly Action[];
  claimed: boolean;
  tasks: SectionTask[];
  errors: number;
  returned: Returned[];
  curtain: Curtain | undefined;
  /** How the provider verifies: 幕布, 自备背景, 面签, 视频. */
  ways: IspSettings["verification"];
  /** The 面签 that is booked, was kept or was missed. */
  appointment: Appointment | undefined;
  /** 寄送资料: labels of the originals that must come, and the newest parcel. */
  papers: { needed: string[]; last: PaperDelivery | undefined };
  /** How far the verification photos are. */
  photo: { ready: boolean; words: string };
  editable: boolean;
  phones: string[];
  expected: string;
  /** 可开通访问 of a 新增接入 that was sent in. */
  opening: ReturnType<typeof accessOpening>;
  /** Working days that the bureau of the subject's province takes at most. */
  reviewDays: number;
  record: Awaited<ReturnType<typeof recordOfFiling>>;
  events: FilingEvent[];
  messages: Awaited<ReturnType<typeof messagesOf>>;
  /** 补传资料: how many staff ask for, and how many there are. */
  supplements: { wanted: number; all: number };
  /** Who of the staff wrote it for the registrant. */
  author: string;
};

const errands: Partial<Record<Filing["kind"], string>> = { change: "变更", cancel: "注销" };

/** Reads everything the page needs; nothing here changes anything. */
export async function filingPage(
  store: RootStore,
  actor: Registrant,
  filing: Filing,
  now: Date,
): Promise<FilingPage> {
  const { db } = store;
  const events = await eventsOf(db, filing.id);
  const { data, findings } = await findingsOf(store, filing);
  const errors = findings.filter(({ severity }) => severity === "error");
  const reviewDays = await reviewDaysOf(store, filing);
  return {
    filing,
    title: filingTitle(filing),
    state: statusOf(filing),
    step: statusOf(filing).step,
    steps: await stepsOf(store, filing),
    word: errands[filing.kind] ?? "备案",
    smsCheck: hasSmsCheck(filing),
    notice: await isTermination(db, filing),
    notes: notesOf(events, filing, reviewDays, now),
    actions: await actionsOf(db, filing, actor),
    claimed: hasLiveClaim(filing, now),
    tasks: sectionTasks(filing, data, findings),
    errors: errors.length,
    returned: filing.state === "returned" || filing.state === "closed" ? await lastReturn(store, filing) : [],
    curtain: await maybeCurtain(store, filing),
    ways: (await ispSettings(db, filing.ispId)).verification,
    appointment: await maybeAppointment(db, filing.id),
    papers: { needed: await neededPapers(store, filing), last: (await papersOf(store, filing))[0] },
    photo: photoState(data),
    editable: editable.includes(filing.state),
    phones: phonesOf(data).map(({ number }) => number),
    expected: await expectedText(store, filing, reviewDays, now),
    opening: accessOpening(filing, now),
    reviewDays,
    record: filing.state === "numbered" ? await recordOfFiling(store, filing.id) : undefined,
    events: eventsForRegistrant(events),
    messages: await messagesOf(store, filing),
    supplements: await supplementCounts(db, filing),
    author: filing.authorStaffId === null ? "" : await authorOf(db, filing),
  };
}

async function authorOf(db: RootStore["db"], { ispId, authorStaffId }: Filing): Promise<string> {
  const ids = authorStaffId === null ? [] : [authorStaffId];
  return (await staffNames(db, ispId, ids)).get(authorStaffId ?? 0) ?? "工作人员";
}

/** The provider's own 取消接入 is not the registrant's to cancel or to ask back. */
async function actionsOf(db: RootStore["db"], filing: Filing, actor: Registrant): Promise<Action[]> {
  const actions = actionsFor(filing.state, actor);
  if (!(await isTermination(db, filing))) return actions;
  return actions.filter((action) => action !== "cancel" && action !== "ask-recall");
}

/** The day on which each of the seven steps was done, or what it takes. */
function notesOf(events: readonly FilingEvent[], filing: Filing, reviewDays: number, now: Date): string[] {
  const last = (...actions: Action[]) => events.findLast(({ action }) => actions.includes(action))?.createdAt;
  const at = stepOf(filing);
  const done = [
    last("submit"),
    last("submit"),
    last("approve"),
    last("submit-verification"),
    last("verify"),
    last("number"),
    last("number"),
  ];
  const takes = [
    "由您办理",
    "由您办理",
    "1–2个工作日",
    "由您办理",
    "1–2个工作日",
    `最多${reviewDays}个工作日`,
    "",
  ];
  return done.map((day, index) => (day && index + 1 < at ? dateText(day, now) : (takes[index] ?? "")));
}

/** What the province's rule says of the bureau's time, else the national most. */
async function reviewDaysOf({ db }: RootStore, { ispId, province }: Filing): Promise<number> {
  const { reviewDaysMax } = await ruleInForce(db, ispId, province);
  return reviewDaysMax ?? nationalDefaults.reviewDaysMax;
}

/** One photo a website: ready when every website has one. */
function photoState({ websites, materials }: FilingData): { ready: boolean; words: string } {
  const found = websites.map(
    ({ id }) => materials.find((one) => one.slot === "photo" && one.sectionId === id)?.state,
  );
  if (found.every((state) => state === "ready")) return { ready: true, words: "已就绪，可以提交核验。" };
  if (found.includes("processing")) return { ready: false, words: "处理中，通常不到1分钟。" };
  if (found.includes("failed")) return { ready: false, words: "没有处理成功，请重新上传。" };
  return { ready: false, words: "还没有上传。" };
}

/** Until when an answer is likely: staff's own time, or the most a bureau takes. */
async function expectedText(
  { db }: RootStore,
  filing: Filing,
  reviewDays: number,
  now: Date,
): Promise<string> {
  if (filing.dueAt && filing.dueAt > now) return dayText(filing.dueAt, now);
  if (filing.state !== "at_bureau" && filing.state !== "sms_pending") return "";
  const latest = addWorkingDays(filing.stateSince, reviewDays, await workingCalendar(db));
  return latest > now ? dayText(latest, now) : "";
}

/** 还剩3小时42分 until the short-message check runs out. */
export const smsLeft = (filing: Filing, now: Date): string =>
  filing.smsUntil && filing.smsUntil > now ? remainingText(filing.smsUntil, now) : "";
