import type { Db } from "../../db/client.ts";
import { enqueueBlanking } from "./blank.ts";
import { isUpload } from "./requests.ts";

type OfFiling = { id: number };
type Touched = { packageId: number }[];

/** The filing is decided: what was sent for it is over. A paper (35) that is not taken in yet is sent all the same. */
export async function settleRequests(db: Db, { id }: OfFiling): Promise<void> {
  await closeOver(
    db,
    await db<Touched>`
      update bureau_requests r set state = 'settled', settled_at = now() from bureau_packages p
      where p.id = r.package_id and r.filing_id = ${id} and r.state in ('open', 'failed')
        and (${isUpload(db)} or p.accepted_at is not null)
      returning r.package_id`,
  );
}

/** The upload of a filing failed, and with it the file, if the bureau has not taken it in. */
export async function failRequests(db: Db, { id }: OfFiling): Promise<void> {
  const rows = await db<Touched>`
    update bureau_requests r set state = 'failed' where r.filing_id = ${id} and ${isUpload(db)} and r.state = 'open'
    returning r.package_id`;
  await db`
    update bureau_packages set state = 'failed', failed_at = coalesce(failed_at, now())
    where id = any(${ids(rows)}) and accepted_at is null and state in ('prepared', 'sending')`;
}

/**
 * Row 21: what the bureau did not take in goes again. A file of this one alone keeps its bytes and its number, so that
 * the bureau can be asked whether it has them; out of a file of many it goes with a new one.
 */
export async function retryRequests(db: Db, { id }: OfFiling): Promise<void> {
  const again = await db<Touched>`
    update bureau_packages p set state = 'prepared', failure = null, failed_at = null
    from bureau_requests r, isp_bureaus b
    where r.package_id = p.id and r.filing_id = ${id} and ${isUpload(db)} and r.state = 'failed' and b.id = p.bureau_id
      and p.state = 'failed' and p.accepted_at is null and p.sequence = b.last_sequence + 1
      and (select count(*) from bureau_requests o where o.package_id = p.id) = 1
    returning r.package_id`;
  await db`update bureau_requests set state = 'open' where package_id = any(${ids(again)})`;
  // Found at the bureau while it counted as failed: its receipt follows now.
  await db`
    update bureau_requests r set accepted_at = null
    where r.filing_id = ${id} and ${isUpload(db)} and r.state = 'open' and not (r.package_id = any(${ids(again)}))`;
  await closeOver(
    db,
    await db<Touched>`
      update bureau_requests r set state = 'void', settled_at = now() from bureau_packages p
      where p.id = r.package_id and r.filing_id = ${id} and ${isUpload(db)} and r.state = 'failed'
        and p.accepted_at is null
      returning r.package_id`,
  );
}

/** A number that the bureau never took is free again; one it took and refused as a file (5001) is spent. */
export async function giveBackRequests(db: Db, { id }: OfFiling): Promise<void> {
  await closeOver(
    db,
    await db<Touched>`
      update bureau_requests r set state = case when p.accepted_at is null then 'void' else 'settled' end,
        settled_at = now()
      from bureau_packages p
      where p.id = r.package_id and r.filing_id = ${id} and ${isUpload(db)} and r.state = 'failed'
      returning r.package_id`,
  );
}

const ids = (rows: readonly { packageId: number }[]): number[] => rows.map(({ packageId }) => packageId);

/** Packages in which everything is over are over; passwords in their files are blanked then. */
export async function closeOver(db: Db, touched: readonly { packageId: number }[]): Promise<void> {
  const rows = await db<{ id: number }[]>`
    update bureau_packages p set state = case when accepted_at is null then 'void' else 'settled' end, settled_at = now()
    where p.id = any(${ids(touched)}) and p.state in ('accepted', 'failed') and not exists (
      select 1 from bureau_requests r where r.package_id = p.id and r.state in ('open', 'failed'))
    returning p.id`;
  await enqueueBlanking(
    db,
    rows.map(({ id }) => id),
  );
}

/**
 * A package that was never sent, and of which something is over meanwhile, is made anew without it. Gives whether it is
 * void now.
 */
export async function voidUnsent(db: Db, packageId: number): Promise<boolean> {
  const rows = await db`
    update bureau_packages p set state = 'void', settled_at = now()
    where p.id = ${packageId} and p.state = 'prepared' and p.tries = 0 and exists (
      select 1 from bureau_requests r where r.package_id = p.id and r.state <> 'open')
    returning p.id`;
  if (rows.length === 0) return false;
  await db`
    update bureau_requests set state = 'void', settled_at = now() where package_id = ${packageId} and state = 'open'`;
  await enqueueBlanking(db, [packageId]);
  return true;
}
