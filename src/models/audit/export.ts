import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import { actorId } from "../actor.ts";

/** What left the installation as a file: of what, in which form, and whether numbers were in it in full. */
export type Exported = {
  what: "records" | "history" | "sites" | "differences";
  format: "xlsx" | "csv";
  full: boolean;
  /** Why staff took numbers in full: a code of `disclosureReasons`. */
  reason?: string;
  /** Names of the fields that it was narrowed by, never what was typed. */
  by: readonly string[];
};

/** Writes an export into the audit log, before its first row is read. */
export async function recordExport(db: Db, actor: Registrant | Staff, exported: Exported): Promise<void> {
  await db`
    insert into audit_log (isp_id, actor_kind, actor_id, action, detail)
    values (${actor.ispId}, ${actor.kind}, ${actorId(actor)}, ${`export-${exported.what}`}, ${db.json(exported as never)})`;
}
