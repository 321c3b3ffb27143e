import { findingsOf } from "../../models/filing/findings.ts";
import { signedOnPaper } from "../../models/filing/on-behalf.ts";
import { type Phone, unprovedPhones } from "../../models/filing/phones.ts";
import { changesSinceSubmission, type Submission, submissionOf } from "../../models/filing/resubmission.ts";
import { lastReturn } from "../../models/filing/returns.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import type { Difference } from "../../models/filing/snapshots.ts";
import { editable, ended, statusOf, stepOf } from "../../models/filing/states.ts";
import { type Step, stepsOf } from "../../models/filing/steps.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import { type SlotView, slotsWithMaterials } from "../../models/material/overview.ts";
import type { RootStore } from "../../models/store.ts";
import { rules } from "../../rules/index.ts";
import type { Writer } from "../desk.ts";
import { type CheckGroup, checkGroups } from "./check-groups.ts";
import { placesIn, type ReportLine, reportLines } from "./check-report.ts";
import { placeHref } from "./places.ts";
import { sectionTasks } from "./section-tasks.ts";

export type CheckMaterial = {
  label: string;
  href: string;
  words: string;
  tone: string;
  changed: boolean;
  group: string;
};

export type CheckPage = {
  filing: Filing;
  title: string;
  step: number;
  steps: Step[];
  isEditable: boolean;
  isOver: boolean;
  state: string;
  groups: CheckGroup[];
  materials: CheckMaterial[];
  errors: ReportLine[];
  warnings: ReportLine[];
  /** How many places the errors are. */
  wrong: number;
  checked: number;
  province: string;
  submission: Submission;
  maySubmit: boolean;
  /** Staff are reading it, for the registrant. */
  onBehalf: boolean;
};

/** Everything that the summary shows: what was filled in, what the rules say of it, and how it is sent in. */
export async function checkPage(store: RootStore, actor: Writer, filing: Filing): Promise<CheckPage> {
  const isEditable = editable.includes(filing.state);
  const { data, context, findings } = await findingsOf(store, filing);
  const tasks = sectionTasks(filing, data, findings);
  const changes = isEditable ? await changesSinceSubmission(store, filing) : [];
  const [unproved, slots, returned] = await Promise.all([
    actor.kind === "staff" ? unprovedOnPaper(store, filing) : unprovedPhones(store, filing),
    slotsWithMaterials(store, filing),
    filing.state === "returned" ? lastReturn(store, filing) : [],
  ]);
  const places = { filing, data, tasks, slots };
  const lines = reportLines(places, { findings, unproved, returned, changes });
  return {
    filing,
    title: filingTitle(filing),
    step: stepOf(filing),
    steps: await stepsOf(store, filing),
    isEditable,
    isOver: ended.includes(filing.state),
    state: statusOf(filing).label,
    groups: checkGroups(places, { findings, unproved, changes }, context.ispName),
    materials: slots.filter(isOnPage).map((view) => materialLine(filing, tasks, view, changes)),
    errors: lines.filter(({ severity }) => severity === "error"),
    wrong: placesIn(lines.filter(({ severity }) => severity === "error")),
    warnings: lines.filter(({ severity }) => severity === "warning"),
    checked: rules.length,
    province: filing.province ? context.province.name : "",
    submission: await submissionOf(store, filing, changes),
    maySubmit: actionsFor(filing.state, actor).includes(
      actor.kind === "staff" ? "submit-on-behalf" : "submit",
    ),
    onBehalf: actor.kind === "staff",
  };
}

/** What a code or a signed paper must still prove, for staff. */
const unprovedOnPaper = async (store: RootStore, filing: Filing): Promise<Phone[]> =>
  (await signedOnPaper(store, filing)) ? unprovedPhones(store, filing) : [];

/** The verification photo only once there is one; a slot that nobody needs and nobody filled is left out. */
const isOnPage = ({ slot, material }: SlotView): boolean =>
  material !== undefined || (slot.required && slot.phase === "entry");

const slotWords: Record<SlotView["status"], { words: string; tone: string }> = {
  empty: { words: "未上传", tone: "bad" },
  processing: { words: "处理中", tone: "dim" },
  ready: { words: "已就绪", tone: "ok" },
  failed: { words: "处理失败", tone: "bad" },
  returned: { words: "审核退回，请重新上传", tone: "bad" },
};

function materialLine(
  filing: Filing,
  tasks: Parameters<typeof placeHref>[1],
  { slot, status }: SlotView,
  changes: readonly Difference[],
): CheckMaterial {
  const { slot: key, sectionId, label } = slot;
  const words = slot.sameAs && status === "ready" ? "与主体负责人用同一份" : slotWords[status].words;
  return {
    label,
    href: placeHref(filing, tasks, { slot: key, sectionId, field: null }),
    words,
    tone: slotWords[status].tone,
    changed: changes.some((change) => change.slot === key && change.sectionId === sectionId),
    group:
      tasks.filter(({ kind }) => kind === "website").length > 1
        ? (tasks.find((task) => task.sectionId === sectionId)?.label ?? "")
        : "",
  };
}
