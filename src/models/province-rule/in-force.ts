import type { Db } from "../../db/client.ts";
import {
  type ProvinceRule,
  provinceRule,
  provinceRuleFile,
  provinceRuleSchema,
} from "../../vocabulary/province-rules.ts";
import { ispSettings } from "../isp/settings.ts";

/** What a bureau asks for today, since when (YYYY-MM-DD), and whether the provider itself wrote it. */
export type RuleInForce = { rule: ProvinceRule; validFrom: string; own: boolean };

type Row = { province: string; rule: unknown; validFrom: string; own: boolean };

/**
 * The rules in force for provinces (six-digit codes), in their order: of each the newest valid row of the provider, else
 * of the installation, else the data file's. `ispId` is null on a neutral host.
 */
export async function rulesInForce(
  db: Db,
  ispId: number | null,
  provinces: readonly string[],
): Promise<RuleInForce[]> {
  const rows = await db<Row[]>`
    select distinct on (province) province, rule, valid_from, isp_id is not null as own from province_rules
    where province = any(${[...provinces]}) and (isp_id = ${ispId} or isp_id is null) and valid_from <= current_date
    order by province, isp_id nulls last, version desc`;
  const byProvince = new Map(rows.map((row) => [row.province, row]));
  return provinces.map((province) => toRule(province, byProvince.get(province)));
}

const toRule = (province: string, row: Row | undefined): RuleInForce =>
  row
    ? { rule: provinceRuleSchema.parse(row.rule), validFrom: row.validFrom, own: row.own }
    : { rule: provinceRule(province), validFrom: provinceRuleFile.holdsFrom, own: false };

/** The rule in force for one province, while none is chosen (null) the national one; with what the provider asks besides. */
export async function ruleInForce(
  db: Db,
  ispId: number | null,
  province: string | null,
): Promise<ProvinceRule> {
  const [found] = province ? await rulesInForce(db, ispId, [province]) : [];
  const rule = found?.rule ?? provinceRule(province ?? "");
  const providerSlots = ispId === null ? [] : (await ispSettings(db, ispId)).materials.required;
  return providerSlots.length > 0 ? { ...rule, providerSlots } : rule;
}
