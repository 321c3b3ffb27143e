import type { Db } from "../../db/client.ts";
import { isAfter } from "../bureau/file-order.ts";

/**
 * One comparison of a bureau's records with ours. `copy`: from files of a full copy (数据同步), which may come over some
 * time; `lookup`: the bureau was asked for one record after the other.
 */
export type Reconciliation = {
  id: number;
  ispId: number;
  bureauId: number;
  source: "copy" | "lookup";
  state: "collecting" | "compared" | "closed";
  startedAt: Date;
  lastAt: Date;
  comparedAt: Date | null;
  closedAt: Date | null;
  /** Records by what came out. */
  same: number;
  differing: number;
  onlyBureau: number;
  onlyHere: number;
  /** The website that was asked for last. */
  askedTo: number;
};

export type Result = "same" | "differing" | "only_bureau";

export const reconciliationColumns = (db: Db) => db`
  r.id, r.isp_id, r.bureau_id, r.source, r.state, r.started_at, r.last_at, r.compared_at, r.closed_at, r.same,
  r.differing, r.only_bureau, r.only_here, r.asked_to`;

type Of = { ispId: number; bureauId: number; source: Reconciliation["source"] };

/**
 * The one of a bureau that takes what comes now, locked: the open one, or a new one where there is none or the last has
 * been quiet for longer than `quietDays`. Of two that begin one at once the second gets the first's.
 */
export async function openReconciliation(db: Db, of: Of, quietDays: number): Promise<Reconciliation> {
  await db`
    update reconciliations set state = 'closed', closed_at = now()
    where bureau_id = ${of.bureauId} and source = ${of.source} and state = 'collecting'
      and last_at < now() - make_interval(days => ${quietDays})`;
  await db`
    insert into reconciliations (isp_id, bureau_id, source) values (${of.ispId}, ${of.bureauId}, ${of.source})
    on conflict (bureau_id, source) where state = 'collecting' do nothing`;
  const [row] = await db<Reconciliation[]>`
    update reconciliations r set last_at = now()
    where r.bureau_id = ${of.bureauId} and r.isp_id = ${of.ispId} and r.source = ${of.source}
      and r.state = 'collecting'
    returning ${reconciliationColumns(db)}`;
  if (!row) throw new Error("no open reconciliation");
  return row;
}

/** Ends an open one without a word about what it lacked. Gives whether there was one of this provider. */
export async function closeReconciliation(db: Db, ispId: number, id: number): Promise<boolean> {
  const rows = await db`
    update reconciliations set state = 'closed', closed_at = now()
    where id = ${id} and isp_id = ${ispId} and state <> 'closed' returning id`;
  return rows.length > 0;
}

/** A round of questions has come as far as this website. */
export async function reachSite(
  db: Db,
  { id }: Pick<Reconciliation, "id">,
  websiteId: number,
): Promise<void> {
  await db`
    update reconciliations set asked_to = greatest(asked_to, ${websiteId}), last_at = now()
    where id = ${id} and source = 'lookup'`;
}

/** Every website was asked for. */
export async function finishAsking(
  db: Db,
  { id, ispId }: Pick<Reconciliation, "id" | "ispId">,
): Promise<void> {
  await db`
    update reconciliations r set state = 'compared', compared_at = now(), only_here = (
      select count(*) from record_differences d
      where d.reconciliation_id = r.id and d.kind = 'only_here' and d.place = 'filed')
    where id = ${id} and isp_id = ${ispId} and source = 'lookup' and state = 'collecting'`;
}

/** Whether a newer file of a full copy held this record; by its key as it is counted. */
export async function copiedSince(
  db: Db,
  { bureauId, answerId }: { bureauId: number; answerId: number },
  key: string,
): Promise<boolean> {
  const [row] = await db`
    select 1 from reconciliations c join reconciliation_records r on r.reconciliation_id = c.id and r.key = ${key}
    join bureau_answers a on a.id = r.answer_id
    where c.bureau_id = ${bureauId} and c.source = 'copy' and ${isAfter(db, answerId)} limit 1`;
  return row !== undefined;
}

const counters = { same: "same", differing: "differing", only_bureau: "only_bureau" } as const;

/** Counts a record once in a reconciliation, however often it comes: what came out last holds. */
export async function countRecord(
  db: Db,
  { id, ispId }: Pick<Reconciliation, "id" | "ispId">,
  record: { key: string; subjectId: number | null; answerId: number | null; result: Result },
): Promise<void> {
  const { key, subjectId, answerId, result } = record;
  const [before] = await db<{ result: Result }[]>`
    select result from reconciliation_records where reconciliation_id = ${id} and key = ${key}`;
  await db`
    insert into reconciliation_records (reconciliation_id, isp_id, key, subject_id, answer_id, result)
    values (${id}, ${ispId}, ${key}, ${subjectId}, ${answerId}, ${result})
    on conflict (reconciliation_id, key) do update set result = excluded.result, answer_id = excluded.answer_id`;
  if (before?.result === result) return;
  const more = db(counters[result]);
  await db`update reconciliations set ${more} = ${more} + 1 where id = ${id}`;
  if (!before) return;
  const less = db(counters[before.result]);
  await db`update reconciliations set ${less} = ${less} - 1 where id = ${id}`;
}
