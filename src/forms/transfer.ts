import { type FormBody, text } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

/** A user name as registration takes it. */
const USER_NAME = /^[A-Za-z][A-Za-z0-9_]{4,31}$/;

export type TransferForm = { subjectId: number; toName: string; channel: "mail" | "sms"; code: string };

export const blankTransfer: TransferForm = { subjectId: 0, toName: "", channel: "sms", code: "" };

const channelIn = (body: FormBody): "mail" | "sms" => (text(body, "channel") === "mail" ? "mail" : "sms");

/** An id of ours that stands in a form; 0 for anything else, which no row has. */
const idIn = (typed: string): number => (/^\d{1,15}$/.test(typed) ? Number(typed) : 0);

/** Reads 转移: `record`, `to`, `channel`, and in the second half `code`. */
export const readTransfer = (body: FormBody): TransferForm => ({
  subjectId: idIn(text(body, "record")),
  toName: normalise(text(body, "to")).replace(/\s/g, "").slice(0, 60),
  channel: channelIn(body),
  code: text(body, "code"),
});

/** What is wrong with it; `own` are the ids of the account's records, `userName` its own name. */
export function transferProblems(
  { subjectId, toName }: TransferForm,
  { own, userName }: { own: readonly number[]; userName: string },
): Problem[] {
  const problems: Problem[] = [];
  if (!own.includes(subjectId)) problems.push({ field: "record", text: "请选择要转移的备案" });
  if (toName === "") problems.push({ field: "to", text: "请填写对方的用户名" });
  else if (!USER_NAME.test(toName))
    problems.push({ field: "to", text: "用户名以字母开头，由5到32位字母、数字和下划线组成，请向对方核对" });
  else if (toName.toLowerCase() === userName.toLowerCase())
    problems.push({ field: "to", text: "这是您自己的用户名，请填写对方的" });
  return problems;
}

/** What the page of one move sends: what to do, a product that carries the websites, a code. */
export const readMove = (body: FormBody) => ({
  act: text(body, "act"),
  productId: idIn(text(body, "product")) || null,
  channel: channelIn(body),
  code: text(body, "code"),
});

const REASON = 500;

export type StaffTransferForm = { toName: string; reason: string };

/** Reads 转移 on behalf with what is wrong: a user name and a reason. */
export function readStaffTransfer(body: FormBody): { values: StaffTransferForm; problems: Problem[] } {
  const values = {
    toName: normalise(text(body, "to")).replace(/\s/g, "").slice(0, 60),
    reason: normalise(text(body, "reason")),
  };
  const problems: Problem[] = [];
  if (!USER_NAME.test(values.toName)) problems.push({ field: "to", text: "请填写接收账号的用户名" });
  if (values.reason === "") problems.push({ field: "reason", text: "请写明转移的原因和凭据" });
  if (length(values.reason) > REASON)
    problems.push({
      field: "reason",
      text: `原因最多${REASON}个字，现在是${length(values.reason)}个字`,
    });
  return { values, problems };
}
