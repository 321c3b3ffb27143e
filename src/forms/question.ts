import { type FormBody, text } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { normalise } from "../lib/text.ts";
import type { QuestionText } from "../models/question/change.ts";
import type { Problem } from "../view.ts";
import { sized } from "./announcement.ts";

/**
 * A question as it was typed. `groups` are the ids it may stand in; of one of the data file (`own` false) only the group
 * can be chosen.
 */
export function readQuestion(
  body: FormBody,
  { groups, own }: { groups: readonly string[]; own: boolean },
): { values: QuestionText; seen: number; problems: Problem[] } {
  const values = {
    groupId: text(body, "groupId"),
    ask: normalise(text(body, "ask")).replace(/\s+/g, " "),
    answer: normalise(text(body, "answer")),
  };
  const group: Problem[] = groups.includes(values.groupId) ? [] : [{ field: "groupId", text: "请选择分组" }];
  const words = own
    ? [...sized("ask", "问题", values.ask, 100), ...sized("answer", "回答", values.answer, 5_000)]
    : [];
  return { values, seen: wholeNumber(text(body, "seen")) ?? 0, problems: [...group, ...words] };
}
