import type { Db } from "../../db/client.ts";
import { provinceRuleFile, ruleCodes } from "../../vocabulary/province-rules.ts";
import { FORMAT, type RuleFile } from "./check.ts";
import { ruleVersions } from "./history.ts";
import { rulesInForce } from "./in-force.ts";

/** The most versions that an export of everything has. */
const MOST = 5000;

/**
 * Rules as a file that `importRules` takes back: those in force, or with `all` every version that was written besides,
 * oldest first. `ispId` is null for the installation; `province` a six-digit code, undefined for all of them.
 */
export async function exportRules(
  db: Db,
  ispId: number | null,
  { province, all = false }: { province?: string | undefined; all?: boolean },
): Promise<RuleFile> {
  const codes = province === undefined ? ruleCodes : [province];
  const head = { format: FORMAT, part: province !== undefined } as const;
  if (!all) {
    const rules = await rulesInForce(db, ispId, codes);
    return { ...head, rules: rules.map(({ rule, validFrom }) => ({ validFrom, note: "", rule })) };
  }
  const shipped = await rulesInForce(db, null, codes, provinceRuleFile.holdsFrom);
  const versions = await ruleVersions(db, ispId, codes, MOST);
  const written = versions
    .reverse()
    .flatMap(({ rule, validFrom, note, version, own }) =>
      rule ? [{ validFrom, note, version, own, rule }] : [],
    );
  const known = new Set(written.map(({ rule, validFrom }) => `${rule.code} ${validFrom}`));
  const first = shipped
    .map(({ rule, validFrom }) => ({ validFrom, note: "", rule }))
    .filter(({ rule, validFrom }) => !known.has(`${rule.code} ${validFrom}`));
  return { ...head, rules: [...first, ...lastOfEachDay(written)] };
}

/** Of several versions that began on one day only the last ever held from the next day on. */
const lastOfEachDay = <T extends { validFrom: string; rule: { code: string } }>(
  versions: readonly T[],
): T[] => [...new Map(versions.map((one) => [`${one.rule.code} ${one.validFrom}`, one])).values()];
