import { decideCodeTable } from "../../src/models/code-table/decide.ts";
import { keepCodeTable } from "../../src/models/code-table/keep.ts";
import { inTransaction, type RootStore } from "../../src/models/store.ts";
import type { BureauCode } from "../../src/vocabulary/code-overlay.ts";
import { shippedRows } from "../../src/vocabulary/code-overlay.ts";

/** Our own table as a bureau has it: with codes of its own, and some that it ended. */
export const bureauCodes = (
  id: string,
  { more = {}, ended = [] }: { more?: Record<string, string>; ended?: readonly string[] },
): BureauCode[] => [
  ...shippedRows(id).map(({ code, zh }) => ({ code, label: zh, valid: !ended.includes(code) })),
  ...Object.entries(more).map(([code, label]) => ({ code, label, valid: true })),
];

/** A table that came from a bureau and that the operator adopted. */
export async function adoptTable(
  store: RootStore,
  { ispId, bureauId }: { ispId: number; bureauId: number },
  name: string,
  rows: readonly BureauCode[],
): Promise<void> {
  const table = { name, rows: rows.map(({ code, ...row }) => ({ ...row, id: code, remark: "", extra: {} })) };
  await inTransaction(store, (inside) => keepCodeTable(inside, { ispId, bureauId, answerId: null, table }));
  const [waiting] = await store.db<{ id: number }[]>`
    select id from bureau_code_tables where bureau_id = ${bureauId} and name = ${name} and state = 'proposed'`;
  if (!waiting) throw new Error(`nothing new in ${name}`);
  await decideCodeTable(store, { kind: "operator", ispId }, waiting.id, "adopted");
}
