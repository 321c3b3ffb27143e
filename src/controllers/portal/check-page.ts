import { uncarriedWords } from "../../models/bureau/carried.ts";
import { type Submission, submissionOf } from "../../models/filing/resubmission.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import type { Difference } from "../../models/filing/snapshots.ts";
import { editable, ended, statusOf, stepOf } from "../../models/filing/states.ts";
import { type Step, stepsOf } from "../../models/filing/steps.ts";
import { actionsFor } from "../../models/filing/workflow.ts";
import type { SlotView } from "../../models/material/overview.ts";
import type { RootStore } from "../../models/store.ts";
import { rules } from "../../rules/index.ts";
import { filingPath } from "../../view.ts";
import type { Writer } from "../desk.ts";
import { type CheckGroup, checkGroups } from "./check-groups.ts";
import { type ReportPage, reportPages } from "./check-pages.ts";
import { readReport } from "./check-read.ts";
import { PHOTO, placeHref } from "./places.ts";

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
  /** The report page by page, and the pages of which there is nothing to say. */
  report: ReportPage[];
  fine: string[];
  /** How many places must be corrected, and how many are to be looked at. */
  wrong: number;
  doubtful: number;
  /** Something that was returned has not been touched. */
  untouched: boolean;
  checked: number;
  province: string;
  submission: Submission;
  maySubmit: boolean;
  /** Staff are reading it, for the registrant. */
  onBehalf: boolean;
  /** What the bureau's interface has no place for: it stays here, or somebody reports it by hand. */
  uncarried: { kept: string[]; blocks: string[] };
};

/** Everything that the summary shows: what was filled in, what the rules say of it, and how it is sent in. */
export async function checkPage(store: RootStore, actor: Writer, filing: Filing): Promise<CheckPage> {
  const isEditable = editable.includes(filing.state);
  const { places, context, findings, changes, unproved, lines } = await readReport(store, actor, filing);
  const { tasks, slots } = places;
  const report = reportPages(lines, tasks, `${filingPath(filing)}/${PHOTO}`);
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
    report,
    fine: tasks
      .filter(({ label, closed }) => !closed && !report.some((one) => one.label === label))
      .map(({ label }) => label),
    wrong: lines.filter(({ severity }) => severity === "error").length,
    doubtful: lines.filter(({ severity }) => severity === "warning").length,
    untouched: lines.some((line) => line.untouched),
    checked: rules.length,
    province: filing.province ? context.province.name : "",
    submission: await submissionOf(store, filing, changes),
    maySubmit: actionsFor(filing.state, actor).includes(
      actor.kind === "staff" ? "submit-on-behalf" : "submit",
    ),
    onBehalf: actor.kind === "staff",
    uncarried: await uncarriedWords(store, filing, places.data),
  };
}

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
