import { NotFound } from "../errors.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { digestOf } from "./keep.ts";
import { type Reconciliation, reconciliationColumns } from "./reconciliations.ts";
import { absent, inForce } from "./sides.ts";

/**
 * 已收齐: a person says that the copy is whole. What we have in force at the bureau since before it began and it did not hold
 * is only here; what only the bureau had before and it does not hold any more is gone. Saying it again changes nothing.
 * Throws NotFound for one of another provider or that is closed.
 */
export const completeReconciliation = (root: RootStore, ispId: number, id: number): Promise<Reconciliation> =>
  inTransaction(root, async (store) => {
    const { db } = store;
    const [row] = await db<Reconciliation[]>`
      select ${reconciliationColumns(db)} from reconciliations r
      where r.id = ${id} and r.isp_id = ${ispId} and r.source = 'copy' for update`;
    if (!row || row.state === "closed") throw new NotFound(`no open reconciliation ${id}`);
    if (row.state === "compared") return row;
    await onlyHere(store, row);
    await goneStrangers(store, row);
    await overAlready(store, row);
    const [done] = await db<Reconciliation[]>`
      update reconciliations r set state = 'compared', compared_at = now(), only_here = (
        select count(*) from record_differences d
        where d.reconciliation_id = r.id and d.kind = 'only_here' and d.website_id is null)
      where r.id = ${id} returning ${reconciliationColumns(db)}`;
    return done ?? row;
  });

/** One query, however many records there are. */
async function onlyHere(store: Store, { id, ispId, bureauId, startedAt }: Reconciliation): Promise<void> {
  const digest = digestOf(store, { ours: inForce, theirs: absent });
  await store.db`
    insert into record_differences (isp_id, bureau_id, kind, subject_id, place, digest, reconciliation_id)
    select s.isp_id, s.bureau_id, 'only_here', s.id, 'state', ${digest}, ${id}
    from subjects s left join reconciliation_records c on c.reconciliation_id = ${id} and c.key = 'our:' || s.id
    where s.bureau_id = ${bureauId} and s.isp_id = ${ispId} and s.cancelled_at is null
      and s.numbered_at < ${startedAt} and c.key is null
    on conflict (bureau_id, subject_id, website_id, access_id, key, place) where state in ('open', 'kept')
    do update set seen_at = now(), reconciliation_id = excluded.reconciliation_id`;
}

/** Records that only the bureau had, and has no more. */
const goneStrangers = ({ db }: Store, { id, ispId, bureauId }: Reconciliation) => db`
  update record_differences set state = 'gone', decision = null, settled_at = now(), settled_by = null
  where bureau_id = ${bureauId} and isp_id = ${ispId} and subject_id is null and state in ('open', 'kept')
    and reconciliation_id < ${id}`;

/** What was only here and was cancelled since is no difference any more. */
const overAlready = ({ db }: Store, { ispId, bureauId }: Reconciliation) => db`
  update record_differences d set state = 'gone', decision = null, settled_at = now(), settled_by = null
  from subjects s
  where d.bureau_id = ${bureauId} and d.isp_id = ${ispId} and d.kind = 'only_here' and d.website_id is null
    and d.state in ('open', 'kept') and s.id = d.subject_id and s.cancelled_at is not null`;
