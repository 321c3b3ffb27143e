import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const MOST = 500;

export type ByHandForm = { evidence: string; problems: Problem[] };

/** 人工上报 and what came of it: how, when and through whom. */
export function readByHand(body: FormBody): ByHandForm {
  const evidence = text(body, "evidence").trim();
  return { evidence, problems: problemsOf(evidence) };
}

function problemsOf(evidence: string): Problem[] {
  if (evidence === "")
    return [{ field: "evidence", text: "请写明什么时候，怎样报给管局或管局怎样答复的，由谁经办" }];
  return length(evidence) > MOST ? [{ field: "evidence", text: `最多${MOST}个字` }] : [];
}
