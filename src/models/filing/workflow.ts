import { type Actor, hasRole, type Role } from "../actor.ts";
import { ended, type State } from "./states.ts";

/** Who may ask for an action: the registrant, staff of a role, a job, an answer of the bureau. */
export type Party = "registrant" | "system" | "bureau" | Role;

/** Named conditions; each is a function of `guards.ts`. */
export type Guard =
  | "ownClaim"
  | "claimFree"
  | "noLiveClaim"
  | "fourEyes"
  | "openErrorsNeedReason"
  | "reasonsGiven"
  | "noErrors"
  | "materialsReady"
  | "phonesProved"
  | "declared"
  | "productBound"
  | "photoReady"
  | "formFresh"
  | "onlyPhotoChanged"
  | "noOpenPackage"
  | "bureauKnown"
  | "notListed"
  | "sendable"
  | "needsHand"
  | "evidenceGiven"
  | "draftedByStaff"
  | "withStaff"
  | "withRegistrant"
  | "signedOnPaper"
  | "notByProvider"
  | "byProvider"
  | "onSiteDue"
  | "appointmentAhead"
  | "arrived"
  | "papersChecked";

/** Named consequences in the same transaction; each is a function of `effects.ts`. */
export type Effect =
  | "hold"
  | "free"
  | "snapshot"
  | "claim"
  | "unclaim"
  | "recordReasons"
  | "rememberReviewer"
  | "chooseBureau"
  | "upload"
  | "stopBureau"
  | "startBureau"
  | "voidPackage"
  | "settlePackage"
  | "startSmsCheck"
  | "startOpening"
  | "leaveAppointment"
  | "handOver"
  | "takeBack"
  | "notify";

/** Where an action leads: a state, `same`, or a choice made by `destinations.ts`. */
export type Destination =
  | State
  | "same"
  | "former"
  | "afterInitialReview"
  | "returnedByPlace"
  | "uploadOrSms"
  | "beforeRecall";

export type Transition = {
  /** Row of the table in workflow.md. */
  row: number;
  /** The word on the button or in the history. */
  label: string;
  by: readonly Party[];
  from: readonly State[];
  to: Destination;
  guards?: readonly Guard[];
  effects?: readonly Effect[];
  /** False for what happens all the time and is kept elsewhere (saving a section). */
  recorded?: false;
};

const open = [
  "draft",
  "initial_review",
  "returned",
  "photo_due",
  "verification",
  "ready",
  "uploading",
  "upload_failed",
  "sms_pending",
  "at_bureau",
  "bureau_returned",
  "recall_requested",
  "approved",
] as const satisfies readonly State[];
const atBureau = ["uploading", "sms_pending", "at_bureau"] as const satisfies readonly State[];
const claimable = [
  "initial_review",
  "verification",
  "ready",
  "bureau_returned",
] as const satisfies readonly State[];
/** Locked for the registrant, and not yet decided: papers may still come (补传资料). */
const locked = ["initial_review", "verification", "ready", "at_bureau"] as const satisfies readonly State[];
/** From the first submission until it is at the bureau: originals may be posted. */
const onPaper = [
  "initial_review",
  "returned",
  "photo_due",
  "verification",
  "ready",
  "bureau_returned",
] as const satisfies readonly State[];
const photoDue = ["photo_due", "returned"] as const satisfies readonly State[];
const reviewers = ["initial_reviewer", "verifier", "submitter"] as const satisfies readonly Role[];
const allStaff = [...reviewers, "service"] as const satisfies readonly Role[];

/**
 * Everything that may happen to a filing. Buttons, guards, tests and workflow.md read this table;
 * `transition()` is the only code that acts on it. Rows as in the table of the reference; what it does not number
 * stands beside the row it belongs to.
 */
