import { isDate, isoDate } from "../lib/dates.ts";
import { type FormBody, text } from "../lib/form-body.ts";
import { fold, length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

/** What the interface takes of a name, and what we take of words: the interface would take 4000. */
const MOST_NAME = 64;
const MOST_WORDS = 1000;

export type AnswerValues = {
  result: string;
  checkedBy: string;
  checkedOn: string;
  opinion: string;
  faults: string;
  source: string;
};

export type AnswerForm = { values: AnswerValues; problems: Problem[] };

/** Which data can be sent, and the codes of the bureau's list of opinions; none: it has not come yet. */
export type AnswerOptions = { sources: readonly string[]; opinions: readonly string[] };

const problem = (is: boolean, field: keyof AnswerValues, words: string): Problem[] =>
  is ? [{ field, text: words }] : [];

/** 核实结果. Values come back as they were typed, in usual spelling. */
export function readInquiryAnswer(body: FormBody, options: AnswerOptions, now: Date): AnswerForm {
  const values: AnswerValues = {
    result: text(body, "result"),
    checkedBy: normalise(text(body, "checkedBy")),
    checkedOn: fold(text(body, "checkedOn")),
    opinion: fold(text(body, "opinion")),
    faults: normalise(text(body, "faults")),
    source: text(body, "source"),
  };
  const known = values.result === "right" || values.result === "wrong";
  const faults = length(values.faults);
  return {
    values,
    problems: [
      ...problem(!known, "result", "请选核实结果"),
      ...problem(values.checkedBy === "", "checkedBy", "请填写核实人的姓名"),
      ...problem(length(values.checkedBy) > MOST_NAME, "checkedBy", `核实人最多${MOST_NAME}个字`),
      ...dayProblems(values.checkedOn, now),
      ...opinionProblems(values.opinion, options.opinions),
      ...problem(values.result === "wrong" && faults === 0, "faults", "不属实的，请写明哪里不对、实际是怎样"),
      ...problem(faults > MOST_WORDS, "faults", `错误信息最多${MOST_WORDS}个字，现在是${faults}个字`),
      ...problem(!options.sources.includes(values.source), "source", "请选随核实结果上报哪一份数据"),
    ],
  };
}

function dayProblems(day: string, now: Date): Problem[] {
  if (!isDate(day)) return problem(true, "checkedOn", "核实时间请写成年-月-日，例如2026-11-20");
  return problem(day > isoDate(now), "checkedOn", "核实时间不能晚于今天");
}

function opinionProblems(code: string, known: readonly string[]): Problem[] {
  if (known.length > 0) return problem(!known.includes(code), "opinion", "请选核实意见");
  return problem(!/^[1-9]\d{0,3}$/.test(code), "opinion", "核实意见请填管局规定的代码，是1–9999的数字");
}

const MOST_NOTE = 500;

/** A text that has to be there, of at most 500 characters. */
export function readNote(
  body: FormBody,
  field: string,
  missing: string,
): { words: string; problems: Problem[] } {
  const words = text(body, field).trim();
  if (words === "") return { words, problems: missing === "" ? [] : [{ field, text: missing }] };
  const long = length(words);
  return {
    words,
    problems: long > MOST_NOTE ? [{ field, text: `最多${MOST_NOTE}个字，现在是${long}个字` }] : [],
  };
}

/** What a registrant is asked to look at, to be changed before it is sent. */
export const USUAL_WISHES =
  "主办单位名称、证件号码和地址是否有变化\n负责人的姓名、手机号码、办公电话和邮箱是否有变化\n网站名称、域名和服务内容是否与实际一致";

/** Which masked value of a comparison is asked for: `place` is 2.mobile, the section and the field. */
export const readPlace = (body: FormBody): string =>
  /^\d{1,4}\.\w{1,60}$/.exec(text(body, "place"))?.[0] ?? "";
