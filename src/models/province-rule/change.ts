import type { Db, Sql } from "../../db/client.ts";
import { type ProvinceRow, provinceRuleSchema } from "../../vocabulary/province-schema.ts";
import type { Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { recordOperator } from "../audit/operator.ts";
import { Conflict } from "../errors.ts";
import { dayOfToday } from "./in-force.ts";

/** Who writes: staff for its own provider, the operator for a provider or the whole installation (null). */
export type RuleWriter = { kind: "operator"; ispId: number | null } | Staff;

/** A new version of one province; `rule` null gives the province back. `seen`: the last version that was looked at. */
export type NewVersion = {
  province: string;
  rule: ProvinceRow | null;
  /** YYYY-MM-DD, not before today: what held in the past stays as it was. */
  validFrom: string;
  note: string;
  seen?: number;
};

/** The last version of a province that was written at one level; 0 while there is none. */
export async function lastVersion(db: Db, ispId: number | null, province: string): Promise<number> {
  const [row] = await db<{ version: number }[]>`
    select coalesce(max(version), 0) as version from province_rules
    where province = ${province} and isp_id is not distinct from ${ispId}`;
  return row?.version ?? 0;
}

async function append(db: Db, writer: RuleWriter, one: NewVersion): Promise<number> {
  const before = await lastVersion(db, writer.ispId, one.province);
  if (one.seen !== undefined && one.seen !== before)
    throw new Conflict(`the rule of ${one.province} was changed meanwhile`);
  const rule = one.rule && db.json(provinceRuleSchema.parse({ ...one.rule, code: one.province }) as never);
  const staffId = writer.kind === "staff" ? writer.staffId : null;
  await db`
    insert into province_rules (isp_id, province, version, valid_from, rule, note, staff_id, by_operator)
    values (${writer.ispId}, ${one.province}, ${before + 1}, ${one.validFrom}, ${rule}, ${one.note}, ${staffId},
      ${writer.kind === "operator"})`;
  return before + 1;
}

async function audit(db: Db, writer: RuleWriter, one: NewVersion, version: number): Promise<void> {
  const detail = { province: one.province, version, validFrom: one.validFrom, reset: one.rule === null };
  if (writer.kind === "staff") await recordLook(db, writer, "change-province-rule", [null], detail);
  else
    await recordOperator(db, "change-province-rules", {
      ...(writer.ispId === null ? {} : { ispId: writer.ispId }),
      detail,
    });
}

/**
 * Appends versions, all of them or none, and gives their numbers. Throws Conflict where a province was changed since
 * `seen`, RangeError for a day in the past, a ZodError for a row that no rule may be.
 */
export const addVersions = (
  db: Sql,
  writer: RuleWriter,
  versions: readonly NewVersion[],
): Promise<number[]> =>
  db.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('province_rules'))`;
    const today = await dayOfToday(tx);
    const numbers: number[] = [];
    for (const one of versions) {
      if (one.validFrom < today) throw new RangeError(`${one.validFrom} is in the past`);
      const version = await append(tx, writer, one);
      await audit(tx, writer, one, version);
      numbers.push(version);
    }
    return numbers;
  }) as Promise<number[]>;
