import { codeRow } from "../../vocabulary/code-tables.ts";
import type { Bulletin } from "./rows.ts";

/** What a 通知 is called in lists: its kind, else what it is about; a kind that nobody knows is named as it came. */
export function bulletinTitle({ category, number }: Pick<Bulletin, "category" | "number">): string {
  const kind = category === null ? undefined : codeRow("notice_type", String(category))?.zh;
  if (kind) return kind;
  if (number) return `关于${number}的通知`;
  return category === null ? "其他通知" : `其他通知（类别${category}）`;
}
