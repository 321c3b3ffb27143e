import { createHash } from "node:crypto";
import type { Db } from "../../db/client.ts";
import type { CodeTable } from "../../gateways/bureau/codes.ts";
import type { BureauCode } from "../../vocabulary/code-overlay.ts";
import { isAfter } from "../bureau/file-order.ts";
import type { Store } from "../store.ts";
import { codeDifference, isSame } from "./difference.ts";
import { rowsInForce } from "./in-force.ts";
import type { CodeTableState } from "./rows.ts";

type Came = { ispId: number; bureauId: number; answerId: number | null; table: CodeTable };

/** Whether a newer file brought this table. */
export async function cameSince(
  db: Db,
  { bureauId, answerId, name }: { bureauId: number; answerId: number; name: string },
): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_code_tables t join bureau_answers a on a.id = t.answer_id
    where t.bureau_id = ${bureauId} and t.name = ${name} and ${isAfter(db, answerId)} limit 1`;
  return row !== undefined;
}

/**
 * Keeps a table that a bureau sent as a version of its own. The same as what is in force, as what waits, or as what was
 * dismissed last needs no look; anything else waits for one and takes the place of what waited.
 */
export async function keepCodeTable({ db }: Pick<Store, "db">, came: Came): Promise<CodeTableState> {
  const { ispId, bureauId, answerId, table } = came;
  // Versions of a bureau's tables are counted one after the other.
  await db`select 1 from isp_bureaus where id = ${bureauId} for update`;
  const digest = digestOf(table);
  const state = await stateOf(db, bureauId, table, digest);
  if (state === "proposed")
    await db`
      update bureau_code_tables set state = 'dismissed', decided_at = now()
      where bureau_id = ${bureauId} and name = ${table.name} and state = 'proposed'`;
  const [row] = await db<{ id: number }[]>`
    insert into bureau_code_tables (isp_id, bureau_id, name, version, digest, state, answer_id)
    select ${ispId}, ${bureauId}, ${table.name}, coalesce(max(version), 0) + 1, ${digest}, ${state}, ${answerId}
    from bureau_code_tables where bureau_id = ${bureauId} and name = ${table.name} returning id`;
  await insertRows(db, ispId, row?.id ?? 0, table);
  if (state === "same") await dropSame(db, bureauId, table.name, row?.id ?? 0);
  return state;
}

/** Bureaus send all their tables again and again, areas are thousands of rows: of what said nothing new the newest stays. */
async function dropSame(db: Db, bureauId: number, name: string, newest: number): Promise<void> {
  const old = await db<{ id: number }[]>`
    select id from bureau_code_tables
    where bureau_id = ${bureauId} and name = ${name} and state = 'same' and id <> ${newest}`;
  const ids = old.map(({ id }) => id);
  await db`delete from bureau_code_rows where table_id = any(${ids}::bigint[])`;
  await db`delete from bureau_code_tables where id = any(${ids}::bigint[])`;
}

const rowsOf = ({ rows }: CodeTable): BureauCode[] =>
  rows.map(({ id, label, valid }) => ({ code: id, label, valid }));

/** Of what counts when it is used, whatever the order. */
const digestOf = (table: CodeTable): Buffer => {
  const rows = rowsOf(table).map(({ code, label, valid }) => JSON.stringify([code, label, valid]));
  return createHash("sha256").update(rows.sort().join("\n")).digest();
};

async function stateOf(db: Db, bureauId: number, table: CodeTable, digest: Buffer): Promise<CodeTableState> {
  const before = await rowsInForce(db, bureauId, table.name);
  if (before && isSame(codeDifference(before, rowsOf(table)))) return "same";
  const [last] = await db<{ digest: Buffer; state: CodeTableState }[]>`
    select digest, state from bureau_code_tables
    where bureau_id = ${bureauId} and name = ${table.name} and state <> 'same' order by version desc limit 1`;
  const seen = last?.state === "proposed" || last?.state === "dismissed";
  return seen && last.digest.equals(digest) ? "same" : "proposed";
}

const insertRows = (db: Db, ispId: number, tableId: number, { rows }: CodeTable) => db`
  insert into bureau_code_rows (table_id, isp_id, position, code, label, valid, remark, extra)
  select ${tableId}, ${ispId}, r.at::int, r.row ->> 'id', r.row ->> 'label', (r.row ->> 'valid')::boolean,
    r.row ->> 'remark', r.row -> 'extra'
  from jsonb_array_elements(${db.json(rows as never)}::jsonb) with ordinality as r(row, at)`;
