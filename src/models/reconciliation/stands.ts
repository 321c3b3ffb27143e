import type { Values } from "../../vocabulary/filing.ts";
import { canonical, type Found } from "./compare.ts";
import type { OurRecord } from "./ours.ts";
import type { DifferenceRow } from "./rows.ts";
import { holderOf, ourPlaces } from "./sides.ts";

/**
 * Whether what was found still holds of our record: it `differs` as it did, it reads as the bureau's by now (`agrees`), or
 * otherwise than either (`stale`).
 */
export function standsSame(
  record: OurRecord,
  row: Pick<DifferenceRow, "kind" | "websiteId" | "accessId" | "place">,
  { ours, theirs }: Pick<Found, "ours" | "theirs">,
): "differs" | "agrees" | "stale" {
  // Ids of parts are written by name, and what is not here has no value to compare.
  if (row.place === "partIds" || row.kind === "only_bureau") return "differs";
  const now = canonical(valueNow(record, row));
  if (row.kind === "only_here") return now === canonical({ state: "valid" }) ? "differs" : "agrees";
  if (now === canonical(theirs)) return "agrees";
  return now === canonical(ours) ? "differs" : "stale";
}

function valueNow(
  record: OurRecord,
  row: Pick<DifferenceRow, "websiteId" | "accessId" | "place">,
): Values | undefined {
  if (row.place === "holder") return holderOf(record.number);
  return ourPlaces(record, row)?.[row.place === "filed" ? "state" : row.place];
}
