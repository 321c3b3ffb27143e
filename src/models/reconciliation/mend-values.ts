import type { DataKey } from "../../crypto/vault.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { Values } from "../../vocabulary/filing.ts";
import { parseIpRange } from "../../vocabulary/ip-address.ts";
import { subjectColumns } from "../record/insert.ts";
import { sealRecordValues } from "../record/values.ts";
import type { Store } from "../store.ts";
import { type Mending, type Obstacle, revise, scopeOf } from "./mend.ts";
import { leaderChanges, ownLeader, patchAccess, patchSubject, patchWebsite } from "./patch.ts";
import { isTaken } from "./taken.ts";

/** Writes what the bureau says at a place of the dictionary over ours, with the columns and rows that follow from it. */
export async function mendValues(mending: Mending): Promise<Obstacle | undefined> {
  const kind = scopeOf(mending.row);
  if (kind === "subject") return mendSubject(mending);
  return kind === "website" ? mendWebsite(mending) : mendAccess(mending);
}

async function mendSubject(mending: Mending): Promise<undefined> {
  const { store, record, row, theirs } = mending;
  const after = patchSubject(record.values, row.place, theirs);
  const columns = subjectColumns(store, record.key, record.ispId, record.id, after);
  await store.db`
    update subjects set values = ${store.db.json(columns.sealed)}, name = ${columns.name},
      name_sealed = ${columns.nameSealed}, nature = ${columns.nature}, province = ${columns.province},
      certificate_hash = ${columns.hash}
    where id = ${record.id} and isp_id = ${record.ispId}`;
  await revise(mending, record.values, after);
  await keepLeaders(mending, after);
}

/**
 * Websites whose person is the subject's: where the bureau says of the website what it says of the subject, it follows;
 * where it does not, the website keeps the person that it had.
 */
async function keepLeaders(mending: Mending, after: Values): Promise<void> {
  const { store, record } = mending;
  const changed = leaderChanges(record.values, after);
  const sharing = record.websites.filter(({ values, cancelled }) => values.samePerson === "1" && !cancelled);
  if (changed.length === 0 || sharing.length === 0) return;
  const open = await store.db<{ websiteId: number; place: string }[]>`
    select website_id, place from record_differences
    where subject_id = ${record.id} and website_id is not null and access_id is null and state = 'open'
      and place = any(${changed})`;
  for (const site of sharing) {
    const follows = changed.every((key) =>
      open.some(({ websiteId, place }) => websiteId === site.id && place === key),
    );
    if (follows) continue;
    const own = ownLeader(site.values, record.values);
    await writeWebsite(store, record, site.id, own);
    await revise(mending, site.values, own, "website", site.id);
  }
}

async function mendWebsite(mending: Mending): Promise<Obstacle | undefined> {
  const { store, record, row, theirs } = mending;
  const site = record.websites.find(({ id }) => id === row.websiteId);
  if (!site) return "incomplete";
  if (row.place === "domains" && !(await replaceDomains(mending, listOf(theirs, "domains")))) return "taken";
  const after = patchWebsite(site.values, row.place, theirs, record.values);
  await writeWebsite(store, record, site.id, after);
  await revise(mending, site.values, after);
  return undefined;
}

async function writeWebsite(
  { db }: Store,
  { ispId, key }: { ispId: number; key: DataKey },
  id: number,
  values: Values,
) {
  const sealed = sealRecordValues(key, { ispId, id, kind: "website" }, values);
  await db`
    update websites set values = ${db.json(sealed)}, name = ${textOf(values, "siteName")}
    where id = ${id} and isp_id = ${ispId}`;
}

/** False where another website of the provider has one of them. */
async function replaceDomains({ store, record, row }: Mending, domains: readonly string[]): Promise<boolean> {
  const { db } = store;
  if (await isTaken(db, record.ispId, { domains, except: row.websiteId ?? 0 })) return false;
  await db`
    update domains set cancelled_at = now()
    where website_id = ${row.websiteId} and isp_id = ${record.ispId} and cancelled_at is null
      and not (domain = any(${[...domains]}::text[]))`;
  await db`
    insert into domains (id, isp_id, website_id, domain)
    select nextval('object_ids'), ${record.ispId}, ${row.websiteId}, d from unnest(${[...domains]}::text[]) d
    where not exists (
      select 1 from domains where website_id = ${row.websiteId} and domain = d and cancelled_at is null)`;
  return true;
}

async function mendAccess(mending: Mending): Promise<Obstacle | undefined> {
  const { store, record, row, theirs } = mending;
  const access = record.websites.flatMap(({ accesses }) => accesses).find(({ id }) => id === row.accessId);
  if (!access) return "incomplete";
  if (row.place === "ips") await replaceIps(mending, listOf(theirs, "ips"));
  const after = patchAccess(access.values, row.place, theirs);
  const sealed = sealRecordValues(record.key, { ispId: record.ispId, id: access.id, kind: "access" }, after);
  await store.db`
    update accesses set values = ${store.db.json(sealed)} where id = ${access.id} and isp_id = ${record.ispId}`;
  await revise(mending, access.values, after);
  return undefined;
}

/** Ranges of IPv4 become those of the bureau; the ones that stay keep their ids. */
async function replaceIps({ store, record, row }: Mending, lines: readonly string[]): Promise<void> {
  const { db } = store;
  const ranges = lines.map(endsOf);
  await db`
    delete from access_ips
    where access_id = ${row.accessId} and isp_id = ${record.ispId} and family(first_ip) = 4
      and not (host(first_ip) || '-' || host(last_ip) = any(${ranges.map((ends) => ends.join("-"))}))`;
  await db`
    insert into access_ips (id, isp_id, access_id, first_ip, last_ip)
    select nextval('object_ids'), ${record.ispId}, ${row.accessId}, r.first::inet, r.last::inet
    from unnest(${ranges.map(([first]) => first)}::text[], ${ranges.map(([, last]) => last)}::text[]) r (first, last)
    where not exists (select 1 from access_ips
      where access_id = ${row.accessId} and first_ip = r.first::inet and last_ip = r.last::inet)`;
}

/** First and last address of a range as the bureau has it, also of one that nobody could be reached at. */
export function endsOf(line: string): [string, string] {
  const range = parseIpRange(line);
  if (range.ok) return [range.first, range.last];
  const [first = "", last = first] = line.split("-");
  return [first, last];
}
