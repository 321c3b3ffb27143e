import type { Db } from "../../db/client.ts";
import { bureauTables } from "../../vocabulary/bureau-codes.ts";
import { type AdoptedTable, type BureauCode, codesOf } from "../../vocabulary/code-overlay.ts";
import { type Codes, offeredRows, shippedTable, withCodes } from "../../vocabulary/code-tables.ts";
import { bureauFor, defaultBureau } from "../bureau/rows.ts";

export { type Codes, withCodes };

type Adopted = { id: number; name: string };

/** The newest adopted version of each table of a bureau. */
const adoptedOf = (db: Db, bureauId: number, names: readonly string[]): Promise<Adopted[]> => db<Adopted[]>`
  select distinct on (name) id, name from bureau_code_tables
  where bureau_id = ${bureauId} and state = 'adopted' and name = any(${[...names]})
  order by name, version desc`;

/** Names of the tables that update ours. */
const updating = Object.keys(bureauTables).filter((name) => bureauTables[name]?.ours !== undefined);

type Kept = { stamp: string; codes: Codes };

/** By bureau: made anew only when another version was adopted, here or by another process. */
const kept = new Map<number, Kept>();

async function codesOfBureau(db: Db, bureauId: number): Promise<Codes> {
  const adopted = await adoptedOf(db, bureauId, updating);
  const stamp = adopted.map(({ id }) => id).join();
  const known = kept.get(bureauId);
  if (known?.stamp === stamp) return known.codes;
  const codes = codesOf(await Promise.all(adopted.map((table) => withRows(db, table))));
  kept.set(bureauId, { stamp, codes });
  return codes;
}

const withRows = async (db: Db, { id, name }: Adopted): Promise<AdoptedTable> => ({
  name,
  rows: await db<BureauCode[]>`
    select code, label, valid from bureau_code_rows where table_id = ${id} order by position`,
});

/** The codes of a provider: of its bureau for the province, else of its default one. Empty: those of the program. */
export async function codesInForce(db: Db, ispId: number, province?: string | null): Promise<Codes> {
  const bureau = province ? await bureauFor(db, ispId, province) : await defaultBureau(db, ispId);
  return bureau ? codesOfBureau(db, bureau.id) : new Map();
}

/** Does `work` with the codes of a provider's filing, whatever process it is in. */
export async function inCodesOf<T>(
  db: Db,
  { ispId, province }: { ispId: number; province?: string | null },
  work: () => T,
): Promise<Awaited<T>> {
  return await withCodes(await codesInForce(db, ispId, province), work);
}

/**
 * The rows to choose from of a table by the bureau's name of it, such as Hsyj_dms: as adopted, else ours where there is
 * one, else none.
 */
export async function adoptedCodes(
  db: Db,
  { ispId, bureauId }: { ispId: number; bureauId?: number },
  name: string,
): Promise<{ code: string; label: string }[]> {
  const bureau = bureauId ?? (await defaultBureau(db, ispId))?.id ?? 0;
  const [table] = await adoptedOf(db, bureau, [name]);
  if (table) return (await withRows(db, table)).rows.filter(({ valid }) => valid);
  const { ours } = bureauTables[name] ?? {};
  return ours ? offeredRows(ours).map(({ code, zh }) => ({ code, label: zh })) : [];
}

/** What holds now for a table of a bureau: its rows as adopted, else ours; undefined where there is neither. */
export async function rowsInForce(db: Db, bureauId: number, name: string): Promise<BureauCode[] | undefined> {
  const [table] = await adoptedOf(db, bureauId, [name]);
  if (table) return [...(await withRows(db, table)).rows];
  const { ours } = bureauTables[name] ?? {};
  return ours ? shippedTable(ours).rows.map(({ code, zh }) => ({ code, label: zh, valid: true })) : undefined;
}
