import type { Db } from "../../db/client.ts";
import { queueEvent } from "../hook/queue.ts";
import type { Store } from "../store.ts";
import type { CutCause } from "./rows.ts";

/**
 * What must be cut off. `reference` names what happened, once for ever: the same reference opens one task. Domains and
 * addresses are kept as they are now.
 */
export type NewCut = {
  ispId: number;
  cause: CutCause;
  reference: string;
  /** Of ours, where somebody filed it here. */
  accessId?: number;
  number?: string;
  site?: string;
  domains: readonly string[];
  ips: readonly string[];
};

/**
 * Opens a task 断开接入 and tells the provider's system, in the caller's transaction. Gives its id, undefined where that
 * reference had one before or the access has an open one.
 */
export async function openCut(store: Pick<Store, "db">, cut: NewCut): Promise<number | undefined> {
  const { db } = store;
  const [row] = await db<{ id: number }[]>`
    insert into cuts (isp_id, cause, reference, access_id, number, site, domains, ips)
    values (${cut.ispId}, ${cut.cause}, ${cut.reference}, ${cut.accessId ?? null}, ${cut.number ?? null},
      ${cut.site ?? null}, ${[...cut.domains]}, ${[...cut.ips]})
    on conflict do nothing returning id`;
  if (!row) return undefined;
  const { ispId, cause, accessId = null, number = null, domains, ips } = cut;
  await queueEvent(store, {
    ...{ ispId, event: "access.cut", cause: `cut:${row.id}`, cutId: row.id },
    payload: { cut: row.id, cause, access: accessId, number, domains: [...domains], ips: [...ips] },
  });
  return row.id;
}

type Ended = { id: number; number: string; site: string; domains: string[]; ips: string[] };

/** What hung on accesses that this transaction has cancelled: their domains are those that were in force until now. */
const endedAccesses = (db: Db, ispId: number, ids: readonly number[]) => db<Ended[]>`
  select a.id, w.number, w.name as site,
    array(select d.domain from domains d
      where d.website_id = w.id and (d.cancelled_at is null or d.cancelled_at = now()) order by d.id) as domains,
    array(select case when i.first_ip = i.last_ip then host(i.first_ip)
        else host(i.first_ip) || '-' || host(i.last_ip) end
      from access_ips i where i.access_id = a.id order by i.id) as ips
  from accesses a join websites w on w.id = a.website_id
  where a.id = any(${[...ids]}::bigint[]) and a.isp_id = ${ispId} order by a.id`;

/** Opens a task for each access that was cancelled just now, see `openCut`. Gives how many. */
export async function cutAccesses(
  store: Pick<Store, "db">,
  { ispId, cause, reference }: Pick<NewCut, "ispId" | "cause" | "reference">,
  ids: readonly number[],
): Promise<number> {
  if (ids.length === 0) return 0;
  let opened = 0;
  for (const { id, ...ended } of await endedAccesses(store.db, ispId, ids)) {
    const about = { ispId, cause, reference: `${reference}:access:${id}`, accessId: id };
    if ((await openCut(store, { ...about, ...ended })) !== undefined) opened++;
  }
  return opened;
}

/**
 * Opens a task for domains that a 变更 took from a website. The website itself stays on record: neither its access nor
 * its number nor its addresses are named, for nobody to cut more than these.
 */
export async function cutDomains(
  store: Pick<Store, "db">,
  { ispId, cause, reference }: Pick<NewCut, "ispId" | "cause" | "reference">,
  websiteId: number,
  domains: readonly string[],
): Promise<void> {
  const [site] = await store.db<{ name: string }[]>`
    select name from websites where id = ${websiteId} and isp_id = ${ispId}`;
  const about = { ispId, cause, reference: `${reference}:website:${websiteId}` };
  await openCut(store, { ...about, ...(site && { site: site.name }), domains, ips: [] });
}
