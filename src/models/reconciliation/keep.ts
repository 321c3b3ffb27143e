import { openText, seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Store } from "../store.ts";
import { canonical, type Found } from "./compare.ts";

/** Where a difference was seen. */
export type Seen = {
  ispId: number;
  bureauId: number;
  answerId?: number | null;
  position?: number | null;
  reconciliationId?: number | null;
};

type Standing = {
  id: number;
  websiteId: number | null;
  accessId: number | null;
  key: string;
  place: string;
  state: "open" | "kept";
  digest: string;
};

/** Sealing context of both values of a difference: its record, its object and its place. */
export const differenceContext = (
  ispId: number,
  {
    subjectId,
    websiteId,
    accessId,
    key,
    place,
  }: Omit<Found, "kind" | "ours" | "theirs"> & { subjectId: number | null },
): string => `isp:${ispId}:difference:${subjectId}:${websiteId}:${accessId}:${key}:${place}`;

/** Digest of both values: the same difference again has the same. */
export const digestOf = (
  { vault }: Pick<Store, "vault">,
  { ours, theirs }: Pick<Found, "ours" | "theirs">,
): Buffer => vault.lookup("difference", canonical({ ours, theirs }));

const at = ({
  websiteId,
  accessId,
  key,
  place,
}: Pick<Found, "websiteId" | "accessId" | "key" | "place">): string =>
  [websiteId, accessId, key, place].join(" ");

/**
 * Brings the differences of a record to those found now: new ones are written, those that stand are seen again, one that
 * was kept (保留) opens when a value changed, and those that are not found any more are gone. `whole` false: only what was
 * found is written. The caller holds the record's lock.
 */
export async function keepDifferences(
  store: Store,
  record: { subjectId: number; key: DataKey },
  found: readonly Found[],
  seen: Seen,
  isGone: (standing: Pick<Standing, "websiteId" | "accessId" | "place">) => boolean = () => true,
): Promise<void> {
  const { db } = store;
  const standing = await db<Standing[]>`
    select id, website_id, access_id, key, place, state, encode(digest, 'hex') as digest from record_differences
    where subject_id = ${record.subjectId} and isp_id = ${seen.ispId} and bureau_id = ${seen.bureauId}
      and state in ('open', 'kept')`;
  const known = new Map(standing.map((one) => [at(one), one]));
  for (const one of found) {
    const before = known.get(at(one));
    known.delete(at(one));
    await (before ? seeAgain(store, record, before, one, seen) : write(store, record, one, seen));
  }
  const gone = [...known.values()].filter(isGone).map(({ id }) => id);
  await db`
    update record_differences set state = 'gone', decision = null, settled_at = now(), settled_by = null
    where id = any(${gone}::bigint[])`;
}

const sealedOf = (
  { subjectId, key }: { subjectId: number; key: DataKey },
  one: Found,
  ispId: number,
): Buffer =>
  seal(
    key,
    JSON.stringify({ ours: one.ours, theirs: one.theirs }),
    differenceContext(ispId, { ...one, subjectId }),
  );

async function seeAgain(
  store: Store,
  record: { subjectId: number; key: DataKey },
  before: Standing,
  one: Found,
  { ispId, answerId = null, position = null, reconciliationId = null }: Seen,
): Promise<void> {
  const { db } = store;
  const digest = digestOf(store, one);
  if (digest.toString("hex") === before.digest) {
    await db`
      update record_differences set seen_at = now(), reconciliation_id = coalesce(${reconciliationId}, reconciliation_id)
      where id = ${before.id}`;
    return;
  }
  await db`
    update record_differences set kind = ${one.kind}, sealed = ${sealedOf(record, one, ispId)}, digest = ${digest},
      seen_at = now(), answer_id = ${answerId}, position = ${position}, reason_sealed = null,
      reconciliation_id = coalesce(${reconciliationId}, reconciliation_id),
      state = 'open', decision = null, settled_at = null, settled_by = null
    where id = ${before.id}`;
}

async function write(
  store: Store,
  record: { subjectId: number; key: DataKey },
  one: Found,
  { ispId, bureauId, answerId = null, position = null, reconciliationId = null }: Seen,
): Promise<void> {
  await store.db`
    insert into record_differences (isp_id, bureau_id, kind, subject_id, website_id, access_id, key, place, sealed,
      digest, answer_id, position, reconciliation_id)
    values (${ispId}, ${bureauId}, ${one.kind}, ${record.subjectId}, ${one.websiteId}, ${one.accessId}, ${one.key},
      ${one.place}, ${sealedOf(record, one, ispId)}, ${digestOf(store, one)}, ${answerId}, ${position},
      ${reconciliationId})`;
}

/** Writes a record that only the bureau has; one that stands is seen again, or takes the newer values. */
export async function keepStranger(store: Store, one: Found, seen: Seen): Promise<void> {
  const { db, vault } = store;
  const { ispId, bureauId, answerId = null, position = null, reconciliationId = null } = seen;
  const { key, wrapped } = vault.newDataKey();
  const context = differenceContext(ispId, { ...one, subjectId: null });
  const sealed = seal(key, JSON.stringify({ ours: one.ours, theirs: one.theirs }), context);
  const digest = digestOf(store, one);
  await db`
    insert into record_differences as d (isp_id, bureau_id, kind, key, place, sealed, data_key, digest, answer_id, position,
      reconciliation_id)
    values (${ispId}, ${bureauId}, ${one.kind}, ${one.key}, ${one.place}, ${sealed}, ${wrapped}, ${digest}, ${answerId},
      ${position}, ${reconciliationId})
    on conflict (bureau_id, subject_id, website_id, access_id, key, place) where state in ('open', 'kept')
    do update set seen_at = now(), reconciliation_id = excluded.reconciliation_id,
      answer_id = excluded.answer_id, position = excluded.position, digest = excluded.digest,
      ${anew(db, "sealed")}, ${anew(db, "data_key")}, ${anew(db, "reason_sealed")}, ${anew(db, "decision")},
      ${anew(db, "settled_at")}, ${anew(db, "settled_by")},
      state = case when d.digest = excluded.digest then d.state else 'open' end`;
}

/** What stays as long as both values do, else is that of the new row. */
const anew = (db: Store["db"], column: string) =>
  db`${db(column)} = case when d.digest = excluded.digest then d.${db(column)} else excluded.${db(column)} end`;

/** Both values of a difference, opened; nothing where it has none. */
export function openValues(
  key: DataKey,
  ispId: number,
  row: Omit<Found, "kind" | "ours" | "theirs"> & { subjectId: number | null; sealed: Buffer | null },
): Pick<Found, "ours" | "theirs"> {
  if (!row.sealed) return { ours: null, theirs: null };
  return JSON.parse(openText(key, row.sealed, differenceContext(ispId, row))) as Pick<
    Found,
    "ours" | "theirs"
  >;
}
