import { codeRow } from "../../vocabulary/code-tables.ts";
import { DEFAULT_VERSION, versionData } from "../../vocabulary/interface-version.ts";

/**
 * What to do after an answer (msg_code, table 3-4 of the specification; the action is our reading of it).
 * - `ok`, `empty` (nothing to download), `more` (download again)
 * - `retry_later`: the number is kept, the same call is made again after a while
 * - `resend_missing`: a number was skipped; send the listed ones first, from the kept files
 * - `fix_and_resend`: what we sent is broken in shape; the queue stops, an operator looks, the number is kept
 * - `stop_and_alert`: name, password or right is wrong; the queue stops, an operator looks
 */
export type MessageAction =
  | "ok"
  | "empty"
  | "more"
  | "retry_later"
  | "resend_missing"
  | "fix_and_resend"
  | "stop_and_alert";

const ACTIONS: Record<string, MessageAction> = {
  ok: "ok",
  ok_empty: "empty",
  ok_more: "more",
  retry_later: "retry_later",
  resend_missing: "resend_missing",
  fix_and_resend: "fix_and_resend",
  stop_and_alert: "stop_and_alert",
};

/** The action for a msg_code; a code that nobody has seen stops the queue, since repeating it could do harm. */
export const messageAction = (code: number): MessageAction =>
  ACTIONS[codeRow("msg_code", String(code))?.action ?? ""] ?? "stop_and_alert";

/** Words of a msg_code in Chinese; undefined for an unknown one. */
export const messageWords = (code: number): string | undefined => codeRow("msg_code", String(code))?.zh;

/**
 * What a result code (Jgdm, table 3-5) in BAJG means.
 * Which codes approve and which reject a file is data of the version.
 * - `approved`; `refused`: the data, so it goes back to the reviewer with the bureau's words
 * - `news`: good news that decides nothing (1060 verification form stored, 1062 addresses match)
 * - `file_rejected`: the whole file or our right to send it, never the registrant's fault; an operator looks
 */
export type ResultAction = "approved" | "refused" | "news" | "file_rejected";

/** The action for a Jgdm; an unknown one counts as refused, so that a person reads it. */
export function resultAction(code: number, version = DEFAULT_VERSION): ResultAction {
  const { approved, fileRejected } = versionData(version).results;
  if (approved.includes(code)) return "approved";
  if (fileRejected.includes(code)) return "file_rejected";
  return codeRow("result_code", String(code))?.success ? "news" : "refused";
}

/** Words of a Jgdm in Chinese; undefined for an unknown one. */
export const resultWords = (code: number): string | undefined => codeRow("result_code", String(code))?.zh;
