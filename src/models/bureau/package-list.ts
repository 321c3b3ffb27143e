import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import type { RequestState } from "./requests.ts";

/** A request in a package, for the page of the package. */
export type PackageRequest = {
  id: number;
  position: number;
  kind: string;
  operation: number;
  state: RequestState;
  filing: string | null;
  siteName: string | null;
  supplementId: number | null;
  inquiryId: number | null;
  unfiledSiteId: number | null;
  acceptedAt: Date | null;
  settledAt: Date | null;
};

/** What is in a package, in the order of the file; `after` is the position where the page above ended. */
export const requestsIn = (
  db: Db,
  { ispId }: Pick<Staff, "ispId">,
  packageId: number,
  { after = 0, limit = 50 }: { after?: number; limit?: number } = {},
): Promise<PackageRequest[]> => db<PackageRequest[]>`
  select r.id, r.position, r.kind, r.operation, r.state, f.number as filing, f.site_name, r.supplement_id, r.inquiry_id,
    r.unfiled_site_id, r.accepted_at, r.settled_at
  from bureau_requests r left join filings f on f.id = r.filing_id and f.isp_id = r.isp_id
  where r.package_id = ${packageId} and r.isp_id = ${ispId} and r.position > ${after}
  order by r.position limit ${limit}`;

/** So many numbers back it is looked whether one is missing. */
const LOOKED_BACK = 1000;

/** The numbers of a bureau as far as we know by ourselves. */
export type SequenceState = {
  /** The one that is next to be sent, if its package is made. */
  next: number | null;
  /** How many of the newest numbers are not kept here: after a restored backup, say. */
  missing: number;
};

/** How the numbers of a bureau stand. */
export async function sequenceState(db: Db, bureauId: number): Promise<SequenceState> {
  const [row] = await db<SequenceState[]>`
    select p.next, coalesce(p.highest - p.lowest + 1 - p.kept, 0) as missing
    from isp_bureaus b cross join lateral (
      select min(sequence) as lowest, max(sequence) as highest, count(*) as kept,
        min(sequence) filter (where state in ('prepared', 'sending')) as next
      from bureau_packages
      where bureau_id = b.id and state <> 'void' and sequence > b.last_sequence - ${LOOKED_BACK}) p
    where b.id = ${bureauId}`;
  if (!row) throw new Error(`no bureau ${bureauId}`);
  return row;
}
