import type { Db } from "../../db/client.ts";
import { Conflict } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";

export type NewIsp = {
  /** Lower-case letters, digits and `-`; names the provider on the command line. */
  slug: string;
  name: string;
  legalName: string;
  phone: string;
  serviceHours: string;
  icpNumber?: string;
  qq?: string;
  /** Host names, lower case, under which its pages stand. */
  hosts: readonly string[];
  /** Divisions (GB/T 2260) whose registrants may choose it. */
  regions: readonly string[];
  /** Address ranges that it gives out, both ends included. */
  ranges: readonly { first: string; last: string }[];
};

/** Adds a provider (接入商) and gives its id. Throws `Conflict` when the slug or a host is taken. */
export async function addIsp(root: RootStore, isp: NewIsp): Promise<number> {
  return inTransaction(root, async ({ db }) => {
    const [row] = await db<{ id: number }[]>`
      insert into isps (slug, name, legal_name, phone, service_hours, icp_number, qq)
      values (${isp.slug}, ${isp.name}, ${isp.legalName}, ${isp.phone}, ${isp.serviceHours}, ${isp.icpNumber ?? null},
        ${isp.qq ?? null})
      on conflict (slug) do nothing returning id`;
    if (!row) throw new Conflict(`there is a provider ${isp.slug} already`);
    await addHosts(db, row.id, isp.hosts);
    for (const division of new Set(isp.regions))
      await db`insert into isp_regions (isp_id, division) values (${row.id}, ${division})`;
    for (const { first, last } of isp.ranges)
      await db`insert into isp_ip_ranges (isp_id, first_ip, last_ip) values (${row.id}, ${first}, ${last})`;
    return row.id;
  });
}

async function addHosts(db: Db, ispId: number, hosts: readonly string[]): Promise<void> {
  for (const host of new Set(hosts)) {
    const rows = await db`
      insert into isp_hosts (host, isp_id) values (${host}, ${ispId}) on conflict do nothing returning host`;
    if (rows.length === 0) throw new Conflict(`the host ${host} belongs to another provider`);
  }
}

/** A provider in a list. */
export type IspEntry = {
  id: number;
  slug: string;
  name: string;
  hosts: string;
  regions: number;
  ranges: number;
  bureaus: number;
  staff: number;
};

export const listIsps = (db: Db): Promise<IspEntry[]> => db<IspEntry[]>`
  select i.id, i.slug, i.name,
    coalesce((select string_agg(host, ' ' order by host) from isp_hosts h where h.isp_id = i.id), '') as hosts,
    (select count(*) from isp_regions r where r.isp_id = i.id) as regions,
    (select count(*) from isp_ip_ranges r where r.isp_id = i.id) as ranges,
    (select count(*) from isp_bureaus b where b.isp_id = i.id) as bureaus,
    (select count(*) from staff s where s.isp_id = i.id and s.active) as staff
  from isps i order by i.id`;

/** The provider with this slug, undefined when there is none. */
export async function maybeIspBySlug(
  db: Db,
  slug: string,
): Promise<{ id: number; slug: string; name: string } | undefined> {
  const [row] = await db<{ id: number; slug: string; name: string }[]>`
    select id, slug, name from isps where slug = ${slug}`;
  return row;
}
