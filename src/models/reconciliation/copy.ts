import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { ispSettings } from "../isp/settings.ts";
import type { Store } from "../store.ts";
import { compareRecord, type Found, keyOf } from "./compare.ts";
import { keepDifferences, keepStranger, type Seen } from "./keep.ts";
import { subjectOfRecord } from "./match.ts";
import { lockRecord } from "./ours.ts";
import {
  copiedSince,
  countRecord,
  openReconciliation,
  type Reconciliation,
  type Result,
} from "./reconciliations.ts";

/** Where a record of the bureau came from. */
export type Source = { ispId: number; bureauId: number; answerId: number; position: number };

/** What came out for one record of a copy; `places` are those that differ. */
export type Compared = { result: Result; subjectId: number | null; places: string[] };

const numberAtBureau = async ({ db }: Store, bureauId: number): Promise<number> => {
  const [row] = await db<{ number: number }[]>`
    select bureau_isp_id as number from isp_bureaus where id = ${bureauId}`;
  return row?.number ?? 0;
};

/**
 * Compares one record of a full copy (数据同步) with ours and writes down what differs, in the caller's transaction. Nothing
 * of ours is changed. The same record twice changes nothing more, and one of which a newer copy was read nothing at all.
 */
export async function compareCopy(
  store: Store,
  source: Source,
  record: BureauRecord,
): Promise<Compared | "outdated"> {
  const { db } = store;
  const subjectId = await subjectOfRecord(db, source, record);
  const ours = subjectId === undefined ? undefined : await lockRecord(store, { ...source, id: subjectId });
  const key = ours ? `our:${ours.id}` : strangerKey(source, record);
  if (await copiedSince(db, source, key)) return "outdated";
  const { copyDays } = await ispSettings(db, source.ispId);
  const into = await openReconciliation(db, { ...source, source: "copy" }, copyDays);
  const seen = { ...source, reconciliationId: into.id };
  if (!ours) return stranger(store, seen, into, { key, record });
  const found = compareRecord(ours, record, {
    ispNumber: await numberAtBureau(store, source.bureauId),
    partial: false,
  });
  await keepDifferences(store, { subjectId: ours.id, key: ours.key }, found, seen);
  await noStrangerAnyMore(store, source.bureauId, keyOf(record.subject, source.position));
  const result = found.length > 0 ? "differing" : "same";
  await countRecord(db, into, { key, subjectId: ours.id, answerId: source.answerId, result });
  return { result, subjectId: ours.id, places: found.map(({ place }) => place) };
}

/** How a record that only the bureau has is called; without an id or a number it is named by where it stood. */
function strangerKey({ answerId, position }: Source, { subject }: BureauRecord): string {
  const named = subject.bureauId !== undefined || Boolean(subject.number);
  return named ? keyOf(subject) : `answer:${answerId}:${position}`;
}

async function stranger(
  store: Store,
  seen: Seen & Source,
  into: Reconciliation,
  { key, record: { raw: _, ...record } }: { key: string; record: BureauRecord },
): Promise<Compared> {
  const found: Found = {
    ...{ kind: "only_bureau", websiteId: null, accessId: null, key, place: "record" },
    ...{ ours: null, theirs: record as BureauRecord },
  };
  await keepStranger(store, found, seen);
  const counted = { key, subjectId: null, answerId: seen.answerId, result: "only_bureau" } as const;
  await countRecord(store.db, into, counted);
  return { result: "only_bureau", subjectId: null, places: ["record"] };
}

async function noStrangerAnyMore({ db }: Store, bureauId: number, key: string): Promise<void> {
  await db`
    update record_differences set state = 'gone', decision = null, settled_at = now(), settled_by = null
    where bureau_id = ${bureauId} and subject_id is null and website_id is null and access_id is null
      and key = ${key} and place = 'record' and state in ('open', 'kept')`;
}

/**
 * BASJ: what the record that answers a filing says otherwise than ours, on the same list. What it leaves out was not told,
 * and only places that it told can be gone.
 */
export async function compareAnswer(
  store: Store,
  source: Source,
  subjectId: number,
  record: BureauRecord,
): Promise<void> {
  const ours = await lockRecord(store, { ispId: source.ispId, id: subjectId });
  if (!ours) return;
  const how = { ispNumber: await numberAtBureau(store, source.bureauId), partial: true };
  const found = compareRecord(ours, record, how);
  const told = new Set([null, ...toldWebsites(ours, record)]);
  await keepDifferences(
    store,
    { subjectId, key: ours.key },
    found,
    source,
    ({ websiteId, place }) => told.has(websiteId) && !WHOLE.has(place),
  );
}

/** What is missing on one side is for a full copy alone to say. */
const WHOLE = new Set(["state", "website", "access", "record"]);

const toldWebsites = (
  ours: { websites: { id: number; bureauId: number | null; number: string }[] },
  { websites }: BureauRecord,
): number[] =>
  ours.websites
    .filter((one) =>
      websites.some(
        ({ ourId, bureauId, number }) =>
          ourId === one.id || (bureauId !== undefined && bureauId === one.bureauId) || number === one.number,
      ),
    )
    .map(({ id }) => id);
