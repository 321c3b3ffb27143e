import type { Db } from "../../db/client.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import type { ChangedWebsite } from "../../gateways/bureau/operations.ts";
import { filingKey } from "../filing/rows.ts";
import { type Files, readPicture } from "../material/files.ts";
import { type Material, materialColumns } from "../material/rows.ts";
import type { Store } from "../store.ts";

type Scan = { material: Material; dataKey: Buffer };

/** The newest scan of an approval (前置审批) that was numbered with a website of ours. */
async function scanOf(db: Db, ispId: number, websiteId: number): Promise<Scan | undefined> {
  const [row] = await db<(Material & { dataKey: Buffer })[]>`
    select f.data_key, ${materialColumns(db)} from filing_sections c
      join filings f on f.id = c.filing_id and f.state = 'numbered'
      join materials m on m.section_id = c.id and m.slot = 'preApproval' and m.retired_at is null
        and m.state = 'ready' and m.bureau_file is not null
    where c.isp_id = ${ispId} and (c.id = ${websiteId} or c.record_id = ${websiteId})
    order by f.id desc, m.id desc limit 1`;
  if (!row) return undefined;
  const { dataKey, ...material } = row;
  return { dataKey, material };
}

/** What the bureau itself sent of a website's approvals, as base64. */
const theirScans = ({ websites, raw }: BureauRecord, bureauId: number): string[] => {
  const at = websites.findIndex((site) => site.bureauId === bureauId);
  const site = raw.children.filter(({ name }) => name === "Wz_xx")[at];
  const approvals = site?.children.find(({ name }) => name === "Nrlx")?.children ?? [];
  return approvals.flatMap(({ children }) =>
    children.filter(({ name, text }) => name === "Spwj" && text !== "").map(({ text }) => text),
  );
};

/**
 * Websites of an answer with the scans that the interface wants beside each approval: ours, else what the bureau sent.
 * Where there is neither the answer cannot be sent, which the schema says.
 */
export async function withScans(
  { db, vault, files }: Store & { files: Files },
  ispId: number,
  record: BureauRecord,
  websites: readonly ChangedWebsite[],
): Promise<ChangedWebsite[]> {
  const scansOf = async (site: ChangedWebsite): Promise<Uint8Array[]> => {
    const own = site.id ? await scanOf(db, ispId, site.id) : undefined;
    if (own) return [await readPicture(files, filingKey({ db, vault }, own), own.material, "bureau")];
    return theirScans(record, site.bureauId).map((text) => Buffer.from(text, "base64"));
  };
  return Promise.all(
    websites.map(async (site) => {
      if (site.approvals.length === 0) return site;
      const scans = await scansOf(site);
      return { ...site, approvals: site.approvals.map((one) => ({ ...one, scans })) };
    }),
  );
}
