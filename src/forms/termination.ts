import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { offeredRows } from "../vocabulary/code-tables.ts";

const MOST = 500;

/** Missing or too long, said at the field. */
function problemsOf(field: string, label: string, missing: string, words: string): Problem[] {
  if (words === "") return missing === "" ? [] : [{ field, text: missing }];
  const long = length(words);
  return long > MOST ? [{ field, text: `${label}最多${MOST}个字，现在是${long}个字` }] : [];
}

export type StartForm = { values: { reason: string; explanation: string }; problems: Problem[] };

/** 取消接入: why, as a code of cancel_reason and in words; both go to the registrant and to the bureau. */
export function readTermination(body: FormBody): StartForm {
  const values = { reason: text(body, "reason"), explanation: text(body, "explanation").trim() };
  const known = offeredRows("cancel_reason").some(({ code }) => code === values.reason);
  return {
    values,
    problems: [
      ...(known ? [] : [{ field: "reason", text: "请选取消接入的原因" }]),
      ...problemsOf("explanation", "说明", "请写明为什么取消，主办者和管局都会看到", values.explanation),
    ],
  };
}

export type DecisionForm = { values: { answer: string; words: string }; problems: Problem[] };

/** Withdrawn, or upheld against an objection; whoever objected reads why. */
export function readTerminationDecision(body: FormBody): DecisionForm {
  const values = { answer: text(body, "answer"), words: text(body, "words").trim() };
  const isUpheld = values.answer === "upheld";
  return {
    values,
    problems: [
      ...(isUpheld || values.answer === "withdrawn" ? [] : [{ field: "answer", text: "请选怎样处理" }]),
      ...problemsOf("words", "给主办者的说明", isUpheld ? "请写明为什么不采纳异议" : "", values.words),
    ],
  };
}

/** 异议: what the registrant says against it; `field` names the box among several. */
export function readObjection(body: FormBody, field: string): { words: string; problems: Problem[] } {
  const words = text(body, field).trim();
  return { words, problems: problemsOf(field, "异议", "请写明为什么不应取消接入", words) };
}
