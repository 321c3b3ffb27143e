import { type RecordSearch, readRecordSearch, recordSearchQuery } from "../forms/record-search.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { readBody } from "../middleware/body.ts";
import type { Ctx } from "../middleware/env.ts";
import type { Registrant, Staff } from "../models/actor.ts";
import { type ListedRecord, listRecords } from "../models/record/list.ts";
import { storedSearch, storeSearch } from "../models/search/stored.ts";
import type { Deps } from "./deps.ts";

/** A search for records as it came in an address, with what keeps it there. */
export type AskedRecords = {
  search: RecordSearch;
  /** The search in an address, "" for none: plain words, or the row where what is personal is stored. */
  query: string;
  /** Somebody wrote what is personal into the address by hand: nothing is looked up that way. */
  refused: boolean;
};

/** What is searched for: the words of the address, or of the stored search that it names. */
export async function askedRecords(
  deps: Deps,
  actor: Registrant | Staff,
  named: Readonly<Record<string, unknown>>,
): Promise<AskedRecords> {
  const id = typeof named.search === "string" ? named.search : "";
  if (id !== "") {
    const words = new URLSearchParams(await storedSearch(deps, actor, id));
    return { search: readRecordSearch(Object.fromEntries(words)), query: `search=${id}`, refused: false };
  }
  const search = readRecordSearch(named);
  if (!search.personal) return { search, query: recordSearchQuery(search.values), refused: false };
  return { search: readRecordSearch({}), query: "", refused: true };
}

/** Sends a posted search on to an address that holds nothing personal. `more` goes along. */
export async function sendOn(
  c: Ctx,
  deps: Deps,
  actor: Registrant | Staff,
  { values, personal }: RecordSearch,
  more: Record<string, string> = {},
): Promise<Response> {
  const words = personal
    ? new URLSearchParams({
        search: await storeSearch(deps, actor, recordSearchQuery(values)),
        ...more,
      }).toString()
    : recordSearchQuery(values, more);
  return c.redirect(`${c.req.path}${words ? `?${words}` : ""}`, 303);
}

/** What was posted as a search. */
export const postedRecords = async (c: Ctx): Promise<RecordSearch> => readRecordSearch(await readBody(c));

/** A page of what was found, and the id below which the next one begins. */
export async function foundRecords(
  c: Ctx,
  deps: Deps,
  actor: Registrant | Staff,
  { search, refused }: AskedRecords,
  size: number,
): Promise<{ rows: ListedRecord[]; next: number | undefined }> {
  if (refused || search.problems.length > 0) return { rows: [], next: undefined };
  const before = wholeNumber(c.req.query("before"));
  const rows = await listRecords(deps, actor, search.filter, before, size + 1);
  const shown = rows.slice(0, size);
  return { rows: shown, next: rows.length > size ? shown.at(-1)?.id : undefined };
}
