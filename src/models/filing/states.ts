import type { FilingKind, Scope } from "../../vocabulary/filing.ts";

/** States of a filing with the words shown for them and the step of seven where they stand. */
type StateWords = {
  /** The ministry's status (报备阶段). */
  status: string;
  /** What the filing page says more exactly; the status when there is nothing to add. */
  label: string;
  /** 1 to 7. A returned filing stands at the step it goes back to, see `stepOf`. */
  step: number;
  tone: "info" | "warn" | "bad" | "ok" | "dim";
};

export const states = {
  draft: { status: "未提交至部系统", label: "待完善", step: 1, tone: "dim" },
  initial_review: { status: "待接入者核实", label: "信息初审中", step: 3, tone: "info" },
  returned: { status: "退回主办者修改", label: "退回主办者修改", step: 3, tone: "bad" },
  photo_due: { status: "未提交至部系统", label: "待拍照上传", step: 4, tone: "warn" },
  verification: { status: "待接入者核实", label: "信息核验中", step: 5, tone: "info" },
  ready: { status: "未提交至部系统", label: "待提交管局", step: 6, tone: "info" },
  uploading: { status: "未提交至部系统", label: "正在提交管局", step: 6, tone: "info" },
  upload_failed: { status: "未提交至部系统", label: "正在提交管局", step: 6, tone: "info" },
  sms_pending: { status: "待管局审核", label: "待短信核验", step: 6, tone: "warn" },
  at_bureau: { status: "待管局审核", label: "待管局审核", step: 6, tone: "info" },
  bureau_returned: { status: "退回接入服务提供者修改", label: "管局退回，处理中", step: 6, tone: "warn" },
  recall_requested: { status: "待管局审核", label: "撤销申请中", step: 6, tone: "warn" },
  approved: { status: "待管局审核", label: "已通过，等待备案号", step: 6, tone: "info" },
  numbered: { status: "审核通过", label: "备案成功", step: 7, tone: "ok" },
  cancelled: { status: "已取消", label: "已取消", step: 1, tone: "dim" },
  closed: { status: "已关闭", label: "已关闭", step: 1, tone: "dim" },
} as const satisfies Record<string, StateWords>;

/** What a kind is called when it is done, and the phase (阶段) that its statuses belong to before. */
const ofKind = {
  first: { phase: "报备阶段", done: "备案成功" },
  add: { phase: "报备阶段", done: "新增网站成功" },
  join: { phase: "报备阶段", done: "接入备案成功" },
  change: { phase: "变更阶段", done: "变更成功" },
  cancel: { phase: "注销阶段", done: "注销成功" },
} as const satisfies Record<FilingKind, { phase: string; done: string }>;

/** The ministry's phases; what is done has left them. */
export const phases = ["报备阶段", "变更阶段", "注销阶段", "审核通过"] as const;
export type Phase = (typeof phases)[number];

export type State = keyof typeof states;

/** 备案成功, 变更成功 …: what a kind is called when it is done; an access is not 注销 but 取消. */
export const doneWord = ({ kind, scope }: { kind: FilingKind; scope?: Scope | null }): string =>
  kind === "cancel" && scope === "access" ? "取消接入成功" : ofKind[kind].done;

/** Only new websites wait for a number; what is changed or cancelled waits for the bureau's data. */
const approvedWord = (kind: FilingKind): string =>
  kind === "first" || kind === "add" ? states.approved.label : "已通过，等待办结";

/** The kinds whose filings stand in a phase while they are not done. */
export const kindsIn = (phase: Phase): FilingKind[] =>
  (Object.keys(ofKind) as FilingKind[]).filter((kind) => ofKind[kind].phase === phase);

/**
 * Where a filing stands, as everybody reads it: the ministry's phase and status, what we say more exactly, its tone, and
 * the step of seven (8: all done).
 */
export function statusOf(filing: {
  kind: FilingKind;
  scope?: Scope | null;
  state: State;
  returnedFrom: ReturnedFrom | null;
}) {
  const { status, label, tone } = states[filing.state];
  const isDone = filing.state === "numbered";
  const phase: Phase = isDone ? "审核通过" : ofKind[filing.kind].phase;
  return {
    phase,
    status,
    tone,
    label: isDone ? doneWord(filing) : filing.state === "approved" ? approvedWord(filing.kind) : label,
    step: isDone ? 8 : stepOf(filing),
  };
}

/** The ministry's short-message check applies to every operation but 取消接入 (since 2020-08-17). */
export const hasSmsCheck = ({ kind, scope }: { kind: FilingKind; scope?: Scope | null }): boolean =>
  !(kind === "cancel" && scope === "access");

export const stateNames = Object.keys(states) as State[];

/** Where a return came from. */
export type ReturnedFrom = "initial" | "verification" | "bureau";

/** A filing in one of these is over; nothing moves it and its holds are free. */
export const ended: readonly State[] = ["numbered", "cancelled", "closed"];

/** The registrant may write sections and materials. */
export const editable: readonly State[] = ["draft", "returned"];

/** Something of it is at the bureau or on the way there. */
export const openUpload: readonly State[] = [
  "uploading",
  "upload_failed",
  "sms_pending",
  "at_bureau",
  "recall_requested",
  "approved",
];

/** The seven steps of the registrant and what each takes. */
export const steps = [
  { name: "信息录入", by: "由您办理" },
  { name: "上传证件及核验单", by: "由您办理" },
  { name: "信息初审", by: "1–2个工作日" },
  { name: "申请幕布、拍照上传", by: "由您办理" },
  { name: "信息核验", by: "1–2个工作日" },
  { name: "提交管局", by: "1–20个工作日" },
  { name: "备案成功", by: "" },
] as const;

/** The step (1–7) where a filing stands; a return from the verification stands at ⑤, one from the bureau at ⑥. */
export function stepOf(filing: { state: State; returnedFrom: ReturnedFrom | null }): number {
  if (filing.state !== "returned") return states[filing.state].step;
  return { initial: 3, verification: 5, bureau: 6 }[filing.returnedFrom ?? "initial"];
}
