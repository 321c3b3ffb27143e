import { openText } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";

/** Why an access must be cut, see `cuts`. */
export type CutCause = "bureau" | "filing" | "illegal_access";
export type CutState = "open" | "done" | "not_needed";

/** A task 断开接入, with what is on record of its access today. */
export type Cut = {
  id: number;
  ispId: number;
  cause: CutCause;
  accessId: number | null;
  /** The subject on record, to open its page; null where nobody filed it here. */
  subjectId: number | null;
  number: string | null;
  site: string | null;
  domains: string[];
  ips: string[];
  state: CutState;
  openedAt: Date;
  closedAt: Date | null;
  /** Name of who closed it; null: the provider's own system, or it is open. */
  closedBy: string | null;
  note: string;
  /** 备案号 under which one of its domains is on record here again. */
  filedAgain: string | null;
};

type Row = Omit<Cut, "note"> & { dataKey: Buffer | null; noteSealed: Buffer | null };

const columns = (db: Db) => db`
  c.id, c.isp_id, c.cause, c.access_id, s.id as subject_id, c.number, c.site, c.domains, c.ips, c.state, c.opened_at,
  c.closed_at, t.name as closed_by, c.data_key, c.note_sealed,
  (select n.number from domains d join websites n on n.id = d.website_id
    where d.isp_id = c.isp_id and d.domain = any(c.domains) and d.cancelled_at is null
      and exists (select 1 from accesses o where o.website_id = n.id and o.cancelled_at is null)
    order by d.id limit 1) as filed_again
  from cuts c left join accesses a on a.id = c.access_id left join websites w on w.id = a.website_id
    left join subjects s on s.id = w.subject_id left join staff t on t.id = c.closed_by`;

/** What the note of a task is sealed for. */
export const noteContext = (ispId: number, id: number): string => `isp:${ispId}:cut:${id}:note`;

function opened({ vault }: Pick<Store, "vault">, { dataKey, noteSealed, ...row }: Row): Cut {
  const note =
    dataKey && noteSealed ? openText(vault.unwrap(dataKey), noteSealed, noteContext(row.ispId, row.id)) : "";
  return { ...row, note };
}

/** Open tasks of a provider, the oldest first; with `after` those opened later than that one. */
export async function openCuts(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { after = 0, limit = 50 } = {},
): Promise<Cut[]> {
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} where c.isp_id = ${ispId} and c.state = 'open' and c.id > ${after}
    order by c.id limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

/** Closed ones, the newest first; with `before` those opened earlier. */
export async function closedCuts(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { before = Number.MAX_SAFE_INTEGER, limit = 50 } = {},
): Promise<Cut[]> {
  const rows = await store.db<Row[]>`
    select ${columns(store.db)} where c.isp_id = ${ispId} and c.state <> 'open' and c.id < ${before}
    order by c.id desc limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

/** How many are open. */
export async function openCutCount(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from cuts where isp_id = ${ispId} and state = 'open'`;
  return row?.count ?? 0;
}

/** A task of the provider; throws NotFound. */
export async function findCut(store: Store, { ispId }: Pick<Staff, "ispId">, id: number): Promise<Cut> {
  const [row] = await store.db<Row[]>`
    select ${columns(store.db)} where c.id = ${id} and c.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no cut ${id}`);
  return opened(store, row);
}
