import { type BureauTable, bureauTables } from "./bureau-codes.ts";
import { type CodeRow, type Codes, DIVISIONS, INDIVIDUAL, shippedTable } from "./code-tables.ts";
import { isGroup, shippedDivisions } from "./divisions.ts";

/** A row as a bureau has it. */
export type BureauCode = { code: string; label: string; valid: boolean };

/** A table of a bureau that somebody adopted, by its element. */
export type AdoptedTable = { name: string; rows: readonly BureauCode[] };

const isPersonal = ({ natures }: CodeRow): boolean => natures?.includes(INDIVIDUAL) === true;

const divisionRows: readonly CodeRow[] = shippedDivisions.map(({ code, name }) => ({
  ...{ code, zh: name, en: name },
}));
const shippedName = new Map(shippedDivisions.map(({ code, name }) => [code, name]));

/** The rows of the program for a table that the bureau sends. */
export const shippedRows = (ours: string): readonly CodeRow[] =>
  ours === DIVISIONS ? divisionRows : shippedTable(ours).rows;

const rowOf = ({ code, label, valid }: BureauCode): CodeRow => ({
  ...{ code, zh: label, en: label },
  ...(!valid && { retired: true as const }),
});

/** Whether a code that ours does not know has a place in a filing and in the bureau's own schema. */
const fits = (code: string, { fixed, most = 0 }: BureauTable): boolean =>
  !fixed && /^[1-9]\d{0,5}$/.test(code) && Number(code) <= most;

/** Ours with the bureau's words: what it ended or does not name is kept for old values and no longer offered. */
function merged(ours: readonly CodeRow[], rows: readonly BureauCode[], table: BureauTable): CodeRow[] {
  const theirs = new Map(rows.map((row) => [row.code, row]));
  const known = ours.map((row) => {
    const their = theirs.get(row.code);
    return {
      ...row,
      ...(their && { zh: their.label }),
      ...(their?.valid !== true && { retired: true as const }),
    };
  });
  const codes = new Set(ours.map(({ code }) => code));
  const added = [...theirs.values()].filter(({ code }) => !codes.has(code) && fits(code, table));
  return [...known, ...added.map(rowOf)];
}

/**
 * New divisions, other names and ended ones. What a bureau does not name stays: the steps of its list are not all those
 * of GB/T 2260, and what is a province is not for it to say.
 */
const changedDivisions = (rows: readonly BureauCode[]): CodeRow[] =>
  rows
    .filter(({ code, label }) => /^\d{6}$/.test(code) && !code.endsWith("0000") && !isGroup(label))
    .filter(({ code, label, valid }) => !valid || shippedName.get(code) !== label)
    .map(rowOf);

/**
 * The tables that differ from those of the program once these of one bureau are adopted. What a bureau does not say is
 * filled in with care: a new nature can show every certificate of units, a new certificate is for every nature but 个人.
 */
export function codesOf(adopted: readonly AdoptedTable[]): Codes {
  const tables = new Map<string, CodeRow[]>();
  for (const { name, rows } of adopted) {
    const table = bureauTables[name];
    if (table?.ours === DIVISIONS) tables.set(DIVISIONS, changedDivisions(rows));
    else if (table?.ours) tables.set(table.ours, merged(shippedTable(table.ours).rows, rows, table));
  }
  if (tables.has("unit_nature") || tables.has("cert_type")) fitCertificates(tables);
  return indexed(tables);
}

const indexed = (tables: ReadonlyMap<string, CodeRow[]>): Codes =>
  new Map(
    [...tables].map(([id, rows]) => [id, { rows, byCode: new Map(rows.map((row) => [row.code, row])) }]),
  );

function fitCertificates(tables: Map<string, CodeRow[]>): void {
  const natures = tables.get("unit_nature") ?? shippedTable("unit_nature").rows;
  const known = new Set(shippedTable("unit_nature").rows.map(({ code }) => code));
  const added = natures.map(({ code }) => code).filter((code) => !known.has(code));
  const units = natures.map(({ code }) => code).filter((code) => code !== INDIVIDUAL);
  const certificates = (tables.get("cert_type") ?? shippedTable("cert_type").rows).map((row) => {
    if (!row.natures) return { ...row, natures: units };
    return isPersonal(row) || added.length === 0 ? row : { ...row, natures: [...row.natures, ...added] };
  });
  tables.set("cert_type", certificates);
}

/**
 * The codes of several bureaus as one: every code that one of them has keeps its words, those of the first bureau where
 * they differ. `first`: what the first does not take is not offered, for a filing that goes there · `any`: what any of
 * them takes is offered, where it is open which one will be asked.
 */
export function joinedCodes(bureaus: readonly Codes[], offered: "first" | "any"): Codes {
  const [only = new Map(), ...others] = bureaus;
  if (others.length === 0) return only;
  const ids = [...new Set(bureaus.flatMap((codes) => [...codes.keys()]))];
  return indexed(new Map(ids.map((id) => [id, joinedRows(id, bureaus, offered)])));
}

function joinedRows(id: string, bureaus: readonly Codes[], offered: "first" | "any"): CodeRow[] {
  const shipped = new Map(shippedRows(id).map((row) => [row.code, row]));
  const codes = new Set(bureaus.flatMap((of) => of.get(id)?.rows.map(({ code }) => code) ?? []));
  return [...codes].map((code) => {
    const rows = bureaus.map((of) => of.get(id)?.byCode.get(code) ?? shipped.get(code));
    const asked = offered === "first" ? rows.slice(0, 1) : rows;
    const { retired: _, ...row } = rows.find((one) => one !== undefined) as CodeRow;
    const natures = [...new Set(rows.flatMap((one) => one?.natures ?? []))];
    return {
      ...row,
      ...(offered === "any" && natures.length > 0 && { natures }),
      ...(asked.every((one) => !one || one.retired) && { retired: true as const }),
    };
  });
}
