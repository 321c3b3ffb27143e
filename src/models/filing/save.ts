import { seal } from "../../crypto/seal.ts";
import { isIndividual } from "../../vocabulary/code-tables.ts";
import { filedDomain } from "../../vocabulary/domain.ts";
import type { SectionKind, Values } from "../../vocabulary/filing.ts";
import { parseIpRange } from "../../vocabulary/ip-address.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { syncEvidence } from "../evidence/write.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { findLocks, withLocked } from "../type-check/locks.ts";
import { holdsOf, listOf } from "./findings.ts";
import { syncHolds } from "./holds.ts";
import { syncLookups } from "./lookups.ts";
import { mustBeWritable } from "./on-behalf.ts";
import { type Filing, filingContext, filingKey, lockFiling } from "./rows.ts";
import { arrange, type StoredSection, sealValues, sectionsOf } from "./sections.ts";

export type Save = { filingId: number; sectionId: number; version: number; values: Values };

/** Saved under a new version, or somebody else saved first and `theirs` is what stands there now. */
export type Saved = { saved: true; version: number } | { saved: false; theirs: StoredSection };

/**
 * Saves one section (row 2 of the table). Never refuses for what was typed; refuses for who, when and an old version.
 * `values` are all values of the section; those that the type check locked stay as they are. Throws NotFound and TransitionRefused.
 */
export async function saveSection(store: RootStore, actor: Actor, wanted: Save): Promise<Saved> {
  return inTransaction(store, async (inside) => {
    const filing = await lockFiling(inside.db, wanted.filingId, actor);
    mustBeWritable(filing, actor);
    const section = (await sectionsOf(inside, filing)).find(({ id }) => id === wanted.sectionId);
    if (!section?.open) throw new NotFound(`no section ${wanted.sectionId} to fill in`);
    const values = withLocked(await findLocks(inside.db, filing, section), section.values, wanted.values);
    if (same(section.values, values)) return { saved: true, version: section.version };
    if (section.version !== wanted.version) return { saved: false, theirs: section };
    await save(inside, filing, section, values);
    return { saved: true, version: section.version + 1 };
  });
}

const same = (a: Values, b: Values): boolean => {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => JSON.stringify(a[key] ?? "") === JSON.stringify(b[key] ?? ""));
};

/** Writes the values with all that hangs on them; the caller holds the filing's lock and has asked the table. */
export async function save(
  store: Store,
  filing: Filing,
  section: { id: number; kind: SectionKind },
  values: Values,
): Promise<void> {
  const sealed = sealValues(filing, filingKey(store, filing), section, values);
  await store.db`
    update filing_sections set values = ${store.db.json(sealed)}, version = version + 1, updated_at = now()
    where id = ${section.id} and filing_id = ${filing.id}`;
  if (section.kind === "website") await syncDomains(store, filing, section.id, values);
  if (section.kind === "access") await syncAddresses(store, filing, section.id, values);
  await refreshSummary(store, filing);
}

/** Domains keep their id as long as they stay in the website. */
async function syncDomains({ db }: Store, filing: Filing, sectionId: number, values: Values): Promise<void> {
  const domains = listOf(values, "domains").flatMap((line) => filedDomain(line, String(filing.nature)) ?? []);
  await db`delete from filing_domains where section_id = ${sectionId} and not (domain = any(${domains}))`;
  await db`
    insert into filing_domains (filing_id, isp_id, section_id, domain)
    select ${filing.id}, ${filing.ispId}, ${sectionId}, d from unnest(${domains}::text[]) d on conflict do nothing`;
}

/** Address ranges likewise; a line that is no address has no row, and the rules say so. */
async function syncAddresses(
  { db }: Store,
  filing: Filing,
  sectionId: number,
  values: Values,
): Promise<void> {
  const ranges = listOf(values, "ips")
    .map(parseIpRange)
    .flatMap((range) => (range.ok ? [range] : []));
  const keep = ranges.map(({ first, last }) => `${first}-${last}`);
  await db`
    delete from filing_ips where section_id = ${sectionId}
      and not (host(first_ip) || '-' || host(last_ip) = any(${keep}))`;
  for (const { first, last } of ranges)
    await db`
      insert into filing_ips (filing_id, isp_id, section_id, first_ip, last_ip)
      values (${filing.id}, ${filing.ispId}, ${sectionId}, ${first}, ${last}) on conflict do nothing`;
}

/** What lists and queues show, and what the filing holds alone, follow every save; the caller holds the lock. */
export async function refreshSummary(store: Store, filing: Filing): Promise<void> {
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  const { name = "", nature = "" } = subject.values;
  const province = String(subject.values.province ?? "");
  const personal = isIndividual(nature);
  const sealed = seal(filingKey(store, filing), String(name), filingContext(filing, "subject-name"));
  const [first] = websites;
  await store.db`
    update filings set nature = ${Number(nature) || filing.nature}, province = ${province === "" ? null : province},
      subject_name = ${personal ? null : String(name)},
      subject_name_sealed = ${sealed},
      site_name = ${String(first?.values.siteName ?? "")}, domain = ${listOf(first?.values ?? {}, "domains")[0] ?? null},
      updated_at = now()
    where id = ${filing.id}`;
  await syncHolds(store, filing, holdsOf({ subject, websites }));
  await syncLookups(store, filing, { subject, websites });
  await syncEvidence(store, filing, { subject, websites });
}
