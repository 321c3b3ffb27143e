import { isWeakPassword } from "../lib/password-strength.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const LEAST = 8;
/** Longer ones only cost time. */
const MOST = 128;

/** What is wrong with a new password typed twice; `own`: what belongs to the person and is guessed first. */
export function passwordProblems(password: string, again: string, own: string[]): Problem[] {
  const at = (text: string): Problem[] => [{ field: "password", text }];
  if (password === "") return at("请设置密码，至少8位");
  if (length(password) < LEAST) return at(`密码至少8位，现在是${length(password)}位`);
  if (length(password) > MOST) return at(`密码最多${MOST}位`);
  if (isWeakPassword(password, own)) return at("这个密码太容易被猜到，请换一个，例如几个不相干的词连在一起");
  if (password !== again) return [{ field: "passwordAgain", text: "两次输入的密码不一样，请重新输入" }];
  return [];
}
