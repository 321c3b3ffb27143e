import { seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { hasRole, type Staff } from "../actor.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { syncRecordEvidence } from "../evidence/write.ts";
import { ended } from "../filing/states.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { lockAccounts } from "../transfer/move-record.ts";
import { noteAct, reasonContext, tellOwner } from "./acts.ts";
import { importRecord } from "./import.ts";
import { openValues } from "./keep.ts";
import { mend, type Obstacle } from "./mend.ts";
import { lockRecord, type OurRecord } from "./ours.ts";
import { type DifferenceRow, differencesById, lockDifferences, type RepairDecision } from "./rows.ts";
import { absent } from "./sides.ts";
import { standsSame } from "./stands.ts";
import { isStanding } from "./words.ts";

/** 上报 and 主管 of a provider, or the operator at the command line. */
export type Repairer = Staff | { kind: "operator" };

export type Wanted = {
  ids: readonly number[];
  decision: RepairDecision;
  /** Needed for 保留 and for what is marked as cancelled. */
  reason: string;
};

/**
 * What became of a difference.
 * - `done`: repaired, or kept · `settled`: somebody else did before · `busy`: a filing works on the record
 * - `stale`: our record reads otherwise since, so it waits for the next comparison · the rest see `Obstacle`
 */
export type Repaired = { id: number; outcome: "done" | "settled" | "busy" | "stale" | Obstacle };

class Blocked extends Error {
  override name = "Blocked";
  readonly obstacle: Obstacle;
  constructor(obstacle: Obstacle) {
    super(obstacle);
    this.obstacle = obstacle;
  }
}

/**
 * Decides on differences of a provider, one record after the other, each in a transaction of its own. Nothing is ever
 * repaired by itself. Throws NotFound where an id is none of the provider's, before anything is done.
 */
export async function decideDifferences(
  root: RootStore,
  ispId: number,
  actor: Repairer,
  wanted: Wanted,
  progress: (done: number) => void = () => undefined,
): Promise<Repaired[]> {
  if (actor.kind === "staff" && (actor.ispId !== ispId || !hasRole(actor, "submitter")))
    throw new Forbidden("only 上报 and 主管 repair records");
  const rows = await differencesById(root.db, ispId, wanted.ids);
  if (rows.length < new Set(wanted.ids).size) throw new NotFound("no such difference");
  const done: Repaired[] = [];
  for (const group of groupsOf(rows)) {
    done.push(...(await decideGroup(root, actor, wanted, group)));
    progress(done.length);
  }
  return done;
}

/** Rows of one record together; each that has no record here by itself. */
function groupsOf(rows: readonly DifferenceRow[]): DifferenceRow[][] {
  const groups = new Map<string, DifferenceRow[]>();
  for (const row of rows) {
    const key = row.subjectId === null ? `row:${row.id}` : `record:${row.subjectId}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

async function decideGroup(
  root: RootStore,
  actor: Repairer,
  wanted: Wanted,
  group: readonly DifferenceRow[],
): Promise<Repaired[]> {
  const [first] = group;
  if (!first) return [];
  return inTransaction(root, async (store) => {
    const record = await lockedWith(store, first);
    const busy = wanted.decision === "bureau" && record !== undefined && (await hasOpenFiling(store, record));
    const ids = group.map(({ id }) => id);
    const waiting = await lockDifferences(store.db, first.ispId, ids);
    const done: Repaired[] = ids
      .filter((id) => !waiting.some((row) => row.id === id))
      .map((id) => ({ id, outcome: "settled" }));
    for (const row of waiting)
      done.push({ id: row.id, outcome: busy ? "busy" : await decideOne(store, actor, wanted, row) });
    if (record && wanted.decision === "bureau" && !busy) await syncRecordEvidence(store, record.id);
    return done;
  });
}

/** The record under its lock, after the lock of its account: whoever opens a filing takes that one first. */
async function lockedWith(store: Store, row: DifferenceRow): Promise<OurRecord | undefined> {
  if (row.subjectId === null) return undefined;
  const [owner] = await store.db<{ accountId: number | null }[]>`
    select account_id from subjects where id = ${row.subjectId} and isp_id = ${row.ispId}`;
  if (owner?.accountId) await lockAccounts(store.db, [owner.accountId]);
  return lockRecord(store, { ispId: row.ispId, id: row.subjectId });
}

async function hasOpenFiling({ db }: Store, record: OurRecord): Promise<boolean> {
  const [row] = await db`
    select 1 from filings
    where subject_id = ${record.id} and isp_id = ${record.ispId} and state <> all(${[...ended]}::text[]) limit 1`;
  return row !== undefined;
}

/** One difference in a savepoint: what meets an obstacle leaves nothing behind. */
async function decideOne(
  store: Store,
  actor: Repairer,
  wanted: Wanted,
  row: DifferenceRow,
): Promise<Repaired["outcome"]> {
  const { db, vault } = store;
  if (!("savepoint" in db)) throw new Error("not in a transaction");
  try {
    return (await db.savepoint(async (tx) => {
      const outcome = await settle({ db: tx, vault }, actor, wanted, row);
      if (outcome === "done") await noteAct(tx, actor, wanted.decision, row);
      return outcome;
    })) as Repaired["outcome"];
  } catch (error) {
    if (error instanceof Blocked) return error.obstacle;
    throw error;
  }
}

async function settle(
  store: Store,
  actor: Repairer,
  wanted: Wanted,
  row: DifferenceRow,
): Promise<"done" | "stale"> {
  const record =
    row.subjectId === null ? undefined : await lockRecord(store, { ispId: row.ispId, id: row.subjectId });
  const key = record?.key ?? store.vault.unwrap(row.dataKey ?? Buffer.alloc(0));
  if (wanted.decision === "bureau") {
    const values = openValues(key, row.ispId, row);
    const theirs = values.theirs ?? absent;
    const stands = record ? standsSame(record, row, values) : "stale";
    if (record && stands === "stale") return "stale";
    if (!record) await importOne(store, row, theirs as BureauRecord);
    else if (stands === "differs") await mendOne(store, record, row, theirs as Values);
    await tellOwner(store, record, row, theirs as Values);
  }
  await close(store, actor, wanted, row, key);
  return "done";
}

async function mendOne(store: Store, record: OurRecord, row: DifferenceRow, theirs: Values): Promise<void> {
  const obstacle = await mend({ store, record, row, theirs });
  if (obstacle) throw new Blocked(obstacle);
}

async function importOne(store: Store, row: DifferenceRow, theirs: BureauRecord): Promise<void> {
  const done = await importRecord(store, row, theirs);
  if ("obstacle" in done) throw new Blocked(done.obstacle);
}

async function close(
  { db }: Store,
  actor: Repairer,
  { decision, reason }: Wanted,
  row: DifferenceRow,
  key: DataKey,
): Promise<void> {
  const sealed = reason === "" ? null : seal(key, reason, reasonContext(row));
  await db`
    update record_differences set state = ${decision === "bureau" ? "repaired" : "kept"}, decision = ${decision},
      settled_at = now(), settled_by = ${actor.kind === "staff" ? actor.staffId : null}, reason_sealed = ${sealed}
    where id = ${row.id}`;
  if (!isStanding(row.place) || decision !== "bureau") return;
  // What is cancelled now has no differences any more; what is below it neither.
  await db`
    update record_differences d set state = 'gone', decision = null, settled_at = now()
    where d.subject_id = ${row.subjectId} and d.id <> ${row.id} and d.state in ('open', 'kept')
      and (${row.websiteId}::bigint is null or d.website_id = ${row.websiteId})
      and (${row.accessId}::bigint is null or d.access_id = ${row.accessId})
      and exists (
        select 1 from subjects s where s.id = d.subject_id and s.cancelled_at is not null
        union all select 1 from websites w where w.id = d.website_id and w.cancelled_at is not null
        union all select 1 from accesses a where a.id = d.access_id and a.cancelled_at is not null)`;
}
