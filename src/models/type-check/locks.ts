import type { Db } from "../../db/client.ts";
import { listOf, textOf } from "../../vocabulary/fields/display.ts";
import type { FilingKind, SectionKind, Values } from "../../vocabulary/filing.ts";

/** What a section may not change any more since the check: keys of the dictionary, and the first domain. */
export type Locks = { keys: readonly string[]; domain: string | undefined };

export const noLocks: Locks = { keys: [], domain: undefined };

/** What was asked for in the check, by the section where it stands. */
const CHECKED = ["nature", "certType", "certNo"];

type Place = { kind: SectionKind; position: number; values: Values };

/** The locks of a section of a filing that was opened through the check; none of any other. Pure. */
export function locksOf({ kind, position, values }: Place): Locks {
  if (kind === "subject")
    return { keys: CHECKED.filter((key) => textOf(values, key) !== ""), domain: undefined };
  if (kind === "website" && position === 1) return { keys: [], domain: listOf(values, "domains")[0] };
  return noLocks;
}

/** Kinds that open the fields of the check for writing; in the others they are shown only, or may be changed. */
const LOCKING: readonly FilingKind[] = ["first", "add"];

/** The locks of a section as it is stored. */
export async function findLocks(
  db: Db,
  filing: { id: number; kind: FilingKind },
  section: Place,
): Promise<Locks> {
  if (!LOCKING.includes(filing.kind)) return noLocks;
  const locks = locksOf(section);
  if (locks.keys.length === 0 && locks.domain === undefined) return noLocks;
  const [checked] = await db`select 1 from type_checks where filing_id = ${filing.id} limit 1`;
  return checked ? locks : noLocks;
}

/** What is to be saved, with what is locked as it stands: the checked domain comes first, whatever was typed. Pure. */
export function withLocked({ keys, domain }: Locks, stored: Values, values: Values): Values {
  const kept = Object.fromEntries(keys.map((key) => [key, stored[key] ?? ""]));
  if (domain === undefined) return { ...values, ...kept };
  const others = listOf(values, "domains").filter((one) => one !== domain);
  return { ...values, ...kept, domains: [domain, ...others] };
}
