import { type FormBody, text } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const MOST = 300;

/** Why papers are not taken in, for the registrant. `id` of the control ends with the filing's number. */
export function readPaperReason(body: FormBody, number: string): { reason: string; problems: Problem[] } {
  const reason = normalise(text(body, "reason"));
  const field = `reason-${number}`;
  if (reason === "") return { reason, problems: [{ field, text: "请写明哪里不对，主办者会看到" }] };
  const long = length(reason) > MOST;
  return { reason, problems: long ? [{ field, text: `最多${MOST}个字，现在是${length(reason)}个字` }] : [] };
}
