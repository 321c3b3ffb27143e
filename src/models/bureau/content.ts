import type { Db } from "../../db/client.ts";
import { filingData } from "../filing/findings.ts";
import { keptPassword } from "../filing/icp-password.ts";
import type { Filing } from "../filing/rows.ts";
import { currentMaterials, type Material, materialColumns } from "../material/rows.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import type { Store } from "../store.ts";
import { knownOf } from "./known.ts";
import type { Content, FiledIds } from "./parts.ts";
import type { Bureau } from "./rows.ts";

/** Ids of the domains and address ranges of a filing. */
export async function filedIds(db: Db, filingId: number): Promise<FiledIds> {
  const domains = await db<{ id: number; sectionId: number; domain: string }[]>`
    select id, section_id, domain from filing_domains where filing_id = ${filingId} order by id`;
  const ips = await db<{ id: number; sectionId: number; first: string; last: string }[]>`
    select id, section_id, host(first_ip) as first, host(last_ip) as last from filing_ips
    where filing_id = ${filingId} order by id`;
  return { domains, ips };
}

/** Pictures whose copy for the bureau is there; the bytes are the caller's to fetch. */
export const bureauPictures = async (db: Db, filingId: number): Promise<Material[]> =>
  (await currentMaterials(db, filingId)).filter(
    ({ bureauFile, state }) => bureauFile !== null && state === "ready",
  );

/** A scan of an approval from the filing that put it on record, with that filing's key. */
export type EarlierScan = { forSection: number; material: Material; dataKey: Buffer };

/**
 * Approvals (前置审批) of websites that a change copies and that brings no scan of its own: the interface takes no
 * approval without one, so the newest that was numbered goes again.
 */
export async function earlierScans(db: Db, filingId: number): Promise<EarlierScan[]> {
  const rows = await db<(Material & { forSection: number; dataKey: Buffer })[]>`
    select c.id as for_section, f.data_key, ${materialColumns(db)}
    from filing_sections c cross join lateral (
        select id, filing_id from filing_sections where id = c.record_id and isp_id = c.isp_id
        union select id, filing_id from filing_sections where record_id = c.record_id and isp_id = c.isp_id) o
      join filings f on f.id = o.filing_id and f.state = 'numbered'
      join materials m on m.section_id = o.id and m.slot = 'preApproval' and m.retired_at is null
        and m.state = 'ready' and m.bureau_file is not null
    where c.filing_id = ${filingId} and c.kind = 'website' and c.record_id is not null
      and not exists (select 1 from materials n
        where n.section_id = c.id and n.slot = 'preApproval' and n.retired_at is null)
    order by c.id, f.id desc`;
  const newest = rows.filter(
    ({ forSection }, at) => rows.findIndex((row) => row.forSection === forSection) === at,
  );
  return newest.map(({ forSection, dataKey, ...material }) => ({ forSection, material, dataKey }));
}

/** Everything an upload is made of but the bytes of the pictures. */
export async function contentOf(
  store: Store,
  filing: Filing,
  bureau: Bureau,
): Promise<Omit<Content, "pictures">> {
  return {
    data: await filingData(store, filing),
    targetId: filing.targetId,
    ids: await filedIds(store.db, filing.id),
    known: await knownOf(store.db, filing),
    province: await ruleInForce(store.db, filing.ispId, filing.province),
    bureauIspId: bureau.bureauIspId,
    version: bureau.version,
    onBehalf: filing.authorStaffId !== null,
    passwordHash: await keptPassword(store, filing),
  };
}
