import { type FormBody, text } from "../lib/form-body.ts";
import { compact, length } from "../lib/text.ts";
import type { Problem } from "../view.ts";
import { readNumber } from "./query.ts";

/** `typed` is shown back as it was; `number` is in the usual form, "" where it is none. */
export type NumberAndPassword = { typed: string; number: string; password: string };

const MOST = 64;

/** Reads 备案号 and 备案密码; the password is never shown back. */
export function readNumberAndPassword(body: FormBody): { form: NumberAndPassword; problems: Problem[] } {
  const typed = text(body, "number").trim().slice(0, 100);
  const number = readNumber(typed) ?? "";
  const password = text(body, "icpPassword").trim();
  const problems: Problem[] = [];
  if (typed === "") problems.push({ field: "number", text: "请填写备案号" });
  else if (number === "")
    problems.push({
      field: "number",
      text: "备案号不完整，例如京ICP备12345678号，或者京ICP备12345678号-1",
    });
  if (password === "") problems.push({ field: "icpPassword", text: "请填写备案密码" });
  else if (length(password) > MOST)
    problems.push({ field: "icpPassword", text: `备案密码最多${MOST}位，请核对` });
  return { form: { typed, number, password }, problems };
}

/** Reads 认领: the two, and the number of the 主办单位's certificate. */
export function readClaim(body: FormBody): {
  form: NumberAndPassword & { certNo: string };
  problems: Problem[];
} {
  const { form, problems } = readNumberAndPassword(body);
  const certNo = compact(text(body, "certNo")).toUpperCase().slice(0, MOST);
  if (certNo === "") problems.push({ field: "certNo", text: "请填写主办单位证件号码" });
  return { form: { ...form, certNo }, problems };
}
