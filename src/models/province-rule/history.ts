import type { Db } from "../../db/client.ts";
import { type ColumnChange, differences } from "../../vocabulary/province-diff.ts";
import { provinceRule, provinceRuleSchema } from "../../vocabulary/province-rules.ts";
import type { ProvinceRow } from "../../vocabulary/province-schema.ts";
import { held, type RuleInForce } from "./in-force.ts";

/** A version as it was written; `rule` null: the province was given back. `writer`: name of staff, "" otherwise. */
export type RuleVersion = {
  province: string;
  version: number;
  validFrom: string;
  own: boolean;
  rule: ProvinceRow | null;
  note: string;
  writer: string;
  byOperator: boolean;
  createdAt: Date;
};

type Row = Omit<RuleVersion, "rule"> & { rule: unknown };

/** The last versions of provinces that a provider (null: the installation) sees, its own and the installation's, newest first. */
export async function ruleVersions(
  db: Db,
  ispId: number | null,
  provinces: readonly string[],
  limit = 100,
): Promise<RuleVersion[]> {
  const rows = await db<Row[]>`
    select r.province, r.version, r.valid_from, r.isp_id is not null as own, r.rule, r.note,
      coalesce(s.name, '') as writer, r.by_operator, r.created_at
    from province_rules r left join staff s on s.id = r.staff_id and s.isp_id = r.isp_id
    where r.province = any(${[...provinces]}) and (r.isp_id = ${ispId} or r.isp_id is null)
    order by r.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, rule: row.rule === null ? null : provinceRuleSchema.parse(row.rule) }));
}

/** A version with what it changed against the one before it at its level, the first one against the program's row. */
export type VersionStep = RuleVersion & { changes: ColumnChange[] };

/** The versions of one province, newest first, each with its changes. */
export async function ruleHistory(db: Db, ispId: number | null, province: string): Promise<VersionStep[]> {
  const versions = await ruleVersions(db, ispId, [province]);
  return versions.map((one, at) => {
    const before = versions.slice(at + 1).find(({ own }) => own === one.own)?.rule;
    const shipped = provinceRule(province);
    return { ...one, changes: differences(before ?? shipped, one.rule ?? shipped) };
  });
}

const byBeginning = (one: RuleVersion, other: RuleVersion): number =>
  one.validFrom === other.validFrom ? other.version - one.version : one.validFrom < other.validFrom ? 1 : -1;

/** What holds on a day, of all versions of one province. */
function heldOn(province: string, versions: readonly RuleVersion[], day: string): RuleInForce {
  const begun = versions.filter(({ validFrom }) => validFrom <= day).sort(byBeginning);
  const last = [true, false].flatMap((level) => begun.find(({ own }) => own === level) ?? []);
  return held(province, last);
}

/** What will hold after `today` (YYYY-MM-DD), soonest first, where somebody wrote it already; each differs from the one before. */
export async function rulesToCome(
  db: Db,
  ispId: number | null,
  province: string,
  today: string,
): Promise<(RuleInForce & { changes: ColumnChange[] })[]> {
  const versions = await ruleVersions(db, ispId, [province]);
  const days = [...new Set(versions.map(({ validFrom }) => validFrom))].filter((day) => day > today).sort();
  const all = [today, ...days].map((day) => ({ ...heldOn(province, versions, day), day }));
  return all.slice(1).flatMap(({ day, ...one }, at) => {
    const changes = differences(all[at]?.rule ?? one.rule, one.rule);
    return changes.length > 0 ? [{ ...one, validFrom: day, changes }] : [];
  });
}
