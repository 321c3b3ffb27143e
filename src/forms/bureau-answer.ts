import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const LEAST = 4;
const MOST = 500;

/** Words that somebody else must understand later; `label` names the control. */
function readWords(body: FormBody, field: string, label: string): { words: string; problems: Problem[] } {
  const words = text(body, field).trim();
  const count = length(words);
  if (count < LEAST) return { words, problems: [{ field, text: `请写明${label}，至少${LEAST}个字` }] };
  const isLong = count > MOST;
  return { words, problems: isLong ? [{ field, text: `${label}最多${MOST}个字，现在是${count}个字` }] : [] };
}

/** 确认跳过: why a file that cannot be read may be acknowledged. */
export const readSkip = (body: FormBody) => readWords(body, "reason", "跳过的原因");

/** 已处理: what was done with a parked result. */
export const readHandled = (body: FormBody) => readWords(body, "note", "怎样处理的");

/** 对应到备案单: the number of a filing, as it stands on its page. */
export function readAssignment(body: FormBody): { number: string; problems: Problem[] } {
  const number = text(body, "filing").trim();
  const isNumber = /^\d{8}-\d{4,9}$/.test(number);
  return {
    number,
    problems: isNumber ? [] : [{ field: "filing", text: "请填备案单号，例如20261118-0042" }],
  };
}
