import type { Db } from "../../db/client.ts";
import type { JobName, Jobs } from "../../jobs.ts";
import type { CodesFor } from "./in-force.ts";

type KeyOf<Payload> = Payload extends Record<string, never> ? never : keyof Payload;
/** What payloads name. */
type Named = KeyOf<Jobs[JobName]>;

type Owner = { ispId: number; filing?: string | null; bureauId?: number | null };
type Find = (db: Db, id: string | number) => Promise<Owner[]>;

/** Whose a job is, by what its payload names: of a provider, and where there is one of its filing or bureau. */
const owners: { [Key in Named]: Find } = {
  filingId: (db, id) => db<Owner[]>`select isp_id, number as filing from filings where id = ${id}`,
  materialId: (db, id) => db<Owner[]>`
    select f.isp_id, f.number as filing from materials m join filings f on f.id = m.filing_id where m.id = ${id}`,
  appointmentId: (db, id) => db<Owner[]>`
    select f.isp_id, f.number as filing from appointments a join filings f on f.id = a.filing_id where a.id = ${id}`,
  noticeId: (db, id) => db<Owner[]>`
    select n.isp_id, f.number as filing from notices n left join filings f on f.id = n.filing_id where n.id = ${id}`,
  bureauId: (db, id) => db<Owner[]>`select isp_id, id as bureau_id from isp_bureaus where id = ${id}`,
  packageId: (db, id) => db<Owner[]>`select isp_id, bureau_id from bureau_packages where id = ${id}`,
  certificateId: (db, id) => db<Owner[]>`select isp_id from certificates where id = ${id}`,
  checkId: (db, id) => db<Owner[]>`select isp_id from type_checks where id = ${id}`,
  batchId: (db, id) => db<Owner[]>`select isp_id from batches where id = ${id}`,
  deliveryId: (db, id) => db<Owner[]>`select isp_id from hook_deliveries where id = ${id}`,
};

/** Undefined for a job that is nobody's own, such as the reminders of all providers, and where its object is gone. */
export async function codesForJob(db: Db, payload: Jobs[JobName]): Promise<CodesFor | undefined> {
  const [name, id] = Object.entries(payload)[0] ?? [];
  const find = owners[name as Named] as Find | undefined;
  const [owner] = find && id !== undefined ? await find(db, id) : [];
  if (!owner) return undefined;
  const { ispId, filing, bureauId } = owner;
  if (filing) return { ispId, about: { filing } };
  return { ispId, ...(bureauId && { about: { bureauId } }) };
}
