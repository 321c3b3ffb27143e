import { bureauTableLabel } from "../../vocabulary/bureau-codes.ts";
import { cameSince, keepCodeTable } from "../code-table/keep.ts";
import { noticeStaff } from "../notice/staff.ts";
import type { Store } from "../store.ts";
import { type Of, parked } from "./applying.ts";
import { outdated, SAID_SINCE } from "./file-order.ts";
import type { Applied, BureauResult } from "./results.ts";
import { findBureau } from "./rows.ts";

type Codes = Extract<BureauResult, { kind: "codes" }>;

/** JCDM, 基础代码: kept as a version. What differs from what is in force waits until an administrator has looked. */
export async function applyCodes(store: Store, { answer, result }: Of<Codes>): Promise<Applied> {
  const { table } = result;
  const { ispId, bureauId } = answer;
  const label = bureauTableLabel(table.name);
  if (table.rows.some(({ id }) => id === "")) return parked(`${label}里有没有编号的代码`);
  const came = { bureauId, answerId: answer.id, name: table.name };
  if (await cameSince(store.db, came)) return { ...outdated, note: `${label}：${SAID_SINCE}` };
  const state = await keepCodeTable(store, { ispId, bureauId, answerId: answer.id, table });
  if (state === "same") return { outcome: "repeated", filingId: null, note: `${label}：没有新的内容` };
  const { name: bureau } = await findBureau(store.db, bureauId);
  const to = { ispId, role: "administrator" } as const;
  await noticeStaff(store, to, "code-tables-arrived", { bureau }, `codes:${answer.id}`);
  return { outcome: "applied", filingId: null, note: `${label}：等待管理员核对` };
}
