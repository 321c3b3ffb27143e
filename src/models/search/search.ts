import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import { filingIdsWith, type Lookup } from "../filing/lookups.ts";
import { type ListedFiling, listColumns, visibleTo } from "../filing/rows.ts";
import type { Store } from "../store.ts";

/** What staff may search by. `person` is what may be a document, a telephone, a mailbox or a person's name. */
export type Wanted =
  | { by: "number"; text: string }
  | { by: "icp"; text: string }
  | { by: "domain"; text: string }
  | { by: "text"; text: string }
  | { by: "person"; text: string; lookups: readonly Lookup[] };

/** Newest filings of one person, or of one record, that are looked at. */
const MOST_OF_ONE = 500;

/** Filings of the provider that match, newest first, a page at a time: those with an id below `before`. */
export async function searchFilings(
  store: Store,
  actor: Staff,
  wanted: Wanted,
  before = Number.MAX_SAFE_INTEGER,
  limit = 50,
): Promise<ListedFiling[]> {
  const { db } = store;
  const matches = matchOf(db, actor, wanted, await knownIds(store, actor, wanted, MOST_OF_ONE));
  return db<ListedFiling[]>`
    select ${listColumns(db)} from filings f
    where ${visibleTo(db, actor)} and f.id < ${before} and ${matches} order by f.id desc limit ${limit}`;
}

/** Ids of the filings that an actor may see and that match, newest first. */
export async function filingIdsFound(
  store: Store,
  actor: Staff | Registrant,
  wanted: Wanted,
  limit: number,
): Promise<number[]> {
  const { db } = store;
  const ids = await knownIds(store, actor, wanted, limit);
  const rows = await db<{ id: number }[]>`
    select f.id from filings f
    where ${visibleTo(db, actor)} and ${matchOf(db, actor, wanted, ids)} order by f.id desc limit ${limit}`;
  return rows.map(({ id }) => id);
}

/**
 * Filings found by something of theirs that stands elsewhere: asked first, since the planner cannot foresee how few they
 * are and would walk over all filings.
 */
async function knownIds(
  store: Store,
  actor: Staff | Registrant,
  wanted: Wanted,
  limit: number,
): Promise<number[]> {
  if (wanted.by === "person") return filingIdsWith(store, actor, wanted.lookups, limit);
  if (wanted.by !== "icp") return [];
  const { db } = store;
  const { text } = wanted;
  const rows = await db<{ id: number }[]>`
    select filing_id as id from subjects where number = ${text} and isp_id = ${actor.ispId} and filing_id is not null
    union select o.id from filings o join subjects s on s.id = o.subject_id
      where s.number = ${text} and s.isp_id = ${actor.ispId}
    union select s.filing_id from websites w join subjects s on s.id = w.subject_id
      where w.number = ${text} and w.isp_id = ${actor.ispId} and s.filing_id is not null
    union select filing_id from websites where number = ${text} and isp_id = ${actor.ispId} and filing_id is not null
    order by id desc limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Shorter words have no trigram of their own: they are looked for at the beginning of a name. */
const TRIGRAM = 3;

const escaped = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** Any part of a name, or its beginning, for `ilike` over a trigram index. */
export const pattern = (text: string): string => `${[...text].length < TRIGRAM ? "" : "%"}${escaped(text)}%`;

function matchOf(db: Db, { ispId }: Pick<Staff, "ispId">, wanted: Wanted, ids: readonly number[]) {
  const { by, text } = wanted;
  // Digits after digits: a range says "begins with" and an index finds it, whatever the collation.
  if (by === "number") return db`f.number between ${text} and ${`${text}99999999`}`;
  if (by === "domain")
    return db`f.id in (select filing_id from filing_domains where domain = ${text} and isp_id = ${ispId})`;
  if (by === "icp") return db`f.id = any(${[...ids]}::bigint[])`;
  const named = db`f.site_name ilike ${pattern(text)} or f.subject_name ilike ${pattern(text)}`;
  if (wanted.by === "text") return db`(${named})`;
  const found = db`f.id = any(${[...ids]}::bigint[])`;
  // A short name may as well be the beginning of a website's or a company's.
  return wanted.lookups.some(({ kind }) => kind === "name") ? db`(${found} or ${named})` : found;
}