// biome-ignore format: a table is read by its rows
export const transitions = {
  create: { row: 1, label: "新建备案单", by: ["registrant", ...allStaff, "system"], from: [], to: "draft", effects: ["hold"] },
  "doubt-type": { row: 1, label: "查到备案类型可能不对", by: ["system"], from: open, to: "same" },
  "save-section": { row: 2, label: "保存", by: ["registrant", ...allStaff], from: ["draft", "returned"], to: "same", guards: ["draftedByStaff"], recorded: false },
  "change-material": { row: 2, label: "更换核验材料", by: ["registrant", ...allStaff], from: ["draft", "returned", "photo_due"], to: "same", guards: ["draftedByStaff"] },
  "hand-to-registrant": { row: 2, label: "请主办者确认", by: allStaff, from: ["draft", "returned"], to: "same", guards: ["withStaff"], effects: ["handOver", "notify"] },
  "send-back-draft": { row: 2, label: "请代办人再改", by: ["registrant"], from: ["draft", "returned"], to: "same", guards: ["withRegistrant"], effects: ["takeBack", "notify"] },
  submit: { row: 3, label: "提交初审", by: ["registrant"], from: ["draft", "returned"], to: "initial_review", guards: ["noOpenPackage", "productBound", "materialsReady", "phonesProved", "noErrors", "declared"], effects: ["hold", "snapshot", "startOpening", "handOver", "notify"] },
  "submit-on-behalf": { row: 3, label: "代为提交初审", by: allStaff, from: ["draft", "returned"], to: "initial_review", guards: ["withStaff", "noOpenPackage", "productBound", "materialsReady", "signedOnPaper", "noErrors", "declared"], effects: ["hold", "snapshot", "startOpening", "notify"] },
  withdraw: { row: 4, label: "撤回", by: ["registrant"], from: ["initial_review"], to: "former", guards: ["noLiveClaim"] },
  cancel: { row: 5, label: "取消备案", by: ["registrant"], from: ["draft", "returned", "photo_due", "ready"], to: "cancelled", guards: ["notByProvider", "noOpenPackage"], effects: ["unclaim", "free", "leaveAppointment"] },
  terminate: { row: 5, label: "接入商取消接入", by: ["submitter", "system"], from: ["draft"], to: "ready", guards: ["byProvider"], effects: ["snapshot", "notify"] },
  claim: { row: 6, label: "领取", by: reviewers, from: claimable, to: "same", guards: ["claimFree"], effects: ["claim"] },
  "hand-over": { row: 6, label: "转交", by: ["supervisor"], from: claimable, to: "same", effects: ["claim"] },
  release: { row: 6, label: "放回", by: reviewers, from: claimable, to: "same", guards: ["ownClaim"], effects: ["unclaim"] },
  approve: { row: 7, label: "初审通过", by: ["initial_reviewer"], from: ["initial_review"], to: "afterInitialReview", guards: ["ownClaim", "fourEyes", "openErrorsNeedReason"], effects: ["rememberReviewer", "unclaim", "notify"] },
  "return-initial": { row: 8, label: "初审退回", by: ["initial_reviewer"], from: ["initial_review"], to: "returned", guards: ["ownClaim", "reasonsGiven"], effects: ["recordReasons", "unclaim", "notify"] },
  "order-curtain": { row: 9, label: "申请幕布", by: ["registrant"], from: ["photo_due", "returned"], to: "same" },
  "post-curtain": { row: 10, label: "寄出幕布", by: allStaff, from: ["photo_due", "returned", "verification"], to: "same" },
  "receive-curtain": { row: 10, label: "收到幕布", by: ["registrant", ...allStaff], from: ["photo_due", "returned", "verification"], to: "same" },
  "lose-curtain": { row: 10, label: "幕布丢失", by: ["registrant", ...allStaff], from: ["photo_due", "returned", "verification"], to: "same" },
  "post-papers": { row: 10, label: "寄出纸质材料", by: ["registrant"], from: onPaper, to: "same", effects: ["notify"] },
  "receive-papers": { row: 10, label: "收到纸质材料", by: allStaff, from: open, to: "same", effects: ["notify"] },
  "lose-papers": { row: 10, label: "纸质材料丢失", by: ["registrant", ...allStaff], from: onPaper, to: "same" },
  "check-papers": { row: 10, label: "核验了纸质材料", by: reviewers, from: open, to: "same", effects: ["notify"] },
  "reject-papers": { row: 10, label: "没有收下纸质材料", by: reviewers, from: open, to: "same", effects: ["notify"] },
  "book-appointment": { row: 11, label: "预约面签", by: ["registrant"], from: photoDue, to: "same", guards: ["onSiteDue"] },
  "move-appointment": { row: 11, label: "改约面签", by: ["registrant"], from: photoDue, to: "same", guards: ["onSiteDue", "appointmentAhead"] },
  "cancel-appointment": { row: 11, label: "取消面签", by: ["registrant", "verifier", "service"], from: photoDue, to: "same", guards: ["appointmentAhead"] },
  meet: { row: 11, label: "面签到场", by: ["verifier", "service"], from: photoDue, to: "same", guards: ["appointmentAhead"] },
  "miss-appointment": { row: 11, label: "面签没有来", by: ["verifier", "service"], from: photoDue, to: "same", guards: ["appointmentAhead"] },
  "take-photo": { row: 11, label: "现场拍摄核验照片", by: ["verifier"], from: photoDue, to: "same", guards: ["arrived"] },
  "submit-on-site": { row: 12, label: "面签后代为提交核验", by: ["verifier"], from: photoDue, to: "verification", guards: ["arrived", "noOpenPackage", "onlyPhotoChanged", "photoReady", "formFresh"], effects: ["snapshot", "notify"] },
  "submit-verification": { row: 12, label: "提交核验", by: ["registrant"], from: ["photo_due", "returned"], to: "verification", guards: ["noOpenPackage", "onlyPhotoChanged", "photoReady", "formFresh"], effects: ["snapshot", "leaveAppointment", "notify"] },
  "withdraw-verification": { row: 13, label: "撤回核验", by: ["registrant"], from: ["verification"], to: "photo_due", guards: ["noLiveClaim"] },
  verify: { row: 14, label: "核验通过", by: ["verifier"], from: ["verification"], to: "ready", guards: ["ownClaim", "fourEyes", "openErrorsNeedReason", "formFresh"], effects: ["unclaim", "notify"] },
  "return-verification": { row: 15, label: "核验退回", by: ["verifier"], from: ["verification"], to: "returnedByPlace", guards: ["ownClaim", "reasonsGiven"], effects: ["recordReasons", "unclaim", "notify"] },
  "expire-material": { row: 16, label: "核验单过期，退回", by: ["system"], from: ["photo_due", "verification", "ready"], to: "returned", guards: ["reasonsGiven"], effects: ["recordReasons", "unclaim", "notify"] },
  upload: { row: 17, label: "提交管局", by: ["submitter", "system"], from: ["ready"], to: "uploading", guards: ["bureauKnown", "formFresh", "notListed", "sendable", "papersChecked"], effects: ["chooseBureau", "unclaim", "upload"] },
  "upload-by-hand": { row: 17, label: "人工上报", by: ["submitter"], from: ["ready"], to: "at_bureau", guards: ["bureauKnown", "formFresh", "needsHand", "evidenceGiven", "papersChecked"], effects: ["chooseBureau", "unclaim"] },
  "accept-upload": { row: 18, label: "管局已收到", by: ["system"], from: ["uploading"], to: "uploadOrSms", effects: ["startSmsCheck", "notify"] },
  "delay-upload": { row: 19, label: "管局繁忙，稍后再交", by: ["system"], from: ["uploading"], to: "same" },
  "fail-upload": { row: 20, label: "上报失败", by: ["system"], from: ["uploading", "sms_pending", "at_bureau"], to: "upload_failed", effects: ["stopBureau", "notify"] },
  "retry-upload": { row: 21, label: "重新上报", by: ["submitter", "system"], from: ["upload_failed"], to: "uploading", effects: ["startBureau", "upload"] },
  "give-back-upload": { row: 21, label: "退给审核", by: ["submitter"], from: ["upload_failed"], to: "bureau_returned", effects: ["voidPackage", "startBureau", "upload"] },
  "finish-sms-check": { row: 22, label: "短信核验已完成", by: ["registrant", "system"], from: ["sms_pending"], to: "at_bureau" },
  refuse: { row: 23, label: "管局退回", by: ["bureau"], from: [...atBureau, "approved", "recall_requested"], to: "bureau_returned", effects: ["settlePackage"] },
  "refuse-by-hand": { row: 23, label: "管局退回（人工登记）", by: ["submitter"], from: ["at_bureau", "approved"], to: "bureau_returned", guards: ["noOpenPackage", "evidenceGiven"], effects: ["settlePackage"] },
  "resubmit-ready": { row: 24, label: "再次待提交", by: ["initial_reviewer", "submitter"], from: ["bureau_returned"], to: "ready", guards: ["ownClaim"], effects: ["unclaim"] },
  "return-bureau": { row: 24, label: "管局退回，请主办者修改", by: ["initial_reviewer", "submitter"], from: ["bureau_returned"], to: "returned", guards: ["ownClaim", "reasonsGiven"], effects: ["recordReasons", "unclaim", "notify"] },
  "approve-bureau": { row: 26, label: "管局审核通过", by: ["bureau"], from: [...atBureau, "recall_requested"], to: "approved", effects: ["settlePackage"] },
  number: { row: 27, label: "备案成功", by: ["bureau", "submitter"], from: [...atBureau, "approved", "recall_requested"], to: "numbered", effects: ["settlePackage", "free", "notify"] },
  "miss-number": { row: 28, label: "备案号迟迟未到", by: ["system"], from: ["approved"], to: "same" },
  "ask-recall": { row: 29, label: "申请撤销", by: ["registrant"], from: ["sms_pending", "at_bureau"], to: "recall_requested", guards: ["notByProvider"], effects: ["notify"] },
  "grant-recall": { row: 29, label: "管局同意撤销", by: ["submitter"], from: ["recall_requested"], to: "cancelled", guards: ["evidenceGiven"], effects: ["settlePackage", "free", "notify"] },
  "refuse-recall": { row: 29, label: "管局没有同意撤销", by: ["submitter"], from: ["recall_requested"], to: "beforeRecall", guards: ["evidenceGiven"], effects: ["notify"] },
  close: { row: 30, label: "关闭", by: ["supervisor"], from: ["draft", "initial_review", "returned", "photo_due", "verification", "ready", "bureau_returned"], to: "closed", guards: ["reasonsGiven", "noOpenPackage"], effects: ["recordReasons", "unclaim", "free", "leaveAppointment", "notify"] },
  lapse: { row: 31, label: "到期关闭", by: ["system"], from: ["draft", "returned", "photo_due"], to: "closed", guards: ["noOpenPackage"], effects: ["free", "leaveAppointment", "notify"] },
  message: { row: 32, label: "留言", by: ["registrant", ...allStaff], from: open, to: "same", effects: ["notify"] },
  correct: { row: 33, label: "代为更正", by: reviewers, from: claimable, to: "same", guards: ["ownClaim"], effects: ["hold", "notify"] },
  "ask-supplement": { row: 34, label: "请求补传资料", by: allStaff, from: locked, to: "same", effects: ["notify"] },
  "drop-supplement": { row: 34, label: "不再需要补传", by: allStaff, from: open, to: "same" },
  supplement: { row: 34, label: "补传资料", by: ["registrant"], from: locked, to: "same", effects: ["notify"] },
  "accept-supplement": { row: 34, label: "收下补传的资料", by: reviewers, from: open, to: "same", effects: ["notify"] },
  "reject-supplement": { row: 34, label: "没有收下补传的资料", by: reviewers, from: open, to: "same", effects: ["notify"] },
  "send-supplement": { row: 34, label: "补传的资料已交管局", by: ["submitter", "system"], from: open, to: "same" },
} as const satisfies Record<string, Transition>;

