import type { Filing } from "../../models/filing/rows.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { FilingData } from "../../vocabulary/filing.ts";

/** A website that a cancellation takes off the record, with those of its accesses that go. */
export type Going = { name: string; number: string; domains: string; accesses: string[]; stays: boolean };

/** What a cancellation takes off the record, by website; nothing for other kinds of filing. */
export function goesWith(
  { kind, scope, targetId }: Pick<Filing, "kind" | "scope" | "targetId">,
  { websites }: FilingData,
): Going[] {
  if (kind !== "cancel") return [];
  return websites.map(({ values, accesses }) => ({
    name: textOf(values, "siteName"),
    number: textOf(values, "number"),
    domains: listOf(values, "domains").join("、"),
    accesses: accesses
      .filter(({ recordId }) => scope !== "access" || recordId === targetId)
      .map((access) => listOf(access.values, "ips").join("、")),
    // 取消接入 takes one access; the website stays with the others.
    stays: scope === "access",
  }));
}
