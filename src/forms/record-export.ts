import { type FormBody, text } from "../lib/form-body.ts";
import type { TableFormat } from "../lib/spreadsheet/stream.ts";
import type { Problem } from "../view.ts";
import { disclosureReasons } from "./disclosure.ts";

export type RecordExport = {
  format: TableFormat;
  /** Numbers of persons in full. */
  full: boolean;
  password: string;
  /** Code of `disclosureReasons`, "" for none. */
  reason: string;
  problems: Problem[];
};

/** How records are exported; numbers in full ask a registrant for the password and staff for a reason. */
export function readRecordExport(body: FormBody, by: "registrant" | "staff"): RecordExport {
  const full = text(body, "full") === "1";
  const password = text(body, "password");
  const reason = disclosureReasons.find(({ code }) => code === text(body, "reason"))?.code ?? "";
  const problems: Problem[] = [];
  if (full && by === "registrant" && password === "")
    problems.push({ field: "password", text: "导出完整号码，要再填一次登录密码" });
  if (full && by === "staff" && reason === "")
    problems.push({ field: "reason", text: "导出完整号码，要选用途" });
  return { format: text(body, "format") === "csv" ? "csv" : "xlsx", full, password, reason, problems };
}
