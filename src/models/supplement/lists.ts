import type { Db } from "../../db/client.ts";
import { maybeSlot } from "../../rules/slots.ts";
import type { MaterialState } from "../../vocabulary/filing.ts";
import type { Registrant, Staff } from "../actor.ts";
import { type Filing, filingsById, visibleTo } from "../filing/rows.ts";
import { ended } from "../filing/states.ts";
import type { SupplementState } from "./rows.ts";

/** A row of the queue of staff. */
export type QueuedSupplement = {
  id: number;
  filing: Filing;
  state: SupplementState;
  label: string;
  since: Date;
  /** Name of who holds it. */
  holder: string | null;
  picture: MaterialState["state"];
};

type Row = Omit<QueuedSupplement, "filing" | "label"> & { filingId: number; slot: string };

const waiting = (db: Db, { ispId }: Staff) => db`
  from supplements s join filings f on f.id = s.filing_id
  join materials m on m.supplement_id = s.id and m.retired_at is null
  where s.isp_id = ${ispId} and s.state in ('received', 'to_send') and not (f.state = any(${[...ended]}))
    and m.state <> 'failed'`;

/** What staff have to look at or to send, the longest waiting first. */
export async function supplementQueue(db: Db, actor: Staff, limit = 100): Promise<QueuedSupplement[]> {
  const rows = await db<Row[]>`
    select s.id, s.filing_id, s.state, s.slot, s.received_at as since, m.state as picture,
      (select name from staff where id = s.taken_by and s.taken_until > now()) as holder
    ${waiting(db, actor)} and ${visibleTo(db, actor)} order by s.received_at, s.id limit ${limit}`;
  const filings = await filingsById(
    db,
    actor,
    rows.map(({ filingId }) => filingId),
  );
  return rows.flatMap(({ filingId, slot, ...row }) => {
    const filing = filings.get(filingId);
    return filing ? [{ ...row, filing, label: maybeSlot(slot)?.label ?? slot }] : [];
  });
}

/** How many that are. */
export async function supplementCount(db: Db, actor: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*) ${waiting(db, actor)}`;
  return row?.count ?? 0;
}

/** A filing for which staff asked for papers that have not come. */
export type WantedSupplements = { number: string; title: string; count: number };

/** What an account still has to send, the oldest filing first. */
export const wantedSupplements = (db: Db, actor: Registrant): Promise<WantedSupplements[]> =>
  db<WantedSupplements[]>`
    select f.number, coalesce(nullif(f.site_name, ''), f.domain, f.number) as title, count(*) as count
    from supplements s join filings f on f.id = s.filing_id
    where s.state = 'wanted' and ${visibleTo(db, actor)}
      and f.state in ('initial_review', 'verification', 'ready', 'at_bureau')
    group by f.id order by f.id limit 20`;

/** How many papers staff still ask for, and how many there are, of one filing. */
export async function supplementCounts(
  db: Db,
  { id }: { id: number },
): Promise<{ wanted: number; all: number }> {
  const [row] = await db<{ wanted: number; all: number }[]>`
    select count(*) filter (where state = 'wanted') as wanted, count(*) as all from supplements where filing_id = ${id}`;
  return row ?? { wanted: 0, all: 0 };
}
