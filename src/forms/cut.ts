import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Closing } from "../models/cut/close.ts";
import type { Problem } from "../view.ts";

const MOST = 500;

export type CutForm = { values: { answer: string; note: string }; closing?: Closing; problems: Problem[] };

/** 断开接入: it is cut, or need not be; the latter wants a reason. `closing` is there where nothing is wrong. */
export function readCut(body: FormBody): CutForm {
  const values = { answer: text(body, "answer"), note: text(body, "note").trim() };
  const state = values.answer === "done" || values.answer === "not_needed" ? values.answer : undefined;
  const problems: Problem[] = [];
  if (!state) problems.push({ field: "answer", text: "请选已断开还是不用断开" });
  if (state === "not_needed" && values.note === "")
    problems.push({ field: "note", text: "请写明为什么不用断开" });
  if (length(values.note) > MOST)
    problems.push({ field: "note", text: `说明最多${MOST}个字，现在是${length(values.note)}个字` });
  return {
    values,
    problems,
    ...(state && problems.length === 0 && { closing: { state, note: values.note } }),
  };
}
