import { startingValues } from "../../forms/section.ts";
import { takesSections } from "../../models/filing/change-sections.ts";
import { changesSinceSubmission } from "../../models/filing/resubmission.ts";
import { lastReturn, type Returned } from "../../models/filing/returns.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { stepOf } from "../../models/filing/states.ts";
import { type Step, stepsOf } from "../../models/filing/steps.ts";
import type { Store } from "../../models/store.ts";
import { findLocks } from "../../models/type-check/locks.ts";
import { filingPath, type Problem } from "../../view.ts";
import { fieldOfPart, type Values } from "../../vocabulary/fields/index.ts";
import type { Section } from "../../vocabulary/filing.ts";
import { type Cascade, cascadeOf } from "./cascade.ts";
import { type ShownGroup, shownGroups } from "./section-fields.ts";
import { type Counts, countsOf, findingsFor } from "./section-findings.ts";
import { earlyFindings } from "./section-marks.ts";
import { type Offer, offersFor } from "./section-offers.ts";
import { type PhoneView, phoneView } from "./section-phone.ts";
import type { SectionPlace } from "./section-place.ts";
import { formFindings, problemsOf } from "./section-problems.ts";
import { sectionPath, sectionTasks } from "./section-tasks.ts";

/** How the form of a section is to be drawn. */
export type Drawing = {
  values: Values;
  /** Masked fields that were just typed. */
  typed: ReadonlySet<string>;
  /** Everything that is wrong, with the summary on top; or only what stands in fields that hold something. */
  findings: "all" | "early";
  /** Undefined: no summary. Otherwise it says what is listed here and, with `all`, every error. */
  problems: readonly Problem[] | undefined;
  /** What another window has saved meanwhile, and under which version. */
  theirs?: { values: Values; version: number };
  /** A code was just sent. */
  sent?: boolean;
  /** The code as it was typed. */
  code?: string;
  /** Keys of fields whose spelling was just changed. */
  rewritten?: readonly string[];
  /** Id of the control that somebody came for, from the report. */
  at?: string;
  /** Label of the field that was just filled with what was read on a picture. */
  filled?: string;
};

export type SectionPage = {
  filing: Filing;
  title: string;
  heading: string;
  path: string;
  step: number;
  steps: Step[];
  /** 1/3 */
  place: number;
  of: number;
  next: string;
  nextLabel: string;
  kind: Section["kind"];
  values: Values;
  version: number;
  savedAt: Date | undefined;
  groups: ShownGroup[];
  counts: Counts;
  /** What was read on pictures for fields that are empty. */
  offers: Offer[];
  filled: string;
  /** Id of the control that somebody came for, from the report. */
  at: string;
  problems: Problem[];
  returned: Returned[];
  phone: PhoneView | undefined;
  choosing: boolean;
  provider: string;
  /** What goes with it, before something is cancelled. */
  cascade: Cascade | undefined;
  /** Address of adding a sibling, and of taking this section out while it is not the only one. */
  add: string | undefined;
  remove: string | undefined;
};

/** The form as it stands in the database. */
export const asStored = ({ section }: SectionPlace, more: Partial<Drawing>): Drawing => ({
  values: startingValues(section),
  typed: new Set(),
  findings: "early",
  problems: undefined,
  ...more,
});

/** Everything that the page of a section shows. */
export async function sectionPage(
  store: Store,
  place: SectionPlace,
  drawing: Drawing,
  provider: string,
): Promise<SectionPage> {
  const { filing, section, tree } = place;
  const { values, theirs } = drawing;
  const findings = await findingsFor(store, place, values);
  const shown =
    drawing.findings === "all" ? findings : earlyFindings(section.kind, findings, values, new Set());
  const problems = problemsOf(section.kind, values, drawing, shown);
  const codeProblem = problems.find(({ field }) => field === "code")?.text;
  const marks = filing.state === "returned" ? await returnMarks(store, place) : noMarks;
  const locks = await findLocks(store.db, filing, section);
  return {
    ...(await headOf(place)),
    steps: await stepsOf(store, filing),
    kind: section.kind,
    values,
    version: theirs?.version ?? section.version,
    savedAt: section.version > 1 ? section.updatedAt : undefined,
    groups: shownGroups({
      kind: section.kind,
      values,
      typed: drawing.typed,
      findings: [...shown, ...formFindings(section, drawing.problems ?? [], shown)],
      theirs: theirs?.values,
      before: filing.kind === "change" ? section.before : null,
      rewritten: new Set(drawing.rewritten),
      at: fieldOfPart(section.kind, drawing.at ?? "")?.key,
      locks: { ...locks, href: `${filingPath(filing)}/type-check` },
      ...marks,
    }),
    counts: countsOf(findings),
    offers: await offersFor(store, place, values),
    filled: drawing.filled ?? "",
    at: drawing.at ?? "",
    problems,
    returned: marks.returned,
    phone: await phoneView(store, place, values, {
      problem: codeProblem,
      focus: drawing.sent ?? false,
      code: drawing.code ?? "",
    }),
    choosing: theirs !== undefined,
    provider,
    cascade: cascadeOf(filing, tree, section),
    ...siblingLinks(filing, tree, section),
  };
}

type Marks = { returned: Returned[]; changed: ReadonlySet<string> };
const noMarks: Marks = { returned: [], changed: new Set() };

/** What the last return said of this section, and what was changed since. */
async function returnMarks(store: Store, { filing, section }: SectionPlace): Promise<Marks> {
  const [places, changes] = await Promise.all([
    lastReturn(store, filing),
    changesSinceSubmission(store, filing),
  ]);
  const own = changes.filter(({ sectionId, field }) => sectionId === section.id && field !== null);
  return {
    returned: places.filter(({ sectionId, slot }) => sectionId === section.id && slot === null),
    changed: new Set(own.map(({ field }) => field ?? "")),
  };
}

/** Where the section stands among the others: title, address, 1/3, what comes next. */
export async function headOf({ filing, section, tree }: SectionPlace) {
  const all = sectionTasks(filing, { kind: filing.kind, materials: [], ...tree }, []);
  const tasks = all.filter(({ closed, sectionId }) => !closed || sectionId === section.id);
  const at = tasks.findIndex(({ sectionId }) => sectionId === section.id);
  const next = tasks[at + 1];
  return {
    filing,
    title: filingTitle(filing),
    heading: tasks[at]?.label ?? "",
    path: sectionPath(filing, tree, section),
    step: stepOf(filing),
    place: at + 1,
    of: tasks.length - 1,
    next: next?.href ?? filingPath(filing),
    nextLabel: next?.label ?? "",
  };
}

function siblingLinks(filing: Filing, tree: SectionPlace["tree"], section: SectionPlace["section"]) {
  if (!takesSections(filing) || section.kind === "subject") return { add: undefined, remove: undefined };
  const website = tree.websites.find(({ id }) => id === (section.parentId ?? section.id));
  const siblings = section.kind === "website" ? tree.websites : (website?.accesses ?? []);
  const path = sectionPath(filing, tree, section);
  return {
    add: `${path.replace(/\/\d+$/, "")}/new`,
    remove: siblings.length > 1 ? `${path}/removal` : undefined,
  };
}
