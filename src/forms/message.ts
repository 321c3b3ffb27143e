import { type FormBody, text } from "../lib/form-body.ts";
import { length } from "../lib/text.ts";
import type { Problem } from "../view.ts";

const MOST = 1000;

/** 留言: what was written, shown back when it cannot be sent. */
export function readMessage(body: FormBody): { body: string; problems: Problem[] } {
  const written = text(body, "body").trim();
  const problem = (sentence: string) => ({ body: written, problems: [{ field: "body", text: sentence }] });
  if (written === "") return problem("请写下要说的话，再发送");
  if (length(written) > MOST) return problem(`留言最多${MOST}个字，现在是${length(written)}个字`);
  return { body: written, problems: [] };
}
