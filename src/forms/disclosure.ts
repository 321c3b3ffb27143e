import { type FormBody, text } from "../lib/form-body.ts";

/** Why a masked value is shown; the first one where nothing was chosen. The code goes into the audit log. */
export const disclosureReasons = [
  { code: "review", text: "审核核对" },
  { code: "call", text: "电话核实" },
  { code: "question", text: "答复主办者" },
  { code: "bureau", text: "配合管局" },
] as const;

export type Disclosure = { sectionId: number; field: string; reason: string; queue: string };

/** Reads which value is asked for: `place` is 12.idNo. What names none gives section 0, which no filing has. */
export function readDisclosure(body: FormBody): Disclosure {
  const [, section = "0", field = ""] = /^(\d{1,15})\.(\w{1,60})$/.exec(text(body, "place")) ?? [];
  const reason = disclosureReasons.find(({ code }) => code === text(body, "why")) ?? disclosureReasons[0];
  return { sectionId: Number(section), field, reason: reason.code, queue: text(body, "queue") };
}
