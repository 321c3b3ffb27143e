import type { Db, Sql } from "../../db/client.ts";
import { type ColumnChange, differences } from "../../vocabulary/province-diff.ts";
import { addVersions, type NewVersion, type RuleWriter } from "./change.ts";
import type { RuleEntry } from "./check.ts";
import { dayOfToday, rulesInForce } from "./in-force.ts";

/** A version that an import will write, with what it changes against what holds on its day. */
export type Planned = NewVersion & { name: string; changes: ColumnChange[] };

const later = (one: string, other: string): string => (one > other ? one : other);

/** Of each province what holds on `day` and all that begins after it: what was over before is not imported. */
function current(entries: readonly RuleEntry[], day: string): RuleEntry[] {
  const before = new Map<string, RuleEntry>();
  for (const entry of entries) {
    const known = before.get(entry.rule.code);
    if (entry.validFrom <= day && (!known || entry.validFrom >= known.validFrom))
      before.set(entry.rule.code, entry);
  }
  return [...before.values(), ...entries.filter(({ validFrom }) => validFrom > day)];
}

/**
 * What importing entries changes: a row that already reads so on its day is left out, so that the same file twice
 * changes nothing. `from` (YYYY-MM-DD) goes before the days of the entries; none lies in the past.
 */
export async function planImport(
  db: Db,
  ispId: number | null,
  entries: readonly RuleEntry[],
  { from, note = "" }: { from?: string | undefined; note?: string | undefined } = {},
): Promise<Planned[]> {
  const today = await dayOfToday(db);
  const wanted = current(entries, today)
    .map((entry) => ({ ...entry, validFrom: from ?? later(entry.validFrom, today) }))
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const planned: Planned[] = [];
  for (const day of new Set(wanted.map(({ validFrom }) => validFrom))) {
    const here = wanted.filter(({ validFrom }) => validFrom === day);
    const held = await rulesInForce(
      db,
      ispId,
      here.map(({ rule }) => rule.code),
      day,
    );
    for (const [at, { rule, note: own }] of here.entries()) {
      const before =
        planned.findLast(({ province }) => province === rule.code)?.rule ?? held[at]?.rule ?? rule;
      const changes = differences(before, rule);
      if (changes.length > 0)
        planned.push({
          province: rule.code,
          name: rule.name,
          rule,
          validFrom: day,
          note: note || own,
          changes,
        });
    }
  }
  return planned;
}

/** Writes what was planned in one transaction; gives how many versions that were. */
export async function importRules(db: Sql, writer: RuleWriter, planned: readonly Planned[]): Promise<number> {
  const versions = planned.map(({ province, rule, validFrom, note }) => ({
    province,
    rule,
    validFrom,
    note,
  }));
  return (await addVersions(db, writer, versions)).length;
}
