import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { type IspSettings, readSettings } from "./settings.ts";

/** What everybody reads on the pages of a provider and its administrator changes. */
export type IspContact = { phone: string; qq: string | null; serviceHours: string; icpNumber: string | null };

/** All that the page of settings shows; `name`, `legalName`, `hosts` and `regions` are changed by the operator alone. */
export type IspProfile = IspContact & {
  name: string;
  legalName: string;
  hosts: string[];
  regions: string[];
  settings: IspSettings;
  version: number;
};

type Row = Omit<IspProfile, "settings"> & { settings: unknown };

/** The provider of this member of staff with its settings; every setting has a value. */
export async function ispProfile(db: Db, { ispId }: Staff): Promise<IspProfile> {
  const [row] = await db<Row[]>`
    select name, legal_name, phone, qq, service_hours, icp_number, settings, version,
      array(select host from isp_hosts h where h.isp_id = i.id order by host) as hosts,
      array(select division from isp_regions r where r.isp_id = i.id order by division) as regions
    from isps i where id = ${ispId}`;
  if (!row) throw new NotFound(`no provider ${ispId}`);
  return { ...row, settings: readSettings(row.settings) };
}

type Stored = Record<string, unknown>;

const isGroup = (value: unknown): value is Stored =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Groups of settings (`reviewDays`) are merged, so that what the page does not show stays. */
function merged(stored: Stored, changes: Stored): Stored {
  const entries = Object.entries(changes).map(([key, value]) => {
    const before = stored[key];
    return [key, isGroup(value) && isGroup(before) ? { ...before, ...value } : value];
  });
  return { ...stored, ...Object.fromEntries(entries) };
}

/** Keys with another value than before, with both: nothing of a provider's settings is personal or secret. */
function differences(before: Stored, after: Stored): Record<string, [unknown, unknown]> {
  const changed = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, [before[key] ?? null, after[key]]]));
}

export type SettingChanges = { contact: IspContact; settings: Stored };

/**
 * Writes contact data and settings and what was changed into the audit log. Throws Conflict where somebody changed them
 * since `seen`, a ZodError for a value that no setting may have.
 */
export const changeSettings = (
  root: RootStore,
  actor: Staff,
  seen: number,
  { contact, settings }: SettingChanges,
): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    const [row] = await db<{ settings: Stored; version: number }[]>`
      select settings, version from isps where id = ${actor.ispId} for update`;
    if (!row) throw new NotFound(`no provider ${actor.ispId}`);
    if (row.version !== seen) throw new Conflict(`the settings were changed meanwhile`);
    const before = await ispProfile(db, actor);
    const stored = merged(row.settings, settings);
    const after = readSettings(stored);
    await db`
      update isps set ${db(contact)}, settings = ${db.json(stored as never)}, version = version + 1
      where id = ${actor.ispId}`;
    const detail = { ...differences(before, contact), ...differences(before.settings, after) };
    await recordLook(db, actor, "change-settings", [null], { changed: detail });
  });
