import type { Staff } from "../../models/actor.ts";
import { filingsByNumber } from "../../models/filing/by-number.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import type { Deps } from "../deps.ts";

/** “示例茶叶商城”已办，现在是待拍照上传: said on the page after a decision. Undefined where nothing was decided. */
export async function doneSentence(
  { db }: Deps,
  actor: Staff,
  number: string | undefined,
): Promise<{ number: string; text: string } | undefined> {
  const [filing] = number ? await filingsByNumber(db, actor, [number]) : [];
  if (!filing) return undefined;
  return {
    number: filing.number,
    text: `“${filingTitle(filing)}”已办，现在是：${statusOf(filing).label}`,
  };
}
