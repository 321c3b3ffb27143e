import type { Db, Sql } from "../../db/client.ts";

/** One worker process, under the id with which the queue locks jobs for it. */
export type Beater = { id: string; host: string; pid: number };

/** Seconds without a beat after which a worker counts as dead. */
export const DEAD_AFTER = 5;

/** Says that the worker lives; the first beat makes its row. */
export async function beat(db: Db, { id, host, pid }: Beater): Promise<void> {
  await db`
    insert into workers (id, host, pid) values (${id}, ${host}, ${pid})
    on conflict (id) do update set beat_at = now()`;
}

/**
 * Frees the jobs of workers that stopped beating and wakes those that live. The queue by itself would leave them
 * locked for four hours. Gives the ids of the dead.
 */
export async function releaseDead(db: Sql): Promise<string[]> {
  return db.begin(async (tx) => {
    const dead = await tx<{ id: string }[]>`
      delete from workers where beat_at < now() - make_interval(secs => ${DEAD_AFTER}) returning id`;
    const ids = dead.map(({ id }) => id);
    if (ids.length > 0) await unlock(tx, ids);
    return ids;
  });
}

/**
 * The same for jobs whose worker has no row at all, as after a database was restored; for starting, since it looks at
 * every job. Those locked just now are left alone.
 */
export async function releaseUnknown(db: Sql): Promise<string[]> {
  return db.begin(async (tx) => {
    const unknown = await tx<{ id: string }[]>`
      select distinct j.locked_by as id from graphile_worker.jobs j
      where j.locked_at < now() - make_interval(secs => ${DEAD_AFTER})
        and not exists (select 1 from workers w where w.id = j.locked_by)`;
    const ids = unknown.map(({ id }) => id);
    if (ids.length > 0) await unlock(tx, ids);
    return ids;
  });
}

/** A worker goes: what it still holds is free at once. */
export async function leave(db: Sql, id: string): Promise<void> {
  await db.begin(async (tx) => {
    await tx`delete from workers where id = ${id}`;
    await unlock(tx, [id]);
  });
}

async function unlock(db: Db, ids: string[]): Promise<void> {
  await db`select graphile_worker.force_unlock_workers(${ids}::text[])`;
  // Workers listen on this channel for new jobs; one that misses it finds the job at its next look.
  await db`select pg_notify('jobs:insert', ${JSON.stringify({ count: 10 })})`;
}

export type WorkerRow = Beater & { startedAt: Date; beatAt: Date; alive: boolean };

/** Every worker with a row, the youngest first. */
export const workers = (db: Db): Promise<WorkerRow[]> => db<WorkerRow[]>`
  select id, host, pid, started_at, beat_at, beat_at > now() - make_interval(secs => ${DEAD_AFTER}) as alive
  from workers order by started_at desc, id`;
