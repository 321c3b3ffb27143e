import { isSealed, openString, sealString } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { fieldsOf } from "../../vocabulary/fields/index.ts";
import {
  isFilledIn,
  type Section,
  type SectionKind,
  type Values,
  type WebsiteSection,
} from "../../vocabulary/filing.ts";
import { NotFound } from "../errors.ts";
import type { Store } from "../store.ts";
import { type Filing, filingContext, filingKey } from "./rows.ts";

/** A section with the version that a save must name. */
export type StoredSection = Section & {
  parentId: number | null;
  version: number;
  updatedAt: Date;
  recordId: number | null;
  before: Values | null;
  open: boolean;
};

type SectionRow = Omit<StoredSection, "open">;

const sensitiveKeys: Record<SectionKind, ReadonlySet<string>> = {
  subject: keysToSeal("subject"),
  website: keysToSeal("website"),
  access: keysToSeal("access"),
  cancellation: keysToSeal("cancellation"),
};

function keysToSeal(kind: SectionKind): ReadonlySet<string> {
  const sensitive = fieldsOf(kind).filter((field) => field.sensitivity !== "none");
  return new Set(sensitive.flatMap((field) => field.parts.map((part) => part.key)));
}

/**
 * Values as they lie in jsonb: personal ones sealed in place, each bound to its field. A typed text that looks sealed is
 * sealed too, or nobody could open it again.
 */
export function sealValues(
  filing: Filing,
  key: DataKey,
  section: { kind: SectionKind; id: number },
  values: Values,
) {
  const entries = Object.entries(values).map(([name, value]) => {
    const open = !sensitiveKeys[section.kind].has(name) && !isSealed(value);
    if (open || value.length === 0) return [name, value];
    return [name, sealString(key, JSON.stringify(value), filingContext(filing, `${section.id}:${name}`))];
  });
  return Object.fromEntries(entries) as Values;
}

export function openValues(filing: Filing, key: DataKey, section: { id: number }, stored: Values): Values {
  const entries = Object.entries(stored).map(([name, value]) =>
    isSealed(value)
      ? [name, JSON.parse(openString(key, value, filingContext(filing, `${section.id}:${name}`)))]
      : [name, value],
  );
  return Object.fromEntries(entries);
}

/** All sections of a filing in order, opened. */
export async function sectionsOf(store: Store, filing: Filing): Promise<StoredSection[]> {
  const rows = await store.db<SectionRow[]>`
    select id, kind, parent_id, position, version, values, updated_at, record_id, before from filing_sections
    where filing_id = ${filing.id} order by kind, parent_id nulls first, position`;
  const key = filingKey(store, filing);
  return rows.map((row) => ({
    ...row,
    values: openValues(filing, key, row, row.values),
    before: row.before && openValues(filing, key, row, row.before),
    open: isFilledIn(filing, row),
  }));
}

/** The tree that the rules read: one subject, its websites, their accesses, and why it is cancelled. */
export function arrange(sections: readonly StoredSection[]): {
  subject: StoredSection;
  websites: WebsiteSection[];
  cancellation: StoredSection | undefined;
} {
  const subject = sections.find(({ kind }) => kind === "subject");
  if (!subject) throw new NotFound("a filing without a subject");
  const websites = sections.filter(({ kind }) => kind === "website");
  return {
    subject,
    websites: websites.map((website) => ({
      ...website,
      accesses: sections.filter(({ parentId }) => parentId === website.id),
    })),
    cancellation: sections.find(({ kind }) => kind === "cancellation"),
  };
}

/** Adds an empty section at the end of its siblings; the caller holds the filing's lock. */
export async function addSection(
  db: Db,
  filing: Filing,
  kind: SectionKind,
  parentId: number | null,
  values: Values = {},
  recordId: number | null = null,
): Promise<{ id: number; position: number }> {
  const [row] = await db<{ id: number; position: number }[]>`
    insert into filing_sections (filing_id, isp_id, kind, parent_id, position, values, record_id)
    select ${filing.id}, ${filing.ispId}, ${kind}, ${parentId}, coalesce(max(position), 0) + 1, ${db.json(values)}, ${recordId}
    from filing_sections where filing_id = ${filing.id} and kind = ${kind} and parent_id is not distinct from ${parentId}
    returning id, position`;
  if (!row) throw new Error("a section was not written");
  return row;
}

/** Takes a website with its accesses, or an access, out of a draft; the caller holds the filing's lock. */
export async function removeSection(db: Db, filing: Filing, sectionId: number): Promise<void> {
  const rows = await db`
    delete from filing_sections where filing_id = ${filing.id} and id = ${sectionId} and kind <> 'subject' returning id`;
  if (rows.length === 0) throw new NotFound(`no section ${sectionId}`);
}

/** The sections of a filing as a tree, for whoever needs nothing of its materials. */
export const sectionTree = async (store: Store, filing: Filing): Promise<ReturnType<typeof arrange>> =>
  arrange(await sectionsOf(store, filing));
