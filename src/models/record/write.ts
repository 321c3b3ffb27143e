import type { DataKey } from "../../crypto/vault.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { FilingKind } from "../../vocabulary/filing.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { syncRecordEvidence } from "../evidence/write.ts";
import { cancelTarget } from "./cancel.ts";
import { insertAccess, insertDomains, insertSubject, insertWebsite } from "./insert.ts";
import { replaceRecord } from "./replace.ts";
import {
  accessesOf,
  lockedSubjectKey,
  type Pair,
  pairsOf,
  type SentSection,
  sitesOf,
  subjectOf,
  theirAccess,
  usualNumber,
  type Writing,
} from "./writing.ts";

export { certificateHash } from "./insert.ts";
export { type Pair, pairsOf, type Writing } from "./writing.ts";

/**
 * Brings the records to what was filed and came back: a first filing or 新增网站 writes what is new, each under the id it
 * had in the filing, 新增接入 an access with as much as is known around it, a change replaces, a cancellation cancels.
 */
export async function writeRecord(writing: Writing): Promise<void> {
  const { store, filing } = writing;
  await writers[filing.kind](writing);
  await syncRecordEvidence(store, filing.subjectId ?? subjectOf(writing).id);
}

const writers: Record<FilingKind, (writing: Writing) => Promise<void>> = {
  first: writeWebsites,
  add: writeWebsites,
  join: writeJoined,
  change: replaceRecord,
  cancel: ({ store, filing }) => cancelTarget(store, filing),
};

/** The subject on record, or a new one under the number that came back or was filed. */
async function subjectFor(writing: Writing): Promise<{ subjectId: number; key: DataKey }> {
  const { store, filing, record } = writing;
  if (filing.subjectId === null) return insertSubject(writing, subjectNumber(writing));
  const key = await lockedSubjectKey(store, filing.subjectId);
  await store.db`
    update subjects set bureau_object_id = coalesce(bureau_object_id, ${record.subject.bureauId ?? null})
    where id = ${filing.subjectId}`;
  return { subjectId: filing.subjectId, key };
}

/** 主体备案号 of a subject that is new here; that of a website filed elsewhere begins with it. */
export function subjectNumber({ record, sent }: Pick<Writing, "record" | "sent">): string {
  const [subject] = sent.sections.filter(({ kind }) => kind === "subject");
  const [site] = sitesOf({ sent });
  const filed = [record.subject.number, subject?.values.number, site?.values.number].find(
    (text) => text !== undefined && text !== "",
  );
  const number = parseIcpNumber(String(filed ?? ""));
  return number ? formatIcpNumber(number, true) : String(filed ?? "");
}

async function writeWebsites(writing: Writing): Promise<void> {
  const { subjectId, key } = await subjectFor(writing);
  for (const pair of pairsOf(writing)) {
    const { site, theirs } = pair;
    if (!theirs.number) continue;
    const id = await insertWebsite({ writing, key }, subjectId, site, {
      number: theirs.number,
      bureauId: theirs.bureauId,
    });
    await insertDomains(writing, id, site, theirs);
    await writeAccesses({ writing, key }, id, pair);
  }
}

async function writeAccesses(
  place: { writing: Writing; key: DataKey },
  websiteId: number,
  { site, theirs }: { site: SentSection; theirs: Pair["theirs"] | undefined },
): Promise<void> {
  for (const access of accessesOf(place.writing, site))
    await insertAccess(place, websiteId, access, theirAccess(place.writing, theirs, access.id));
}

/** 新增接入: the website may be on record here from before, of another access that was cancelled or is beside this. */
async function writeJoined(writing: Writing): Promise<void> {
  const { subjectId, key } = await subjectFor(writing);
  const [site] = sitesOf(writing);
  if (!site) throw new Error("新增接入 without its website");
  const theirs = pairsOf(writing)[0]?.theirs;
  const number = usualNumber(theirs?.number || textOf(site.values, "number"));
  const recorded = await recordedWebsite(writing, subjectId, number);
  const id =
    recorded ??
    (await insertWebsite({ writing, key }, subjectId, site, { number, bureauId: theirs?.bureauId }));
  await insertDomains(writing, id, site, theirs);
  await writeAccesses({ writing, key }, id, { site, theirs });
}

async function recordedWebsite(
  { store }: Writing,
  subjectId: number,
  number: string,
): Promise<number | undefined> {
  const [row] = await store.db<{ id: number }[]>`
    select id from websites where subject_id = ${subjectId} and number = ${number} and cancelled_at is null`;
  return row?.id;
}
