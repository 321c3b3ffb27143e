import { AsyncLocalStorage } from "node:async_hooks";
import { readData } from "./data.ts";

/** One code with its words. The further keys belong to some tables only. */
export type CodeRow = {
  code: string;
  zh: string;
  en: string;
  confidence?: "high" | "medium" | "low";
  /** The bureau does not take it (any more): shown where it stands, not offered and not accepted anew. */
  retired?: true;
  /** unit_nature: documents such a body can have; and whether it is a person (个人). */
  certTypes?: string[];
  individual?: boolean;
  /** cert_type: natures that can have it; and whether a responsible person can show it. */
  natures?: string[];
  person?: boolean;
  /** site_service_content */
  group?: number;
  /** attachment_purpose */
  owner?: string;
  maxKb?: number;
  /** service_type: how its ICP number ends */
  suffix?: string;
  /** msg_code: what to do, our reading */
  action?: string;
  /** result_code */
  category?: string;
  success?: boolean;
  /** province: sign in ICP numbers, others accepted on input, letters, code of 服务器放置地 */
  abbreviation?: string;
  otherAbbreviations?: string[];
  letter?: string;
  fbdd?: string;
};

export type CodeTable = {
  id: string;
  zh: string;
  en: string;
  /** Element of the bureau's XML that carries it. */
  bureau: string | null;
  confidence: string;
  sources: string[];
  rows: CodeRow[];
};

const tables = new Map(
  (readData("code-tables") as { tables: CodeTable[] }).tables.map((table) => [table.id, table] as const),
);
const rowsByCode = new Map(
  [...tables].map(([id, table]) => [id, new Map(table.rows.map((row) => [row.code, row] as const))] as const),
);

/**
 * Tables as a provider adopted them from its bureaus, in the place of those of the program; see code-overlay.ts. Under
 * `DIVISIONS` there are only the divisions that are not as in GB/T 2260.
 */
export type Codes = ReadonlyMap<string, { rows: CodeRow[]; byCode: ReadonlyMap<string, CodeRow> }>;

/** Id of the divisions (行政区划): no table of code-tables.json, see divisions.ts. */
export const DIVISIONS = "division";

/**
 * The codes of the provider whose request or filing is being worked on. They are asked for in every layer, down to the
 * words of a field in a template, and differ by provider: handing them through would change each of these places. What
 * runs outside `withCodes`, and what is made when the program starts, sees the tables of the program.
 */
const inForce = new AsyncLocalStorage<Codes>();

/** Does `work` with the codes of a provider. */
export const withCodes = <T>(codes: Codes, work: () => T): T => inForce.run(codes, work);

/**
 * Rows that are made while a file is sent, with the codes of now: whoever reads a stream asks for them long after
 * `withCodes` is left.
 */
export function rowsWithCodes<T>(rows: AsyncIterable<T>): AsyncIterable<T> {
  const codes = inForce.getStore();
  if (!codes) return rows;
  return {
    [Symbol.asyncIterator]() {
      const made = rows[Symbol.asyncIterator]();
      return {
        next: () => inForce.run(codes, () => made.next()),
        return: async (value) => (await made.return?.(value)) ?? { done: true, value },
      };
    },
  };
}

/** A table as the program has it; throws for an unknown id, which is a mistake of ours. */
export function shippedTable(id: string): CodeTable {
  const table = tables.get(id);
  if (!table) throw new Error(`unknown code table ${id}`);
  return table;
}

/** A whole table as it is in force; throws for an unknown id. */
export function codeTable(id: string): Pick<CodeTable, "rows"> {
  return adoptedTable(id) ?? shippedTable(id);
}

/** A table as it was adopted; undefined where nobody adopted one. */
export const adoptedTable = (id: string) => inForce.getStore()?.get(id);

/** The rows that can be chosen anew. */
export const offeredRows = (id: string): CodeRow[] => codeTable(id).rows.filter(({ retired }) => !retired);

/** Ids of all tables. */
export const codeTableIds: readonly string[] = [...tables.keys()];

/** The row of a code, undefined when the table has no such code. */
export function codeRow(id: string, code: string): CodeRow | undefined {
  shippedTable(id);
  return (adoptedTable(id)?.byCode ?? rowsByCode.get(id))?.get(code);
}

/** The Chinese word of a code; an unknown code is shown as it is. */
export function codeLabel(id: string, code: string): string {
  return codeRow(id, code)?.zh ?? code;
}

/** 个人: the subject is a person. */
export const INDIVIDUAL = "5";

/** 居民身份证 */
export const IDENTITY_CARD = "2";

/** True when the nature (单位性质) is 个人. */
export function isIndividual(nature: string | string[] | undefined): boolean {
  return nature === INDIVIDUAL;
}
