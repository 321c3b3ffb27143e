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

/** The numbers of a bureau: what it took in last, what is next, and whether any number in between is missing here. */
export type SequenceState = {
  lastSequence: number;
  /** The package that is next to be sent, if one is made. */
  next: number | null;
  /** The lowest and the highest number that is kept here, and how many numbers between them are not. */
  lowest: number | null;
  highest: number | null;
  missing: number;
};

/** How the numbers of a bureau stand, as far as we know by ourselves. */
export async function sequenceState(db: Db, bureauId: number): Promise<SequenceState> {
  const [row] = await db<SequenceState[]>`
    select b.last_sequence, p.lowest, p.highest, p.next,
      case when p.kept = 0 then 0 else p.highest - p.lowest + 1 - p.kept end as missing
    from isp_bureaus b cross join lateral (
      select min(sequence) as lowest, max(sequence) as highest, count(*) as kept,
        min(sequence) filter (where state in ('prepared', 'sending')) as next
      from bureau_packages where bureau_id = b.id and state <> 'void') p
    where b.id = ${bureauId}`;
  if (!row) throw new Error(`no bureau ${bureauId}`);
  return row;
}
