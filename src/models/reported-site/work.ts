import { derivedId } from "../../lib/ids.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { openCut } from "../cut/open.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { wakeBureau } from "../filing/effects.ts";
import { ispSettings } from "../isp/settings.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type AnswerContent, insertAnswer, type SiteAction, wasAnswered } from "./answers.ts";
import type { SiteKind, SiteState } from "./rows.ts";

type Locked = {
  id: number;
  bureauId: number;
  domain: string;
  ip: string | null;
  state: SiteState;
  received: number;
  /** Somebody else works on it now. */
  isHeld: boolean;
};

/** What became of each: `settled` was answered by somebody else meanwhile, `held` is being worked on by somebody else. */
export type Worked = { done: number[]; settled: number[]; held: number[] };

const mayWork = (actor: Staff): void => {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 work on what bureaus report");
};

/** Takes it for as long as a claim lasts; false when somebody else holds it or it is not open. Throws NotFound. */
export async function takeSite({ db }: RootStore, actor: Staff, id: number): Promise<boolean> {
  mayWork(actor);
  const [site] = await db`select 1 from reported_sites where id = ${id} and isp_id = ${actor.ispId}`;
  if (!site) throw new NotFound(`no reported site ${id}`);
  const { claimMinutes } = await ispSettings(db, actor.ispId);
  const rows = await db`
    update reported_sites
    set taken_by = ${actor.staffId}, taken_until = now() + make_interval(mins => ${claimMinutes})
    where id = ${id} and isp_id = ${actor.ispId} and state = 'open'
      and (taken_until is null or taken_until < now() or taken_by is null or taken_by = ${actor.staffId})
    returning id`;
  return rows.length > 0;
}

/** Locked in one order for everybody; throws NotFound where one of them is not the provider's or of another kind. */
async function lockSites(
  { db }: Store,
  actor: Staff,
  kind: SiteKind,
  ids: readonly number[],
): Promise<Locked[]> {
  const rows = await db<Locked[]>`
    select id, bureau_id, domain, host(ip) as ip, state, received,
      coalesce(taken_until > now() and taken_by <> ${actor.staffId}, false) as is_held
    from reported_sites
    where id = any(${[...ids]}::bigint[]) and isp_id = ${actor.ispId} and kind = ${kind} order by id for update`;
  if (rows.length !== new Set(ids).size) throw new NotFound("no such reported site");
  return rows;
}

type Work = { action: SiteAction; requestId: string; contentFor(siteId: number): AnswerContent };

/**
 * Answers several unfiled sites in one go: each answer waits for the queue of its bureau. A form that comes twice, and
 * one that comes after somebody else's, answers once.
 */
export const answerSites = (
  root: RootStore,
  actor: Staff,
  ids: readonly number[],
  work: Work,
): Promise<Worked> =>
  workOn(root, actor, { ...work, kind: "unfiled", ids }, async ({ db }, sites) => {
    await db`
      update reported_sites set state = 'answering', taken_until = null, updated_at = now()
      where id = any(${sites.map(({ id }) => id)}::bigint[])`;
    for (const bureauId of new Set(sites.map(({ bureauId }) => bureauId))) await wakeBureau(db, bureauId);
  });

/** Notes what was done about 非法接入; the bureau expects no word of it. 断开接入 opens a task of it. */
export const noteSites = (
  root: RootStore,
  actor: Staff,
  ids: readonly number[],
  work: Work,
): Promise<Worked> =>
  workOn(root, actor, { ...work, kind: "illegal", ids }, async (store, sites) => {
    await store.db`
      update reported_sites set state = 'done', taken_until = null, updated_at = now()
      where id = any(${sites.map(({ id }) => id)}::bigint[])`;
    if (work.action === "cut") for (const site of sites) await cutOff(store, actor, site);
  });

/** Found once more after it was cut, it is cut once more. */
const cutOff = (store: Store, { ispId }: Staff, { id, domain, ip, received }: Locked) =>
  openCut(store, {
    ...{ ispId, cause: "illegal_access", reference: `illegal-access:${id}:${received}` },
    domains: domain === "" ? [] : [domain],
    ips: ip === null ? [] : [ip],
  });

async function workOn(
  root: RootStore,
  actor: Staff,
  { ids, kind, action, requestId, contentFor }: Work & { kind: SiteKind; ids: readonly number[] },
  end: (store: Store, sites: readonly Locked[]) => Promise<void>,
): Promise<Worked> {
  mayWork(actor);
  return inTransaction(root, async (store) => {
    const worked: Worked = { done: [], settled: [], held: [] };
    const now: Locked[] = [];
    for (const site of await lockSites(store, actor, kind, ids)) {
      const own = derivedId(requestId, "site", site.id);
      if (await wasAnswered(store.db, site.id, own)) worked.done.push(site.id);
      else if (site.state !== "open") worked.settled.push(site.id);
      else if (site.isHeld) worked.held.push(site.id);
      else {
        const state = kind === "unfiled" ? "waiting" : "noted";
        await insertAnswer(store, actor, site.id, own, { action, state, content: contentFor(site.id) });
        worked.done.push(site.id);
        now.push(site);
      }
    }
    if (now.length > 0) await end(store, now);
    if (now.length > 0)
      await recordLook(store.db, actor, "answer-sites", [null], {
        kind,
        action,
        sites: now.map(({ id }) => id),
      });
    return worked;
  });
}
