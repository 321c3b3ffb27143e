import type { Db } from "../../db/client.ts";
import { parentOf } from "../../vocabulary/divisions.ts";
import { type IspSettings, readSettings } from "./settings.ts";

/** A provider (接入商) with what its pages show. */
export type Isp = {
  id: number;
  slug: string;
  name: string;
  legalName: string;
  icpNumber: string | null;
  phone: string;
  qq: string | null;
  serviceHours: string;
  settings: IspSettings;
};

type Row = Omit<Isp, "settings"> & { settings: unknown };

const toIsp = (row: Row | undefined): Isp | undefined =>
  row && { ...row, settings: readSettings(row.settings) };

const columns = (db: Db) =>
  db`i.id, i.slug, i.name, i.legal_name, i.icp_number, i.phone, i.qq, i.service_hours, i.settings`;

/** The provider whose pages a host name (without port, lower case) shows; undefined for a neutral host. */
export async function findIspByHost(db: Db, host: string): Promise<Isp | undefined> {
  const [row] = await db<Row[]>`
    select ${columns(db)} from isps i join isp_hosts h on h.isp_id = i.id where h.host = ${host}`;
  return toIsp(row);
}

export async function findIsp(db: Db, id: number): Promise<Isp | undefined> {
  const [row] = await db<Row[]>`select ${columns(db)} from isps i where i.id = ${id}`;
  return toIsp(row);
}

/** The provider that was made first: what a host without a provider shows in the demo. */
export async function firstIsp(db: Db): Promise<Isp | undefined> {
  const [row] = await db<Row[]>`select ${columns(db)} from isps i order by i.id limit 1`;
  return toIsp(row);
}

/** A division and what lies above it: 330108 → 330108, 330100, 330000. */
function withParents(division: string): string[] {
  const parent = parentOf(division);
  return parent ? [division, ...withParents(parent)] : [division];
}

/** Providers that serve a place: those with the county, its city or its province among their regions. */
export async function ispsServing(db: Db, division: string): Promise<{ id: number; name: string }[]> {
  if (!/^\d{6}$/.test(division)) return [];
  return db<{ id: number; name: string }[]>`
    select i.id, i.name from isps i
    where exists (select 1 from isp_regions r where r.isp_id = i.id and r.division = any(${withParents(division)}))
    order by i.name, i.id`;
}

/** Host names of a provider, for the addresses in mails. */
export async function hostsOf(db: Db, ispId: number): Promise<string[]> {
  const rows = await db<{ host: string }[]>`select host from isp_hosts where isp_id = ${ispId} order by host`;
  return rows.map(({ host }) => host);
}
