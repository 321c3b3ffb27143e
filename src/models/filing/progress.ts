import type { Db } from "../../db/client.ts";
import type { Registrant } from "../actor.ts";
import { type ListedFiling, listColumns, visibleTo } from "./rows.ts";
import { kindsIn, type Phase, phases, type State, stateNames, states } from "./states.ts";

/** 备案进度查询: by phase, by status, by 备案单号 or domain; all are optional. */
export type ProgressFilter = { phase?: Phase; status?: string; words?: string };

/** The ministry's statuses, each once, in the order of the work. */
export const statuses: readonly string[] = [...new Set(stateNames.map((state) => states[state].status))];

/** Takes what stands in an address; what is no phase or status counts as not asked for. */
export function readFilter(query: Readonly<Record<string, string>>): ProgressFilter {
  const phase = phases.find((one) => one === query.phase);
  const status = statuses.find((one) => one === query.status);
  const words = (query.q ?? "").trim().toLowerCase().slice(0, 100);
  return { ...(phase ? { phase } : {}), ...(status ? { status } : {}), ...(words ? { words } : {}) };
}

/** The filings of an account that fit, newest first, a page at a time: those with an id below `before`. */
export function progressOf(
  db: Db,
  actor: Registrant,
  { phase, status, words }: ProgressFilter,
  before = Number.MAX_SAFE_INTEGER,
  limit = 20,
): Promise<ListedFiling[]> {
  const inPhase =
    phase === undefined
      ? db``
      : phase === "审核通过"
        ? db`and f.state = 'numbered'`
        : db`and f.state <> 'numbered' and f.kind = any(${kindsIn(phase)})`;
  const among: State[] = stateNames.filter((state) => states[state].status === status);
  const inStatus = status === undefined ? db`` : db`and f.state = any(${among})`;
  const named =
    words === undefined
      ? db``
      : db`and (f.number = ${words} or f.domain = ${words} or exists (
          select 1 from filing_domains d where d.filing_id = f.id and d.domain = ${words}))`;
  return db<ListedFiling[]>`
    select ${listColumns(db)} from filings f
    where ${visibleTo(db, actor)} and f.id < ${before} ${inPhase} ${inStatus} ${named}
    order by f.id desc limit ${limit}`;
}
