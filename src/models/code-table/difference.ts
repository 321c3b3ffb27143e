import type { BureauCode } from "../../vocabulary/code-overlay.ts";

/** What a table of a bureau would change. */
export type CodeDifference = {
  added: BureauCode[];
  relabelled: { code: string; before: string; after: string }[];
  /** Still in its table, but not valid any more; and the other way round. */
  ended: BureauCode[];
  revived: BureauCode[];
  /** Ours alone. */
  missing: BureauCode[];
};

/** The differences between what is in force and what came, each row by its code. */
export function codeDifference(before: readonly BureauCode[], after: readonly BureauCode[]): CodeDifference {
  const [old, now] = [before, after].map((rows) => new Map(rows.map((row) => [row.code, row]))) as [
    Rows,
    Rows,
  ];
  const both = [...now.values()].flatMap((row) => {
    const known = old.get(row.code);
    return known ? [{ row, known }] : [];
  });
  return {
    added: [...now.values()].filter(({ code }) => !old.has(code)),
    relabelled: both
      .filter(({ row, known }) => row.label !== known.label)
      .map(({ row, known }) => ({ code: row.code, before: known.label, after: row.label })),
    ended: both.filter(({ row, known }) => known.valid && !row.valid).map(({ row }) => row),
    revived: both.filter(({ row, known }) => !known.valid && row.valid).map(({ row }) => row),
    missing: [...old.values()].filter(({ code, valid }) => valid && !now.has(code)),
  };
}

type Rows = Map<string, BureauCode>;

/** Whether adopting it would change nothing. */
export const isSame = (difference: CodeDifference): boolean =>
  Object.values(difference).every((rows) => rows.length === 0);
