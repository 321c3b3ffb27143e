import { bureauTables } from "./bureau-codes.ts";
import { type CodeRow, type Codes, INDIVIDUAL, shippedTable } from "./code-tables.ts";

/** A row as a bureau has it. */
export type BureauCode = { code: string; label: string; valid: boolean };

/** A table of a bureau that somebody adopted, by its element. */
export type AdoptedTable = { name: string; rows: readonly BureauCode[] };

const isPersonal = ({ natures }: CodeRow): boolean => natures?.includes(INDIVIDUAL) === true;

/** Ours with the bureau's words: what it ended or does not name is kept for old values and no longer offered. */
function merged(ours: readonly CodeRow[], { rows }: AdoptedTable, fixed: boolean): CodeRow[] {
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
  const added = [...theirs.values()].filter(({ code }) => !fixed && !codes.has(code));
  return [
    ...known,
    ...added.map(({ code, label, valid }) => ({
      ...{ code, zh: label, en: label },
      ...(!valid && { retired: true as const }),
    })),
  ];
}

/**
 * The tables that differ from those of the program once these are adopted. What a bureau does not say is filled in with
 * care: a new nature can show every certificate of units, a new certificate is for every nature but 个人.
 */
export function codesOf(adopted: readonly AdoptedTable[]): Codes {
  const tables = new Map<string, CodeRow[]>();
  for (const table of adopted) {
    const { ours, fixed } = bureauTables[table.name] ?? {};
    if (ours) tables.set(ours, merged(shippedTable(ours).rows, table, fixed === true));
  }
  if (tables.has("unit_nature") || tables.has("cert_type")) fitCertificates(tables);
  return new Map(
    [...tables].map(([id, rows]) => [
      id,
      { table: { ...shippedTable(id), rows }, byCode: new Map(rows.map((row) => [row.code, row])) },
    ]),
  );
}

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
