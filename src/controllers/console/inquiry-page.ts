import { disclosureReasons } from "../../forms/disclosure.ts";
import type { AnswerForm, AnswerValues } from "../../forms/inquiry.ts";
import { USUAL_WISHES } from "../../forms/inquiry.ts";
import { isoDate } from "../../lib/dates.ts";
import type { Ctx } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { hasRole, type Staff } from "../../models/actor.ts";
import { recordLook } from "../../models/audit/log.ts";
import { type DataChoice, dataChoices } from "../../models/inquiry/choices.ts";
import { type ComparedLine, type ComparedSection, comparedRecord } from "../../models/inquiry/compare.ts";
import { opinionsFor } from "../../models/inquiry/opinions.ts";
import { type OurRecord, ourRecord } from "../../models/inquiry/ours.ts";
import { eventsOf, type InquiryRow, recordAsked, replyOf } from "../../models/inquiry/rows.ts";
import type { Problem } from "../../view.ts";
import { displayValue, isMasked, summaryLabelOf, type Values } from "../../vocabulary/fields/index.ts";
import type { Deps } from "../deps.ts";
import { writingRoles } from "../desk.ts";
import { dueClock, workingTime } from "./clock.ts";
import { readable } from "./filing-facts.ts";

/** Everything that the page of an inquiry and its form stand on. */
export type OpenedInquiry = { row: InquiryRow; ours: OurRecord | undefined; choices: DataChoice[] };

export async function openedInquiry(deps: Deps, actor: Staff, row: InquiryRow): Promise<OpenedInquiry> {
  const ours = await ourRecord(deps, actor, row.subjectId);
  return { row, ours, choices: await dataChoices(deps, row.ispId, recordAsked(deps, row), ours) };
}

/** What was typed, what was refused, and which values are shown in full. */
export type Typed = {
  form?: AnswerForm;
  words?: string;
  note?: string;
  problems?: Problem[];
  refused?: string;
  done?: string;
  shown?: ReadonlySet<string>;
};

/** A line of the comparison as it may be read; `place` is 0.mobile. */
const lineOf =
  (section: ComparedSection, at: number, shown: ReadonlySet<string>) =>
  ({ field, differs }: ComparedLine) => {
    const place = `${at}.${field.key}`;
    const read = (values: Values | undefined) => {
      if (!values) return "";
      return shown.has(place) ? displayValue(field, values) : readable(field, values, true);
    };
    const sides = [section.theirs, section.ours ?? {}];
    return {
      ...{ place, differs, label: summaryLabelOf(field, section.ours ?? section.theirs) },
      ...{ theirs: read(section.theirs), ours: read(section.ours) },
      hidden:
        !shown.has(place) &&
        sides.some((values) => isMasked(field, values) && displayValue(field, values) !== ""),
    };
  };

const fromRecord = (sections: readonly ComparedSection[], shown: ReadonlySet<string>) =>
  sections.map((section, at) => ({
    title: section.title,
    known: section.ours !== undefined,
    lines: section.lines.map(lineOf(section, at, shown)),
  }));

/** Whether a place names a masked value of this comparison. */
export function namesValue(deps: Deps, { row, ours }: OpenedInquiry, place: string): boolean {
  const [at = "", key] = place.split(".");
  const section = comparedRecord(recordAsked(deps, row), ours)[Number(at)];
  return section?.lines.some(({ field }) => field.key === key) ?? false;
}

const blank = (actor: Staff, choices: readonly DataChoice[], now: Date): AnswerValues => ({
  ...{ result: "", checkedBy: actor.name, checkedOn: isoDate(now), opinion: "", faults: "" },
  source: choices.find(({ lacks }) => lacks.length === 0)?.source ?? "",
});

/** Shows an inquiry; every look at one is written down. */
export async function showInquiry(
  c: Ctx,
  deps: Deps,
  actor: Staff,
  opened: OpenedInquiry,
  typed: Typed = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { row, ours, choices } = opened;
  await recordLook(deps.db, actor, "open-inquiry", [null], { inquiry: row.id });
  const sections = comparedRecord(recordAsked(deps, row), ours);
  const { dataKey: _, recordSealed: __, answerSealed: ___, ...one } = row;
  const now = new Date();
  return page(
    c,
    "console/inquiries/inquiry",
    {
      one,
      clock: dueClock({ dueAt: row.dueAt, since: row.askedAt }, await workingTime(deps, actor.ispId)),
      remark: recordAsked(deps, row).remark,
      sections: fromRecord(sections, typed.shown ?? new Set()),
      differing: sections.flatMap(({ lines }) => lines).filter(({ differs }) => differs).length,
      record: ours?.record,
      account: ours?.accountId ?? undefined,
      mayWrite: hasRole(actor, ...writingRoles),
      reply: replyOf(deps, row),
      events: await eventsOf(deps.db, row),
      choices: choices.map(({ source, lacks }) => ({ source, lacks })),
      opinions: await opinionsFor(deps.db, row),
      reasons: disclosureReasons,
      mine: row.isTaken && row.takenBy === actor.staffId,
      held: row.isTaken && row.takenBy !== actor.staffId,
      values: typed.form?.values ?? blank(actor, choices, now),
      words: typed.words ?? USUAL_WISHES,
      note: typed.note ?? "",
      problems: typed.form?.problems ?? typed.problems ?? [],
      refused: typed.refused,
      done: typed.done,
    },
    status,
  );
}
