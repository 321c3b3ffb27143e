import type { Db } from "../../db/client.ts";
import type { BureauCode } from "../../vocabulary/code-overlay.ts";
import { NotFound } from "../errors.ts";

export type CodeTableState = "proposed" | "adopted" | "dismissed" | "same";

/** A version of a table as a bureau sent it. */
export type CodeTableVersion = {
  id: number;
  ispId: number;
  bureauId: number;
  bureau: string;
  name: string;
  version: number;
  state: CodeTableState;
  rows: number;
  receivedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
};

const columns = (db: Db) => db`
  t.id, t.isp_id, t.bureau_id, b.name as bureau, t.name, t.version, t.state, t.received_at, t.decided_at,
  s.name as decided_by, (select count(*)::int from bureau_code_rows r where r.table_id = t.id) as rows
  from bureau_code_tables t join isp_bureaus b on b.id = t.bureau_id left join staff s on s.id = t.decided_by`;

/** The newest version of every table that the bureaus of a provider sent, what waits for a look first. */
export const latestCodeTables = (db: Db, ispId: number): Promise<CodeTableVersion[]> => db<
  CodeTableVersion[]
>`
  select * from (
    select distinct on (t.bureau_id, t.name) ${columns(db)} where t.isp_id = ${ispId}
    order by t.bureau_id, t.name, t.state = 'proposed' desc, t.version desc) l
  order by l.state = 'proposed' desc, l.bureau_id, l.name`;

/** A version of the provider; throws NotFound. */
export async function findCodeTable(db: Db, ispId: number, id: number): Promise<CodeTableVersion> {
  const [row] = await db<
    CodeTableVersion[]
  >`select ${columns(db)} where t.id = ${id} and t.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no table of codes ${id}`);
  return row;
}

/** How many wait for a look. */
export async function proposedCount(db: Db, ispId: number): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from bureau_code_tables where isp_id = ${ispId} and state = 'proposed'`;
  return row?.count ?? 0;
}

/** The rows of a version in the bureau's order. */
export const codeRowsOf = (db: Db, tableId: number): Promise<BureauCode[]> => db<BureauCode[]>`
  select code, label, valid from bureau_code_rows where table_id = ${tableId} order by position`;
