import type { Db } from "../../db/client.ts";
import {
  NATIONAL,
  type ProvinceRule,
  provinceRule,
  provinceRuleFile,
  provinceRuleSchema,
  withNational,
} from "../../vocabulary/province-rules.ts";
import type { ProvinceRow } from "../../vocabulary/province-schema.ts";
import { ispSettings } from "../isp/settings.ts";

/** A row that holds: since when (YYYY-MM-DD), which version (0: the program's), whether the provider wrote it. */
export type RuleInForce = { rule: ProvinceRow; validFrom: string; version: number; own: boolean };

type Row = { province: string; rule: unknown; validFrom: string; version: number; own: boolean };

/** Today where all days are counted; the zone of the server may be another. */
const today = (db: Db) => db`(now() at time zone 'Asia/Shanghai')::date`;

/** The same as YYYY-MM-DD. */
export async function dayOfToday(db: Db): Promise<string> {
  const [row] = await db<{ day: string }[]>`select ${today(db)} as day`;
  return row?.day ?? "";
}

/**
 * The rows in force for provinces (six-digit codes, 000000 the national one), in their order, today (Asia/Shanghai) or on the day
 * `on`: of each the version that began last, of two that began on one day the one written last, of the
 * provider, else of the installation, else of the program. Read anew at every call, so that a change holds at the next
 * request of every process. `ispId` is null for the installation and on a neutral host.
 */
export async function rulesInForce(
  db: Db,
  ispId: number | null,
  provinces: readonly string[],
  on: string | null = null,
): Promise<RuleInForce[]> {
  const rows = await db<Row[]>`
    select distinct on (province, isp_id) province, rule, valid_from, version, isp_id is not null as own
    from province_rules
    where province = any(${[...provinces]}) and (isp_id = ${ispId} or isp_id is null)
      and valid_from <= coalesce(${on}::date, ${today(db)})
    order by province, isp_id nulls last, valid_from desc, version desc`;
  return provinces.map((province) =>
    toRule(
      province,
      rows.filter((row) => row.province === province),
    ),
  );
}

const toRule = (province: string, rows: readonly Row[]): RuleInForce =>
  held(
    province,
    rows.map((row) => ({ ...row, rule: row.rule === null ? null : provinceRuleSchema.parse(row.rule) })),
  );

/** A version as far as it decides what holds. */
export type Version = Omit<RuleInForce, "rule"> & { rule: ProvinceRow | null };

const later = (one: string, other: string): string => (one > other ? one : other);

/**
 * What holds of versions of one province that began already, the provider's own before the installation's and of each
 * the last one alone: the first that was not given back, since when the others had ended.
 */
export function held(province: string, last: readonly Version[]): RuleInForce {
  const at = last.findIndex(({ rule }) => rule !== null);
  const since = (at < 0 ? last : last.slice(0, at + 1)).map(({ validFrom }) => validFrom);
  const found = last[at];
  const shipped = {
    rule: provinceRule(province),
    validFrom: provinceRuleFile.holdsFrom,
    version: 0,
    own: false,
  };
  return {
    ...(found?.rule
      ? { rule: found.rule, validFrom: found.validFrom, version: found.version, own: found.own }
      : shipped),
    validFrom: since.reduce(later, found?.validFrom ?? shipped.validFrom),
  };
}

/**
 * The rule in force for one province, while none is chosen (null) the national one: what the province leaves open is the
 * national row's, and what the provider asks besides is in it.
 */
export async function ruleInForce(
  db: Db,
  ispId: number | null,
  province: string | null,
): Promise<ProvinceRule> {
  const [national, own] = await rulesInForce(db, ispId, [NATIONAL, province || NATIONAL]);
  const rule = withNational(
    own?.rule ?? provinceRule(province ?? ""),
    national?.rule ?? provinceRuleFile.national,
  );
  const providerSlots = ispId === null ? [] : (await ispSettings(db, ispId)).materials.required;
  return providerSlots.length > 0 ? { ...rule, providerSlots } : rule;
}
