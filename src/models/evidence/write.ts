import type { Db } from "../../db/client.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import type { Filing } from "../filing/rows.ts";
import { openRecordValues } from "../record/values.ts";
import type { Store } from "../store.ts";
import { type Trace, tracesOf } from "./traces.ts";

/** Writes what a filing uses anew, with its sections; the caller holds its lock. */
export async function syncEvidence(
  store: Store,
  filing: Pick<Filing, "id" | "ispId">,
  { subject, websites }: Pick<FilingData, "subject" | "websites">,
): Promise<void> {
  const { db } = store;
  const traces = tracesOf(store, { subject, websites }).map((trace) => ({ ...trace, websiteId: null }));
  await db`delete from evidence where filing_id = ${filing.id}`;
  await insert(db, filing.ispId, traces, db`${filing.id}::bigint, null::bigint`);
}

/**
 * Locks the mobile numbers of a filing that is being submitted until the transaction ends: two with the same one are
 * submitted one after the other, and the second sees the first. In one order for everybody, so that nobody waits in a
 * circle.
 */
export async function lockMobiles({ db }: Store, filing: Pick<Filing, "id">): Promise<void> {
  const mobiles = await db<{ at: string }[]>`
    select distinct hashtextextended(encode(key, 'hex'), 0)::text as at from evidence
    where filing_id = ${filing.id} and kind = 'mobile' order by at`;
  for (const { at } of mobiles) await db`select pg_advisory_xact_lock(${at}::bigint)`;
}

/** What is over binds nobody any more; what became a record has rows of the record's. */
export async function dropEvidence({ db }: Store, filing: Pick<Filing, "id">): Promise<void> {
  await db`delete from evidence where filing_id = ${filing.id}`;
}

/** Writes what a record uses anew, as it stands now: none for what is cancelled. The caller holds the subject's lock. */
export async function syncRecordEvidence(store: Store, subjectId: number): Promise<void> {
  const { db, vault } = store;
  const [subject] = await db<{ ispId: number; dataKey: Buffer; values: Record<string, string> }[]>`
    select isp_id, data_key, values from subjects where id = ${subjectId} and cancelled_at is null`;
  await db`delete from evidence where subject_id = ${subjectId}`;
  if (!subject) return;
  const { ispId, dataKey } = subject;
  const websites = await db<{ id: number; values: Record<string, string> }[]>`
    select id, values from websites where subject_id = ${subjectId} and cancelled_at is null order by id`;
  const key = vault.unwrap(dataKey);
  const open = (id: number, values: Record<string, string>) => ({
    id,
    values: openRecordValues(key, { ispId, id }, values),
  });
  const used = {
    subject: open(subjectId, subject.values),
    websites: websites.map(({ id, values }) => open(id, values)),
  };
  await insert(db, ispId, tracesOf(store, used), db`null::bigint, ${subjectId}::bigint`);
}

/** Cancelled subjects and websites use nothing any more. */
export async function dropCancelled(
  db: Db,
  subjects: readonly number[],
  websites: readonly number[],
): Promise<void> {
  if (subjects.length + websites.length === 0) return;
  await db`
    delete from evidence where subject_id = any(${[...subjects]}::bigint[])
      or (website_id = any(${[...websites]}::bigint[])
        and subject_id in (select subject_id from websites where id = any(${[...websites]}::bigint[])))`;
}

const insert = async (
  db: Db,
  ispId: number,
  traces: readonly Trace[],
  owner: ReturnType<Db>,
): Promise<void> => {
  await db`
    insert into evidence (isp_id, kind, key, subject, person, contacts, website_id, filing_id, subject_id)
    select ${ispId}, t.kind, decode(t.key, 'hex'), decode(t.subject, 'hex'), decode(t.person, 'hex'),
      decode(t.contacts, 'hex'), t.website_id, ${owner}
    from unnest(${traces.map(({ kind }) => kind)}::text[], ${traces.map(({ key }) => key)}::text[],
      ${traces.map(({ subject }) => subject)}::text[], ${traces.map(({ person }) => person)}::text[],
      ${traces.map(({ contacts }) => contacts)}::text[], ${traces.map(({ websiteId }) => websiteId)}::bigint[])
      t (kind, key, subject, person, contacts, website_id)`;
};
