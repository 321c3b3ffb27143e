import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import type { RecordWebsite } from "../../gateways/bureau/downloads.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { Scope, Values } from "../../vocabulary/filing.ts";
import { cutDomains } from "../cut/open.ts";
import { ispSettings } from "../isp/settings.ts";
import { insertDomains, insertIps, subjectColumns } from "./insert.ts";
import { keepRevision } from "./revisions.ts";
import { openRecordValues, sealRecordValues } from "./values.ts";
import {
  accessesOf,
  lockedSubjectKey,
  pairsOf,
  recordIdOf,
  type SentSection,
  sitesOf,
  subjectOf,
  theirAccess,
  type Writing,
  withoutNumber,
} from "./writing.ts";

type Place = { writing: Writing; key: DataKey; subjectId: number };

/**
 * 变更: what stands on record becomes what was sent, under the same ids; both values are kept. Domains and address ranges
 * that stay keep their ids, ours and the bureau's. What the change did not copy, or the bureau cancelled since, is left
 * alone.
 */
export async function replaceRecord(writing: Writing): Promise<void> {
  const { store, filing } = writing;
  if (filing.subjectId === null) throw new Error("a change without its subject");
  const key = await lockedSubjectKey(store, filing.subjectId);
  const place = { writing, key, subjectId: filing.subjectId };
  const pairs = pairsOf(writing);
  await replaceSubject(place, subjectOf(writing));
  for (const site of sitesOf(writing)) {
    const theirs = pairs.find((pair) => pair.site === site)?.theirs;
    await replaceWebsite(place, site, theirs);
    for (const access of accessesOf(writing, site)) await replaceAccess(place, access, theirs);
  }
}

async function replaceSubject(place: Place, section: SentSection): Promise<void> {
  const { writing, key, subjectId } = place;
  const { store, filing, record } = writing;
  if (!(await keep(place, "subject", section))) return;
  const columns = subjectColumns(store, key, filing.ispId, subjectId, section.values);
  await store.db`
    update subjects set values = ${store.db.json(columns.sealed)}, name = ${columns.name},
      name_sealed = ${columns.nameSealed}, nature = ${columns.nature}, province = ${columns.province},
      certificate_hash = ${columns.hash},
      bureau_object_id = coalesce(bureau_object_id, ${record.subject.bureauId ?? null})
    where id = ${subjectId}`;
}

async function replaceWebsite(
  place: Place,
  section: SentSection,
  theirs: RecordWebsite | undefined,
): Promise<void> {
  const { writing, key } = place;
  const { store, filing, ids } = writing;
  const id = recordIdOf(section);
  if (!(await keep(place, "website", section))) return;
  const sealed = sealRecordValues(
    key,
    { ispId: filing.ispId, id, kind: "website" },
    withoutNumber(section.values),
  );
  await store.db`
    update websites set values = ${store.db.json(sealed)}, name = ${textOf(section.values, "siteName")},
      bureau_object_id = coalesce(bureau_object_id, ${theirs?.bureauId ?? null})
    where id = ${id}`;
  const domains = ids.domains.filter(({ sectionId }) => sectionId === section.id).map(({ domain }) => domain);
  const dropped = await store.db<{ domain: string }[]>`
    update domains set cancelled_at = now()
    where website_id = ${id} and cancelled_at is null and not (domain = any(${domains})) returning domain`;
  // Without an access here its domains are free for others, see `cancelRecord`.
  if (!(await hasAccess(store.db, id))) return;
  await insertDomains(writing, id, section, theirs);
  const unfiled = dropped.map(({ domain }) => domain);
  if (unfiled.length > 0) await cutDropped(writing, id, unfiled);
}

/** A domain that is filed no more must not lead to a website here, whatever else stays. */
async function cutDropped({ store, filing }: Writing, websiteId: number, domains: string[]): Promise<void> {
  const { id, ispId } = filing;
  const { cuts } = await ispSettings(store.db, ispId);
  if (cuts.own)
    await cutDomains(store, { ispId, cause: "filing", reference: `filing:${id}` }, websiteId, domains);
}

async function hasAccess(db: Db, websiteId: number): Promise<boolean> {
  const [row] = await db`
    select 1 from accesses where website_id = ${websiteId} and cancelled_at is null limit 1`;
  return row !== undefined;
}

async function replaceAccess(
  place: Place,
  section: SentSection,
  site: RecordWebsite | undefined,
): Promise<void> {
  const { writing, key } = place;
  const { store, filing, ids } = writing;
  const id = recordIdOf(section);
  const theirs = theirAccess(writing, site, id);
  if (!(await keep(place, "access", section))) return;
  const sealed = sealRecordValues(key, { ispId: filing.ispId, id, kind: "access" }, section.values);
  await store.db`
    update accesses set values = ${store.db.json(sealed)},
      bureau_object_id = coalesce(bureau_object_id, ${theirs?.bureauId ?? null})
    where id = ${id}`;
  const ranges = ids.ips
    .filter(({ sectionId }) => sectionId === section.id)
    .map(({ first, last }) => `${first}-${last}`);
  await store.db`
    delete from access_ips
    where access_id = ${id} and not (host(first_ip) || '-' || host(last_ip) = any(${ranges}))`;
  await insertIps(writing, id, section, theirs);
}

const tables = { subject: "subjects", website: "websites", access: "accesses" } as const;

/** Keeps both values of an object whose values change; false for one that is cancelled, which keeps its own. */
async function keep({ writing, key, subjectId }: Place, kind: Scope, section: SentSection): Promise<boolean> {
  const { store, filing } = writing;
  const { db } = store;
  const id = recordIdOf(section);
  const [row] = await db<{ values: Values; cancelled: boolean }[]>`
    select values, cancelled_at is not null as cancelled from ${db(tables[kind])} where id = ${id}`;
  if (!row) throw new Error(`no ${kind} ${id} on record`);
  if (row.cancelled) return false;
  const before = openRecordValues(key, { ispId: filing.ispId, id }, row.values);
  await keepRevision(db, key, { ispId: filing.ispId, subjectId, kind, id }, filing.id, {
    before: withoutNumber(before),
    after: withoutNumber(section.values),
  });
  return true;
}
