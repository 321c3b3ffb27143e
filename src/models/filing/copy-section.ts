import type { SectionKind, Values } from "../../vocabulary/filing.ts";
import type { Store } from "../store.ts";
import { type Filing, filingKey } from "./rows.ts";
import { save } from "./save.ts";
import { addSection, sealValues } from "./sections.ts";

/**
 * Copies a subject, website or access of a record into a filing that was just made, and keeps what stands there for old
 * beside new. Gives the section's id.
 */
export async function copySection(
  store: Store,
  filing: Filing,
  kind: SectionKind,
  record: { id: number; values: Values },
  parentId: number | null,
): Promise<number> {
  const { id } = await addSection(store.db, filing, kind, parentId, {}, record.id);
  const before = sealValues(filing, filingKey(store, filing), { kind, id }, record.values);
  await store.db`update filing_sections set before = ${store.db.json(before)} where id = ${id}`;
  await save(store, filing, { id, kind }, record.values);
  return id;
}