export type Action = keyof typeof transitions;

/** Why an action is not possible: codes, whose words live in `refusal-words.ts`. */
export type Refusal =
  | "wrong_actor"
  | "wrong_state"
  | "ended"
  | "claimed_by_other"
  | "not_claimed"
  | "own_work"
  | "errors_need_reason"
  | "reasons_missing"
  | "errors_open"
  | "taken_elsewhere"
  | "materials_missing"
  | "materials_processing"
  | "phone_unproved"
  | "not_declared"
  | "product_missing"
  | "photo_missing"
  | "form_too_old"
  | "fields_changed"
  | "package_open"
  | "version_lacks"
  | "bureau_ids_missing"
  | "record_number_missing"
  | "access_missing"
  | "password_missing"
  | "subject_busy"
  | "not_by_hand"
  | "blacklisted"
  | "bureau_missing"
  | "bureau_stopped"
  | "curtain_under_way"
  | "curtain_missing"
  | "evidence_missing"
  | "by_provider"
  | "not_by_provider"
  | "not_on_behalf"
  | "handed_over"
  | "not_handed"
  | "letter_missing"
  | "supplement_settled"
  | "on_site_off"
  | "appointment_missing"
  | "appointment_taken"
  | "appointment_today"
  | "appointment_early"
  | "slot_closed"
  | "slot_full"
  | "not_met"
  | "papers_unchecked"
  | "papers_under_way"
  | "papers_missing";

export const actionNames = Object.keys(transitions) as Action[];

/** The row of an action with the widened type. */
export const rowOf = (action: Action): Transition => transitions[action];

/** Whether one of the parties of the row is this actor. The operator of the command line acts as the system does. */
export function isParty(by: readonly Party[], actor: Actor): boolean {
  if (actor.kind === "staff") return by.some((party) => !isOutside(party) && hasRole(actor, party));
  const party = actor.kind === "operator" ? "system" : actor.kind;
  return by.includes(party);
}

const isOutside = (party: Party): party is "registrant" | "system" | "bureau" =>
  party === "registrant" || party === "system" || party === "bureau";

/** What the table alone says against it: wrong actor or wrong state. Guards come after. */
export function refusalByTable(action: Action, state: State, actor: Actor): Refusal | undefined {
  const { by, from } = rowOf(action);
  if (!isParty(by, actor)) return "wrong_actor";
  if (from.includes(state)) return undefined;
  return ended.includes(state) ? "ended" : "wrong_state";
}

/** The actions that the table offers an actor on a filing in a state; pages draw their buttons from it. */
export const actionsFor = (state: State, actor: Actor): Action[] =>
  actionNames.filter((action) => refusalByTable(action, state, actor) === undefined);
