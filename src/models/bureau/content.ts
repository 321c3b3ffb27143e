import type { Db } from "../../db/client.ts";
import { filingData } from "../filing/findings.ts";
import type { Filing } from "../filing/rows.ts";
import { currentMaterials, type Material } from "../material/rows.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import type { Store } from "../store.ts";
import type { Content, FiledIds } from "./first-filing.ts";
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

/** Everything a package is made of but the bytes of the pictures. */
export async function contentOf(
  store: Store,
  filing: Filing,
  bureau: Bureau,
): Promise<Omit<Content, "pictures">> {
  return {
    data: await filingData(store, filing),
    ids: await filedIds(store.db, filing.id),
    province: await ruleInForce(store.db, filing.ispId, filing.province),
    bureauIspId: bureau.bureauIspId,
    onBehalf: filing.authorStaffId !== null,
  };
}
