import { type FormBody, text } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

export type ProfileValues = { name: string; customerNumber: string; remark: string };

export const readProfile = (body: FormBody): ProfileValues => ({
  name: normalise(text(body, "name")),
  customerNumber: normalise(text(body, "customerNumber")),
  remark: normalise(text(body, "remark")),
});

export function profileProblems({ name, customerNumber, remark }: ProfileValues): Problem[] {
  const problems: Problem[] = [];
  if (name === "") problems.push({ field: "name", text: "请填写姓名" });
  if (length(name) > 50) problems.push({ field: "name", text: "姓名最多50个字" });
  if (length(customerNumber) > 64) problems.push({ field: "customerNumber", text: "客户账号最多64个字" });
  if (length(remark) > 500) problems.push({ field: "remark", text: "备注最多500个字" });
  return problems;
}
