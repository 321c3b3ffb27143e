import type { Db } from "../../db/client.ts";
import type { Scope } from "../../vocabulary/filing.ts";
import { cutAccesses } from "../cut/open.ts";
import { dropCancelled } from "../evidence/write.ts";
import type { Filing } from "../filing/rows.ts";
import { ispSettings } from "../isp/settings.ts";
import { giveBackPlaces } from "../product/give-back.ts";
import type { Store } from "../store.ts";

/** An object on record: its kind and our id. */
export type Target = { ispId: number; kind: Scope; id: number };

/**
 * What a cancellation of ours is about, see `cancelRecord`. Where the provider wants it, each access that ends with it
 * becomes a task to cut.
 */
export async function cancelTarget(store: Store, filing: Filing): Promise<void> {
  const { id, ispId, scope, targetId } = filing;
  if (scope === null || targetId === null) throw new Error("a cancellation without a target");
  const ended = await cancelRecord(store.db, { ispId, kind: scope, id: targetId }, id);
  const { cuts } = await ispSettings(store.db, ispId);
  if (cuts.own)
    await cutAccesses(store, { ispId, cause: "filing", reference: `filing:${id}` }, accessesOf(ended));
}

/** The accesses among what `cancelRecord` gave. */
export const accessesOf = (ended: readonly { kind: Scope; id: number }[]): number[] =>
  ended.filter(({ kind }) => kind === "access").map(({ id }) => id);

/**
 * Marks something on record as cancelled with all that hangs below it; it stays for the history, its numbers and domains
 * are free, and so are the places of products that carried its websites. A website without any access here keeps its number, but not its domains. Gives what was cancelled now, by
 * kind: empty when all of it was before. `filingId` null: the bureau did it by itself.
 */
export async function cancelRecord(
  db: Db,
  { ispId, kind, id }: Target,
  filingId: number | null,
): Promise<{ kind: Scope; id: number }[]> {
  const subjects = kind === "subject" ? await mark(db, "subjects", db`o.id = ${id}`, ispId) : [];
  const websites =
    kind === "access"
      ? []
      : await mark(db, "websites", kind === "subject" ? db`o.subject_id = ${id}` : db`o.id = ${id}`, ispId);
  const below = websites.map((row) => row.id);
  const accesses = await mark(
    db,
    "accesses",
    kind === "access" ? db`o.id = ${id}` : db`o.website_id = any(${below}::bigint[])`,
    ispId,
  );
  await dropCancelled(
    db,
    subjects.map((row) => row.id),
    below,
  );
  const ended = accesses.map((row) => row.id);
  await freeDomains(db, ispId, below, ended);
  await giveBackPlaces(db, [...below, ...(await withoutAccess(db, ended, below))]);
  const done = [
    ...subjects.map((row) => ({ kind: "subject" as const, id: row.id })),
    ...websites.map((row) => ({ kind: "website" as const, id: row.id })),
    ...accesses.map((row) => ({ kind: "access" as const, id: row.id })),
  ];
  for (const one of done) await noteCancelled(db, ispId, one, filingId);
  return done;
}

/** Websites that stay on record and have no access here any more: no product carries them. */
async function withoutAccess(
  db: Db,
  accesses: readonly number[],
  below: readonly number[],
): Promise<number[]> {
  const rows = await db<{ id: number }[]>`
    select distinct a.website_id as id from accesses a
    where a.id = any(${[...accesses]}::bigint[]) and not (a.website_id = any(${[...below]}::bigint[]))
      and not exists (select 1 from accesses o where o.website_id = a.website_id and o.cancelled_at is null)`;
  return rows.map(({ id }) => id);
}

type Table = "subjects" | "websites" | "accesses";

const mark = async (
  db: Db,
  table: Table,
  which: ReturnType<Db>,
  ispId: number,
): Promise<{ id: number }[]> => [
  ...(await db<{ id: number }[]>`
    update ${db(table)} o set cancelled_at = now()
    where ${which} and o.isp_id = ${ispId} and o.cancelled_at is null returning o.id`),
];

/** Domains of cancelled websites, and of those that have no access in force any more. */
const freeDomains = (db: Db, ispId: number, websites: readonly number[], accesses: readonly number[]) => db`
  update domains d set cancelled_at = now()
  where d.isp_id = ${ispId} and d.cancelled_at is null and (d.website_id = any(${[...websites]}::bigint[])
    or (d.website_id in (select website_id from accesses where id = any(${[...accesses]}::bigint[]))
      and not exists (select 1 from accesses a where a.website_id = d.website_id and a.cancelled_at is null)))`;

const noteCancelled = (
  db: Db,
  ispId: number,
  { kind, id }: { kind: Scope; id: number },
  filingId: number | null,
) => db`
  insert into record_revisions (isp_id, subject_id, kind, record_id, change, filing_id)
  select ${ispId}, s.id, ${kind}, ${id}, 'cancelled', ${filingId} from subjects s
  where s.id = case ${kind}
    when 'subject' then ${id}
    when 'website' then (select subject_id from websites where id = ${id})
    else (select w.subject_id from accesses a join websites w on w.id = a.website_id where a.id = ${id}) end`;
