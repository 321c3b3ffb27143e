import type { Db } from "../../db/client.ts";
import { derivedId, newId } from "../../lib/ids.ts";
import type { Staff } from "../actor.ts";
import { transitionWithin } from "../filing/transition.ts";
import { ispSettings } from "../isp/settings.ts";
import { noticeStaff } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

type Missing = { id: number; number: string; stateSince: Date };

/** Row 28: filings that were approved days ago and have no number yet, told once; gives how many. */
export async function missNumbers(root: RootStore): Promise<number> {
  const isps = await root.db<{ id: number }[]>`select id from isps order by id`;
  let count = 0;
  for (const { id } of isps) count += await inTransaction(root, (store) => missOfIsp(store, id));
  return count;
}

async function missOfIsp(store: Store, ispId: number): Promise<number> {
  const { numberDays } = await ispSettings(store.db, ispId);
  const missing = await newlyMissing(store.db, ispId, numberDays);
  if (missing.length === 0) return 0;
  for (const { id, stateSince } of missing)
    await transitionWithin(store, {
      filingId: id,
      action: "miss-number",
      actor: { kind: "system" },
      requestId: derivedId("miss-number", id, stateSince.toISOString()),
    });
  const filings = missing.map(({ number, stateSince }) => ({ number, approvedAt: stateSince }));
  const cause = `numbers-missing:${newId()}`;
  const told = await noticeStaff(store, { ispId, role: "submitter" }, "numbers-missing", { filings }, cause);
  if (told === 0)
    await noticeStaff(store, { ispId, role: "supervisor" }, "numbers-missing", { filings }, cause);
  return missing.length;
}

const newlyMissing = (db: Db, ispId: number, days: number): Promise<Missing[]> => db<Missing[]>`
  select f.id, f.number, f.state_since from filings f
  where f.isp_id = ${ispId} and f.state = 'approved' and f.state_since < now() - make_interval(days => ${days})
    and not exists (select 1 from filing_events e
      where e.filing_id = f.id and e.action = 'miss-number' and e.created_at >= f.state_since)
  order by f.id limit 200 for update of f skip locked`;

/** A filing that was approved days ago and whose number is still missing. */
export type WithoutNumber = { id: number; number: string; siteName: string | null; approvedAt: Date };

/** Those of the reviewer's provider about which somebody was told, longest first. */
export const withoutNumbers = (db: Db, { ispId }: Pick<Staff, "ispId">): Promise<WithoutNumber[]> => db<
  WithoutNumber[]
>`
  select f.id, f.number, f.site_name, f.state_since as approved_at from filings f
  where f.isp_id = ${ispId} and f.state = 'approved'
    and exists (select 1 from filing_events e
      where e.filing_id = f.id and e.action = 'miss-number' and e.created_at >= f.state_since)
  order by f.state_since, f.id limit 100`;
