import type { Db } from "../../db/client.ts";
import type { UnfiledSiteAnswer } from "../../gateways/bureau/operations.ts";
import type { BureauQueue } from "../bureau/senders.ts";
import { noticeOnDuty } from "../notice/staff.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { openAnswer } from "./answers.ts";

/** An answer that waits for the queue of its bureau. */
export type AnswerToSend = {
  id: number;
  siteId: number;
  ispId: number;
  dataKey: Buffer;
  sealed: Buffer;
};

/** Answers that wait and of which nothing is under way. */
const waiting = (db: Db) => db`
  from reported_site_answers a join reported_sites s on s.id = a.site_id
  where a.state = 'waiting' and not exists (
    select 1 from bureau_requests r where r.unfiled_site_id = s.id and r.state = 'open')`;

/** Those for a bureau, the oldest first. */
export const answersToSend = (
  db: Db,
  bureauId: number,
  { limit, passed }: { limit: number; passed: readonly number[] },
): Promise<AnswerToSend[]> => db<AnswerToSend[]>`
  select a.id, a.site_id, a.isp_id, a.data_key, a.sealed ${waiting(db)}
    and s.bureau_id = ${bureauId} and not (a.id = any(${[...passed]}::bigint[]))
  order by a.id limit ${limit}`;

/** Bureaus for which an answer waits. */
export const bureausWithSiteAnswers = (db: Db): Promise<BureauQueue[]> => db<BureauQueue[]>`
  select s.bureau_id as id, min(a.created_at) as since ${waiting(db)} group by s.bureau_id`;

/** What goes to the bureau. */
export function operationOf(store: Pick<Store, "vault">, answer: AnswerToSend): UnfiledSiteAnswer {
  const { operation } = openAnswer(store, answer);
  if (!operation) throw new Error("an answer that waits to be sent without what is sent");
  return operation;
}

/** Locks the site; whether the answer still waits and nothing of the site is under way. */
export async function claimAnswer(db: Db, { id, siteId }: AnswerToSend): Promise<boolean> {
  await db`select 1 from reported_sites where id = ${siteId} for update`;
  const [row] = await db`select 1 ${waiting(db)} and a.id = ${id}`;
  return row !== undefined;
}

/** The bureau has the file with the answer: the site is done with. */
export async function settleSite(db: Db, siteId: number): Promise<void> {
  const [site] = await db`select 1 from reported_sites where id = ${siteId} for update`;
  if (!site) return;
  const rows = await db`
    update reported_site_answers set state = 'accepted', settled_at = now()
    where site_id = ${siteId} and state = 'waiting' returning id`;
  if (rows.length > 0)
    await db`
      update reported_sites set state = 'done', updated_at = now() where id = ${siteId} and state = 'answering'`;
}

type Failure = { siteId: number; problem: string; cause: string };

/**
 * The answer did not get through, or its file was rejected after the bureau had taken it (`late`): the site waits for a
 * person again, and whoever is on duty hears of it once.
 */
export async function putSiteBack(
  store: Store,
  { siteId, problem, cause }: Failure,
  late = false,
): Promise<void> {
  const { db } = store;
  const [site] = await db<{ ispId: number; domain: string }[]>`
    select isp_id, domain from reported_sites where id = ${siteId} for update`;
  if (!site) return;
  const rows = await db`
    update reported_site_answers set state = 'failed', problem = ${problem.slice(0, 500)}, settled_at = now()
    where id = (
      select id from reported_site_answers where site_id = ${siteId} and state = ${late ? "accepted" : "waiting"}
      order by id desc limit 1)
    returning id`;
  if (rows.length === 0) return;
  await db`
    update reported_sites set state = 'open', updated_at = now()
    where id = ${siteId} and state = ${late ? "done" : "answering"}`;
  const about = { domain: site.domain, reason: problem.slice(0, 200) };
  await noticeOnDuty(
    store,
    { ispId: site.ispId },
    "site-answer-failed",
    about,
    `site-answer:${siteId}:${cause}`,
  );
}

/** The interface cannot carry this one: others go on. */
export const putSiteBackAlone = (root: RootStore, failure: Failure): Promise<void> =>
  inTransaction(root, (store) => putSiteBack(store, failure));
