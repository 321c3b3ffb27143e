import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const MOST = 500;

const tooLong = (field: string, label: string, words: string): Problem[] =>
  length(words) > MOST ? [{ field, text: `${label}最多${MOST}个字，现在是${length(words)}个字` }] : [];

/** 撤销申请: why, and the box that says so. */
export function readRecall(body: FormBody): { why: string; problems: Problem[] } {
  const why = text(body, "why").trim();
  const problems: Problem[] = [
    ...(why === "" ? [{ field: "why", text: "请写明为什么要撤销" }] : tooLong("why", "撤销的原因", why)),
    ...(text(body, "sure") === "1" ? [] : [{ field: "sure", text: "确定要撤销的，请勾选“我确定申请撤销”" }]),
  ];
  return { why, problems };
}

export type AnswerForm = {
  values: { answer: string; evidence: string; words: string };
  problems: Problem[];
};

/** What the bureau said to a recall, where that is from, and what the registrant is told besides. */
export function readRecallAnswer(body: FormBody): AnswerForm {
  const [answer, evidence, words] = ["answer", "evidence", "words"].map((key) => text(body, key).trim()) as [
    string,
    string,
    string,
  ];
  const problems: Problem[] = [
    ...(answer === "granted" || answer === "refused"
      ? []
      : [{ field: "answer", text: "请选管局同意还是不同意撤销" }]),
    ...(evidence === ""
      ? [{ field: "evidence", text: "请写明管局怎样答复的，什么时候，由谁告知" }]
      : tooLong("evidence", "答复的依据", evidence)),
    ...tooLong("words", "给主办者的说明", words),
  ];
  return { values: { answer, evidence, words }, problems };
}
