import type { DataKey } from "../../crypto/vault.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { openRecordValues } from "../record/values.ts";
import type { Store } from "../store.ts";

type Part = { id: number; bureauId: number | null; cancelled: boolean; values: Values };

export type OurIp = { id: number; bureauId: number | null; first: string; last: string };
export type OurDomain = { id: number; bureauId: number | null; domain: string };
export type OurAccess = Part & { websiteId: number; ips: OurIp[] };
export type OurWebsite = Part & { number: string; domains: OurDomain[]; accesses: OurAccess[] };

/** A record of ours as it is compared: with what was cancelled, ids of the bureau as far as it told them. */
export type OurRecord = Part & {
  ispId: number;
  /** The row of `isp_bureaus`. */
  reportsTo: number;
  accountId: number | null;
  number: string;
  key: DataKey;
  websites: OurWebsite[];
};

type SubjectRow = Omit<OurRecord, "key" | "websites"> & { dataKey: Buffer };

/**
 * A record with everything below it, opened; its row is locked until the transaction ends, so that nothing else writes it
 * meanwhile. Undefined for one of another provider.
 */
export async function lockRecord(
  store: Store,
  { ispId, id }: { ispId: number; id: number },
): Promise<OurRecord | undefined> {
  const { db, vault } = store;
  const [row] = await db<SubjectRow[]>`
    select id, isp_id, bureau_id as reports_to, account_id, bureau_object_id as bureau_id, number, data_key, values,
      cancelled_at is not null as cancelled
    from subjects where id = ${id} and isp_id = ${ispId} for no key update`;
  if (!row) return undefined;
  const { dataKey, ...subject } = row;
  const key = vault.unwrap(dataKey);
  const open = <P extends Part>(part: P): P => ({
    ...part,
    values: openRecordValues(key, { ispId, id: part.id }, part.values),
  });
  return { ...open(subject), key, websites: (await websitesOf(store, id)).map((site) => opened(site, open)) };
}

const opened = (site: OurWebsite, open: <P extends Part>(part: P) => P): OurWebsite => ({
  ...open(site),
  accesses: site.accesses.map(open),
});

/** Websites of a subject, sealed as they lie, those in force before those that were cancelled. */
async function websitesOf({ db }: Store, subjectId: number): Promise<OurWebsite[]> {
  const websites = await db<Omit<OurWebsite, "domains" | "accesses">[]>`
    select id, bureau_object_id as bureau_id, number, values, cancelled_at is not null as cancelled from websites
    where subject_id = ${subjectId} order by cancelled_at is not null, id`;
  const ids = websites.map(({ id }) => id);
  const domains = await db<(OurDomain & { websiteId: number })[]>`
    select id, website_id, bureau_object_id as bureau_id, domain from domains
    where website_id = any(${ids}::bigint[]) and cancelled_at is null order by id`;
  const accesses = await db<Omit<OurAccess, "ips">[]>`
    select id, website_id, bureau_object_id as bureau_id, values, cancelled_at is not null as cancelled from accesses
    where website_id = any(${ids}::bigint[]) order by cancelled_at is not null, id`;
  const ips = await db<(OurIp & { accessId: number })[]>`
    select id, access_id, bureau_object_id as bureau_id, host(first_ip) as first, host(last_ip) as last
    from access_ips where access_id = any(${accesses.map(({ id }) => id)}::bigint[]) order by id`;
  return websites.map((site) => ({
    ...site,
    domains: domains
      .filter(({ websiteId }) => websiteId === site.id)
      .map(({ websiteId: _, ...domain }) => domain),
    accesses: accesses
      .filter(({ websiteId }) => websiteId === site.id)
      .map((access) => ({
        ...access,
        ips: ips.filter(({ accessId }) => accessId === access.id).map(({ accessId: _, ...ip }) => ip),
      })),
  }));
}
