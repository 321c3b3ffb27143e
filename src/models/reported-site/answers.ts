import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { UnfiledSiteAnswer } from "../../gateways/bureau/operations.ts";
import type { Staff } from "../actor.ts";
import type { Store } from "../store.ts";

/** What staff did about one. */
export const siteActions = ["cut", "urged", "filed", "not_ours", "other"] as const;
export type SiteAction = (typeof siteActions)[number];

/** `waiting` to be sent, or for the bureau's receipt · `noted` for ourselves alone */
export type AnswerState = "waiting" | "accepted" | "failed" | "noted";

/** What is sealed: the words, and for an unfiled site everything that goes to the bureau. */
export type AnswerContent = { words: string; operation?: UnfiledSiteAnswer };

export type SiteAnswer = {
  id: number;
  action: SiteAction;
  state: AnswerState;
  problem: string | null;
  createdAt: Date;
  settledAt: Date | null;
  by: string;
  content: AnswerContent;
};

const context = (ispId: number, id: number): string => `isp:${ispId}:site-answer:${id}`;

type Sealed = { id: number; ispId: number; dataKey: Buffer; sealed: Buffer };

export const openAnswer = (
  { vault }: Pick<Store, "vault">,
  { id, ispId, dataKey, sealed }: Sealed,
): AnswerContent => JSON.parse(openText(vault.unwrap(dataKey), sealed, context(ispId, id))) as AnswerContent;

/** Writes an answer of staff; the caller holds the site's lock. */
export async function insertAnswer(
  { db, vault }: Store,
  actor: Staff,
  siteId: number,
  requestId: string,
  answer: { action: SiteAction; state: "waiting" | "noted"; content: AnswerContent },
): Promise<void> {
  const { key, wrapped } = vault.newDataKey();
  const [row] = await db<{ id: number }[]>`
    select nextval(pg_get_serial_sequence('reported_site_answers', 'id')) as id`;
  const id = Number(row?.id);
  const sealed = seal(key, JSON.stringify(answer.content), context(actor.ispId, id));
  await db`
    insert into reported_site_answers (id, isp_id, site_id, staff_id, request_id, action, data_key, sealed, state, settled_at)
    values (${id}, ${actor.ispId}, ${siteId}, ${actor.staffId}, ${requestId}, ${answer.action}, ${wrapped}, ${sealed},
      ${answer.state}, ${answer.state === "noted" ? db`now()` : null})`;
}

/** Everything that was answered about one, newest first. */
export async function answersOf(store: Store, { ispId }: Staff, siteId: number): Promise<SiteAnswer[]> {
  const rows = await store.db<(Omit<SiteAnswer, "content"> & Sealed)[]>`
    select a.id, a.isp_id, a.action, a.state, a.problem, a.created_at, a.settled_at, a.data_key, a.sealed, t.name as by
    from reported_site_answers a join staff t on t.id = a.staff_id
    where a.site_id = ${siteId} and a.isp_id = ${ispId} order by a.id desc limit 50`;
  return rows.map(({ dataKey, sealed, ispId: own, ...row }) => ({
    ...row,
    content: openAnswer(store, { id: row.id, ispId: own, dataKey, sealed }),
  }));
}

/** The code that was last given to a bureau for each action: the next answer begins with it. */
export async function formerResults(
  store: Store,
  { ispId }: Staff,
  bureauId: number,
): Promise<Partial<Record<SiteAction, number>>> {
  const rows = await store.db<({ action: SiteAction } & Sealed)[]>`
    select l.* from unnest(${[...siteActions]}::text[]) w (action) cross join lateral (
      select a.action, a.id, a.isp_id, a.data_key, a.sealed
      from reported_site_answers a join reported_sites s on s.id = a.site_id
      where a.isp_id = ${ispId} and a.action = w.action and s.bureau_id = ${bureauId} and s.kind = 'unfiled'
        and a.state in ('waiting', 'accepted')
      order by a.id desc limit 1) l`;
  return Object.fromEntries(rows.map((row) => [row.action, openAnswer(store, row).operation?.result]));
}

/** Whether this form has answered the site before. */
export async function wasAnswered(db: Db, siteId: number, requestId: string): Promise<boolean> {
  const [row] = await db`
    select 1 from reported_site_answers where site_id = ${siteId} and request_id = ${requestId}`;
  return row !== undefined;
}
