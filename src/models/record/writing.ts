import type { DataKey } from "../../crypto/vault.ts";
import type { BureauRecord, RecordAccess, RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { formatIcpNumber, parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { filedIds } from "../bureau/content.ts";
import { knownOf } from "../bureau/known.ts";
import { type FiledIds, type Known, nothingKnown } from "../bureau/parts.ts";
import type { Filing } from "../filing/rows.ts";
import type { Snapshot } from "../filing/snapshots.ts";
import type { Store } from "../store.ts";

export type Writing = {
  store: Store;
  filing: Filing;
  bureauId: number;
  /** What was sent: values under our ids. */
  sent: Snapshot;
  ids: FiledIds;
  /** What came back: the bureau's ids and numbers. */
  record: BureauRecord;
  /** What was on record before; nothing, where left out. */
  known?: Known;
};

export type SentSection = Snapshot["sections"][number];

/** A website as sent with the one that came back for it. */
export type Pair = { site: SentSection; theirs: RecordWebsite };

/** Everything that a record is written from. */
export const writingOf = async (
  store: Store,
  filing: Filing & { bureauId: number },
  sent: Snapshot,
  record: BureauRecord,
): Promise<Writing> => ({
  ...{ store, filing, bureauId: filing.bureauId, sent, record },
  ids: await filedIds(store.db, filing.id),
  known: await knownOf(store.db, filing),
});

/** The id under which a section is on record, or will be. */
export const recordIdOf = ({ id, recordId }: SentSection): number => recordId ?? id;

export const subjectOf = ({ sent }: Pick<Writing, "sent">): SentSection => {
  const subject = sent.sections.find(({ kind }) => kind === "subject");
  if (!subject) throw new Error("a snapshot without a subject");
  return subject;
};

export const sitesOf = ({ sent }: Pick<Writing, "sent">): SentSection[] =>
  sent.sections.filter(({ kind }) => kind === "website");

export const accessesOf = ({ sent }: Pick<Writing, "sent">, site: SentSection): SentSection[] =>
  sent.sections.filter(({ parentId }) => parentId === site.id);

/** Values as they lie on record: numbers have columns of their own. */
export const withoutNumber = ({ number: _, ...values }: Values): Values => values;

/** A number in its usual form; one that is none as it is. */
export const usualNumber = (text: string): string => {
  const number = parseIcpNumber(text);
  return number ? formatIcpNumber(number) : text.trim();
};

type Paired = Pick<Writing, "sent" | "ids" | "record" | "known">;

/**
 * Our websites with what came back for each: by its number where it was filed elsewhere, by our id, by the bureau's, else
 * by a domain that both have.
 */
export const pairsOf = (writing: Paired): Pair[] =>
  sitesOf(writing).flatMap((site) => {
    const theirs = theirsOf(writing, site);
    return theirs ? [{ site, theirs }] : [];
  });

function theirsOf(
  { ids, record, known = nothingKnown }: Paired,
  site: SentSection,
): RecordWebsite | undefined {
  const id = recordIdOf(site);
  const filed = textOf(site.values, "number");
  if (filed !== "" && !site.recordId)
    return record.websites.find(({ number }) => usualNumber(number ?? "") === usualNumber(filed));
  const bureauId = known.websites.find((one) => one.id === id)?.bureauId;
  const own = ids.domains.filter(({ sectionId }) => sectionId === site.id).map(({ domain }) => domain);
  return (
    record.websites.find(({ ourId }) => ourId === id) ??
    record.websites.find((one) => bureauId && one.bureauId === bureauId) ??
    record.websites.find(
      ({ ourId, domains }) => ourId === undefined && domains.some(({ name }) => own.includes(name)),
    )
  );
}

/**
 * What came back for an access: by our id, by the bureau's where it told us, and a website with a single access needs
 * neither.
 */
export const theirAccess = (
  { known = nothingKnown }: Pick<Paired, "known">,
  site: RecordWebsite | undefined,
  id: number,
): RecordAccess | undefined => {
  const bureauId = known.accesses.find((one) => one.id === id)?.bureauId;
  return (
    site?.accesses.find(({ ourId }) => ourId === id) ??
    site?.accesses.find((one) => bureauId && one.bureauId === bureauId) ??
    (site?.accesses.length === 1 ? site.accesses[0] : undefined)
  );
};

/**
 * The key of a subject on record, whose row is locked until the transaction ends; rows that only point at it are not held
 * up, or a filing that is opened on it would wait in a circle.
 */
export async function lockedSubjectKey({ db, vault }: Store, subjectId: number): Promise<DataKey> {
  const [row] = await db<{ dataKey: Buffer }[]>`
    select data_key from subjects where id = ${subjectId} for no key update`;
  if (!row) throw new Error(`no subject ${subjectId} on record`);
  return vault.unwrap(row.dataKey);
}
