import { addDays, isDate, moment } from "../lib/dates.ts";
import { normalise } from "../lib/text.ts";
import type { Actor } from "../models/actor.ts";
import type { HistoryCursor, HistoryFilter } from "../models/filing/history-search.ts";
import type { Action } from "../models/filing/workflow.ts";
import type { Wanted } from "../models/search/search.ts";
import type { Problem } from "../view.ts";
import { isPersonal, readSearch } from "./search.ts";

/** What the history is searched by, each "" where nothing is chosen; to be shown back. */
export type HistoryValues = { from: string; until: string; actor: string; action: string; q: string };

export type HistorySearch = {
  values: HistoryValues;
  filter: HistoryFilter;
  /** The filing or subject that it is about. */
  wanted: Wanted | undefined;
  problems: Problem[];
  /** `q` must not stand in an address. */
  personal: boolean;
};

const kinds = ["registrant", "staff", "system", "bureau", "operator"] as const satisfies Actor["kind"][];

/** A day of this century: what is asked for by another one is a slip of the keyboard. */
const isDay = (text: string): boolean => isDate(text) && text.startsWith("20");

const own = (from: Readonly<Record<string, unknown>>, key: string): string => {
  const value = Object.hasOwn(from, key) ? from[key] : "";
  return typeof value === "string" ? normalise(value) : "";
};

/**
 * Reads a search of the history among the `known` actions: days in Asia/Shanghai, both included; unknown words count as
 * not chosen.
 */
export function readHistorySearch(
  typed: Readonly<Record<string, unknown>>,
  known: readonly Action[],
): HistorySearch {
  const from = own(typed, "from").slice(0, 20);
  const until = own(typed, "until").slice(0, 20);
  const q = [...own(typed, "q")].slice(0, 100).join("");
  const action = known.find((one) => one === own(typed, "action"));
  const actorKind = kinds.find((kind) => kind === own(typed, "actor"));
  const staffId = /^staff\.(\d{1,15})$/.exec(own(typed, "actor"))?.[1];
  const wanted = readSearch(q);
  const filter: HistoryFilter = {
    ...(isDay(from) ? { from: moment(from) } : {}),
    ...(isDay(until) ? { until: moment(addDays(until, 1)) } : {}),
    ...(action ? { action } : {}),
    ...(actorKind ? { actorKind } : {}),
    ...(staffId ? { staffId: Number(staffId) } : {}),
  };
  const actor = actorKind ?? (staffId ? `staff.${staffId}` : "");
  return {
    values: { from, until, actor, action: action ?? "", q },
    filter,
    wanted,
    problems: [...wrongDay("from", from), ...wrongDay("until", until), ...turned(from, until)],
    personal: wanted !== undefined && isPersonal(wanted),
  };
}

const wrongDay = (field: string, text: string): Problem[] =>
  text === "" || isDay(text) ? [] : [{ field, text: "日期应写成2026-11-20这样" }];

const turned = (from: string, until: string): Problem[] =>
  isDay(from) && isDay(until) && until < from
    ? [{ field: "until", text: "结束日期早于开始日期，请改正其中一个" }]
    : [];

/** The search as it stands in an address, without "?". */
export const historyQuery = (values: Partial<HistoryValues>, more: Record<string, string> = {}): string =>
  new URLSearchParams(Object.entries({ ...values, ...more }).filter(([, value]) => value !== "")).toString();

/** 1795340000000.42: milliseconds and id of the last event of the page before. */
export function readHistoryCursor(text: string | undefined): HistoryCursor | undefined {
  const [, at = "", id = ""] = /^(\d{1,13})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  return id === "" ? undefined : { at: new Date(Number(at)), id: Number(id) };
}

export const historyCursor = ({ at, id }: HistoryCursor): string => `${at.getTime()}.${id}`;
