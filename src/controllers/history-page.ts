import {
  type HistorySearch,
  historyCursor,
  historyQuery,
  readHistoryCursor,
  readHistorySearch,
} from "../forms/history-search.ts";
import type { TableFormat } from "../lib/spreadsheet/stream.ts";
import type { Ctx } from "../middleware/env.ts";
import type { Registrant, Staff } from "../models/actor.ts";
import { recordExport } from "../models/audit/export.ts";
import {
  type FoundEvent,
  type HistoryCursor,
  type HistoryFilter,
  searchHistory,
} from "../models/filing/history-search.ts";
import { type Action, rowOf, transitions } from "../models/filing/workflow.ts";
import { filingIdsFound } from "../models/search/search.ts";
import { storedSearch, storeSearch } from "../models/search/stored.ts";
import type { Deps } from "./deps.ts";
import { tableFile } from "./export.ts";
import { type HistoryRow, hiddenFrom, historyRows } from "./record-history.ts";

type Person = Registrant | Staff;

/** A search of the history as it came in an address; `query` keeps it there. */
export type AskedHistory = { search: HistorySearch; query: string; refused: boolean };

/** Filings that a search by subject looks at, the newest. */
const MOST = 500;
const PAGE = 50;
const BATCH = 500;

/** What is asked for: the words of the address, or of the stored search that it names. */
export async function askedHistory(
  deps: Deps,
  actor: Person,
  named: Readonly<Record<string, string>>,
): Promise<AskedHistory> {
  const { search: id = "", ...words } = named;
  if (id !== "") {
    const stored = Object.fromEntries(new URLSearchParams(await storedSearch(deps, actor, id)));
    return { search: readHistorySearch(stored, actionsFor(actor)), query: `search=${id}`, refused: false };
  }
  const search = readHistorySearch(words, actionsFor(actor));
  if (!search.personal) return { search, query: historyQuery(search.values), refused: false };
  return { search: readHistorySearch({ ...words, q: "" }, actionsFor(actor)), query: "", refused: true };
}

/** Sends a posted search on to an address that holds nothing personal. */
export async function sendHistoryOn(
  c: Ctx,
  deps: Deps,
  actor: Person,
  { values, personal }: HistorySearch,
): Promise<Response> {
  const words = historyQuery(values);
  const query = personal ? `search=${await storeSearch(deps, actor, words)}` : words;
  return c.redirect(`${c.req.path}${query ? `?${query}` : ""}`, 303);
}

/** The filter with the filings that the words stand for. */
async function filterFor(
  deps: Deps,
  actor: Person,
  { filter, wanted }: HistorySearch,
): Promise<HistoryFilter> {
  const without = hiddenFrom(actor);
  if (!wanted) return { ...filter, without };
  return { ...filter, without, filingIds: await filingIdsFound(deps, actor, wanted, MOST) };
}

/** A page of what was found, in words, and the address of the next one. */
export async function foundHistory(
  c: Ctx,
  deps: Deps,
  actor: Person,
  { search, query }: AskedHistory,
): Promise<{ rows: HistoryRow[]; next: string | undefined }> {
  if (search.problems.length > 0) return { rows: [], next: undefined };
  const filter = await filterFor(deps, actor, search);
  const found = await searchHistory(deps, actor, filter, readHistoryCursor(c.req.query("after")), PAGE + 1);
  const shown = found.slice(0, PAGE);
  const last = found.length > PAGE ? shown.at(-1) : undefined;
  const after = last && `after=${historyCursor(cursorOf(last))}`;
  return {
    rows: await historyRows(deps, actor, shown),
    next: after && `${c.req.path}?${[query, after].filter(Boolean).join("&")}`,
  };
}

const cursorOf = ({ id, createdAt }: FoundEvent): HistoryCursor => ({ at: createdAt, id });

/** Actions that this person may search by, in the order of the table. */
export const actionsFor = (actor: Person): Action[] =>
  (Object.keys(transitions) as Action[]).filter(
    (action) => !hiddenFrom(actor).includes(action) && rowOf(action).recorded !== false,
  );

export const actionChoices = (actor: Person): { code: string; text: string }[] =>
  actionsFor(actor).map((action) => ({ code: action, text: rowOf(action).label }));

/** The history that was found as a file; the export itself goes into the audit log. */
export async function exportHistory(
  c: Ctx,
  deps: Deps,
  actor: Person,
  { search }: AskedHistory,
  format: TableFormat,
): Promise<Response> {
  const by = Object.entries(search.values).flatMap(([key, value]) => (value ? [key] : []));
  await recordExport(deps.db, actor, { what: "history", format, full: false, by });
  const filter = await filterFor(deps, actor, search);
  return tableFile(c, { format, name: "历史记录" }, historyTable(deps, actor, filter));
}

async function* historyTable(
  deps: Deps,
  actor: Person,
  filter: HistoryFilter,
): AsyncGenerator<readonly string[]> {
  yield ["时间", "备案单号", "类型", "网站", "操作"];
  let after: HistoryCursor | undefined;
  for (;;) {
    const events = await searchHistory(deps, actor, filter, after, BATCH);
    for (const { at, number, kind, title, text } of await historyRows(deps, actor, events))
      yield [stamp(at), number, kind, title, text];
    const last = events.at(-1);
    if (events.length < BATCH || !last) return;
    after = cursorOf(last);
  }
}

/** 2026-11-20 16:20:05 in Shanghai, which a spreadsheet sorts. */
const stamp = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
