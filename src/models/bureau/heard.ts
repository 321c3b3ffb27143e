import type { Filing } from "../filing/rows.ts";
import type { Store } from "../store.ts";
import { hasNamesake } from "./match.ts";
import { isUpload, uploadsOfFiling } from "./requests.ts";

/** Clocks of two systems may differ by so much. */
const SKEW = 10 * 60_000;

/**
 * Whether it was said before the newest package was made: that was about an earlier one of this filing, or of another
 * that the bureau calls by the same name.
 */
export async function isOlder({ db }: Store, filing: Filing, at: Date | undefined): Promise<boolean> {
  if (!at) return false;
  const packages = await uploadsOfFiling(db, filing.id);
  const newest = packages.at(-1);
  if (newest === undefined || at.getTime() + SKEW >= newest.createdAt.getTime()) return false;
  return packages.length > 1 || hasNamesake(db, newest);
}

/** Whether the same was said before about what was sent last: a bureau may say it again in another file. */
export async function wasHeard({ db }: Store, filing: Filing, kind: string): Promise<boolean> {
  const [row] = await db`
    select 1 from bureau_results r join bureau_answers a on a.id = r.answer_id
    where r.filing_id = ${filing.id} and r.kind = ${kind} and r.outcome = 'applied'
      and a.received_at > (
        select max(p.created_at) from bureau_requests r join bureau_packages p on p.id = r.package_id
        where r.filing_id = ${filing.id} and ${isUpload(db)})`;
  return row !== undefined;
}
