import type { Db } from "../../db/client.ts";
import { bureauTables } from "../../vocabulary/bureau-codes.ts";
import {
  type AdoptedTable,
  type BureauCode,
  codesOf,
  joinedCodes,
  shippedRows,
} from "../../vocabulary/code-overlay.ts";
import { type Codes, withCodes } from "../../vocabulary/code-tables.ts";
import { defaultBureau } from "../bureau/rows.ts";

export { type Codes, withCodes };

/** Names of the tables that update ours. */
const updating = Object.keys(bureauTables).filter((name) => bureauTables[name]?.ours !== undefined);

type Adopted = { id: number; name: string };
type AtBureau = { bureauId: number; adopted: Adopted[] };

/** The newest adopted version of each table of a bureau. */
const adoptedOf = (db: Db, bureauId: number, names: readonly string[]): Promise<Adopted[]> => db<Adopted[]>`
  select distinct on (name) id, name from bureau_code_tables
  where bureau_id = ${bureauId} and state = 'adopted' and name = any(${[...names]})
  order by name, version desc`;

type Kept = { stamp: string; codes: Codes };

/** By bureau: made anew only when another version was adopted, here or by another process. */
const kept = new Map<number, Kept>();

async function codesOfBureau(db: Db, { bureauId, adopted }: AtBureau): Promise<Codes> {
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

/** Whose codes: a provider's, or those for what is filed at one of its bureaus. */
export type CodesFor = {
  ispId: number;
  /** A province means the bureau that `bureauFor` finds, and a filing (备案单号) the one of its province. */
  about?: { bureauId: number } | { province: string | null } | { filing: string };
};

/** The bureaus of a provider with what was adopted of them: the one that is meant first, else the default one. */
function adoptedBy(db: Db, { ispId, about }: CodesFor): Promise<(AtBureau & { isMeant: boolean })[]> {
  const bureauId = about && "bureauId" in about ? about.bureauId : null;
  const province = about && "province" in about ? (about.province ?? "") : null;
  const filing = about && "filing" in about ? about.filing : null;
  return db<(AtBureau & { isMeant: boolean })[]>`
    with asked as (
      select coalesce(${province}::text, (
        select coalesce(f.province, '') from filings f where f.isp_id = ${ispId} and f.number = ${filing})) as province)
    select b.id as bureau_id, ${bureauId}::bigint is not null or a.province is not null as is_meant,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name) from (
          select distinct on (name) id, name from bureau_code_tables
          where bureau_id = b.id and state = 'adopted' and name = any(${updating})
          order by name, version desc) t), '[]') as adopted
    from isp_bureaus b, asked a where b.isp_id = ${ispId}
    order by b.id is not distinct from ${bureauId} desc, b.province is not distinct from a.province desc,
      b.is_default desc, b.id`;
}

/**
 * The codes of a provider, empty where those of the program hold. What is filed at one bureau is offered and takes what
 * that bureau has, and still reads what only another one has; what belongs to no bureau (lists, searches, records, the form
 * that opens a filing) is offered what any of them has. A draft without a province is the default bureau's, as everywhere;
 * once it has one, its forms offer what the new bureau takes and the rules name what it does not.
 */
export async function codesInForce(db: Db, wanted: CodesFor): Promise<Codes> {
  const bureaus = await adoptedBy(db, wanted);
  const codes = await Promise.all(bureaus.map((one) => codesOfBureau(db, one)));
  return joinedCodes(codes, bureaus[0]?.isMeant ? "first" : "any");
}

/** Does `work` with the codes of a provider or of what it files, whatever process it is in. */
export async function inCodesOf<T>(db: Db, wanted: CodesFor, work: () => T): Promise<Awaited<T>> {
  return await withCodes(await codesInForce(db, wanted), work);
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
  return ours ? shippedRows(ours).map(({ code, zh }) => ({ code, label: zh })) : [];
}

/** What holds now for a table of a bureau: its rows as adopted, else ours; undefined where there is neither. */
export async function rowsInForce(db: Db, bureauId: number, name: string): Promise<BureauCode[] | undefined> {
  const [table] = await adoptedOf(db, bureauId, [name]);
  if (table) return [...(await withRows(db, table)).rows];
  const { ours } = bureauTables[name] ?? {};
  return ours ? shippedRows(ours).map(({ code, zh }) => ({ code, label: zh, valid: true })) : undefined;
}
