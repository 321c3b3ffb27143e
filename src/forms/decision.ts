import { type FormBody, text, texts } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { Reason } from "../models/filing/transition.ts";
import type { Action } from "../models/filing/workflow.ts";
import type { Problem } from "../view.ts";
import type { SectionKind } from "../vocabulary/filing.ts";

/** A place that can be returned: a field of a section, a picture, or (without either) the filing as a whole. */
export type Place = {
  /** 12.certNo, 12.@form */
  key: string;
  label: string;
  sectionId: number | null;
  sectionKind: SectionKind | undefined;
  field: string | null;
  slot: string | null;
  reasons: readonly { id: string; text: string }[];
};

/** One reason at one place, as a box to tick; `value` is what the form sends. */
export type Pick = { place: Place; value: string; reason: string; text: string; note: string };

/** What was typed, shown back as it was. */
export type DecisionValues = {
  act: string;
  picked: readonly string[];
  /** By the key of the place. */
  notes: Readonly<Record<string, string>>;
  say: string;
  justification: string;
  closing: string;
};

export type Decision = { values: DecisionValues; reasons: Reason[]; problems: Problem[] };

export const blankDecision: DecisionValues = {
  act: "",
  picked: [],
  notes: {},
  say: "",
  justification: "",
  closing: "",
};

const MOST = 500;

/** Reads what was typed; unknown reasons are passed over. */
export function readDecisionValues(body: FormBody): DecisionValues {
  const notes = Object.keys(body)
    .filter((name) => name.startsWith("note."))
    .map((name) => [name.slice("note.".length), joined(texts(body, name))] as const);
  return {
    act: text(body, "act"),
    picked: texts(body, "reason"),
    notes: Object.fromEntries(notes.filter(([, note]) => note !== "")),
    say: normalise(text(body, "say")),
    justification: normalise(text(body, "justification")),
    closing: normalise(text(body, "closing")),
  };
}

/** A place stands among the first and under 更多原因: its note may come twice. */
const joined = (notes: readonly string[]): string =>
  [...new Set(notes.map(normalise).filter((note) => note !== ""))].join("；");

/**
 * The reasons of a return in the order of the page. The note of a place goes with its first reason; 补充说明 goes with
 * the last place, or stands alone where no place is ticked.
 */
export function reasonsOf(values: DecisionValues, picks: readonly Pick[]): Reason[] {
  const ticked = inOrder(
    picks.filter(({ value }) => values.picked.includes(value)),
    picks,
  );
  if (ticked.length === 0)
    return values.say === ""
      ? []
      : [{ sectionId: null, field: null, slot: null, reason: "other", note: values.say }];
  const noted = new Set<string>();
  return ticked.map((pick, at) => {
    const { key, sectionId, field, slot } = pick.place;
    const own = noted.has(key) ? "" : (values.notes[key] ?? "");
    noted.add(key);
    const note = sentence([pick.note, own, at === ticked.length - 1 ? values.say : ""]);
    return { sectionId, field, slot, reason: pick.reason, ...(note === "" ? {} : { note }) };
  });
}

/** Each once, by the order of the places: those suggested first stand in `picks` a second time at their own place. */
function inOrder(ticked: readonly Pick[], picks: readonly Pick[]): Pick[] {
  const at = ({ place }: Pick) => picks.findLastIndex((pick) => pick.place.key === place.key);
  const once = [...new Map(ticked.map((pick) => [pick.value, pick])).values()];
  return once.sort((a, b) => at(a) - at(b));
}

const samePlace = (place: Place, { sectionId, field, slot }: Reason): boolean =>
  place.sectionId === sectionId && place.field === field && place.slot === slot;

const sentence = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== "")
    .map((part, at, all) => (at < all.length - 1 ? part.replace(/[。；;,，]$/, "") : part))
    .join("。");

/** Reads a decision and judges it: `action` is what the button asks for, `errors` how many are open. */
export function readDecision(
  body: FormBody,
  picks: readonly Pick[],
  action: Action | undefined,
  errors: number,
): Decision {
  const values = readDecisionValues(body);
  const reasons = action === "close" ? closingReasons(values) : reasonsOf(values, picks);
  return { values, reasons, problems: action ? problemsOf(values, reasons, picks, action, errors) : [] };
}

const closingReasons = ({ closing }: DecisionValues): Reason[] =>
  closing === "" ? [] : [{ sectionId: null, field: null, slot: null, reason: "other", note: closing }];

function problemsOf(
  values: DecisionValues,
  reasons: readonly Reason[],
  picks: readonly Pick[],
  action: Action,
  errors: number,
): Problem[] {
  const long = tooLong(values);
  if (long.length > 0) return long;
  if (action === "close")
    return reasons.length === 0 ? [{ field: "closing", text: "请写明关闭的原因，主办者会看到" }] : [];
  if (!action.startsWith("return"))
    return [...passProblems(values, action, errors), ...ambiguous(reasons, action)];
  if (reasons.length === 0) return [{ field: "say", text: "请至少选一处退回原因，或写明补充说明" }];
  const bare = reasons.find(({ reason, note }) => reason === "other" && !note);
  const place = bare && picks.find((pick) => samePlace(pick.place, bare))?.place;
  const problems: Problem[] = place
    ? [{ field: "say", text: `${place.label}选了“其他”，请在补充说明里写清楚要改什么` }]
    : [];
  return problems;
}

/** What is written goes into mails and histories. */
function tooLong({ say, justification, closing, notes }: DecisionValues): Problem[] {
  const written = [
    { field: "say", label: "补充说明", words: say },
    { field: "justification", label: "理由", words: justification },
    { field: "closing", label: "关闭的原因", words: closing },
    ...Object.values(notes).map((words) => ({ field: "say", label: "每一处的说明", words })),
  ];
  const first = written.find(({ words }) => length(words) > MOST);
  if (!first) return [];
  const { field, label, words } = first;
  return [{ field, text: `${label}最多${MOST}个字，现在是${length(words)}个字` }];
}

/** Reasons are ticked, and the button says 通过: one of the two is a slip. */
const ambiguous = (reasons: readonly Reason[], action: Action): Problem[] =>
  reasons.length === 0 || action === "upload"
    ? []
    : [{ field: "say", text: "已经选了退回原因或写了补充说明。要通过，请先去掉；要退回，请点“退回”" }];

function passProblems({ justification }: DecisionValues, action: Action, errors: number): Problem[] {
  const asks = action === "approve" || action === "verify";
  if (!asks || errors === 0 || justification !== "") return [];
  return [{ field: "justification", text: `预审还有${errors}处错误。确实可以通过的，请写明理由` }];
}
