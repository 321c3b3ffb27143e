import { open, seal } from "../../crypto/seal.ts";
import { fieldsOf } from "../../vocabulary/fields/index.ts";
import type { SectionKind, Values } from "../../vocabulary/filing.ts";
import { currentMaterials } from "../material/rows.ts";
import type { Store } from "../store.ts";
import { type Filing, filingContext, filingKey } from "./rows.ts";
import { sectionsOf } from "./sections.ts";

type SnapshotSection = {
  id: number;
  kind: SectionKind;
  parentId: number | null;
  position: number;
  values: Values;
};

/** What was submitted: every value, and which picture lay in which slot. */
export type Snapshot = {
  sections: SnapshotSection[];
  materials: { id: number; slot: string; sectionId: number | null; digest: string }[];
};

export async function currentSnapshot(store: Store, filing: Filing): Promise<Snapshot> {
  const sections = await sectionsOf(store, filing);
  const materials = await currentMaterials(store.db, filing.id);
  return {
    sections: sections.map(({ id, kind, parentId, position, values }) => ({
      id,
      kind,
      parentId,
      position,
      values,
    })),
    materials: materials.map(({ id, slot, sectionId, digest }) => ({
      id,
      slot,
      sectionId,
      digest: digest.toString("hex"),
    })),
  };
}

/** Keeps what is submitted with its event, sealed under the filing's key. */
export async function writeSnapshot(store: Store, filing: Filing, eventId: number): Promise<void> {
  const snapshot = JSON.stringify(await currentSnapshot(store, filing));
  const sealed = seal(filingKey(store, filing), snapshot, filingContext(filing, `revision:${eventId}`));
  await store.db`insert into filing_revisions (filing_id, event_id, sealed) values (${filing.id}, ${eventId}, ${sealed})`;
}

/** The snapshots of a filing, newest first. */
export async function lastSnapshots(store: Store, filing: Filing, count: number): Promise<Snapshot[]> {
  const rows = await store.db<{ eventId: number; sealed: Buffer }[]>`
    select event_id, sealed from filing_revisions where filing_id = ${filing.id} and section_id is null
    order by id desc limit ${count}`;
  const key = filingKey(store, filing);
  return rows.map(({ eventId, sealed }) =>
    JSON.parse(open(key, sealed, filingContext(filing, `revision:${eventId}`)).toString()),
  );
}

/** A field or a slot that is not as it was; `before` undefined where the whole section is new. */
export type Difference = {
  sectionId: number | null;
  kind: SectionKind | null;
  field: string | null;
  slot: string | null;
  before: Values | undefined;
};

/** What differs from `before` to `after`: fields by the dictionary's keys, then materials by their digest. */
export function differences(before: Snapshot | undefined, after: Snapshot): Difference[] {
  if (!before) return [];
  const fields = after.sections.flatMap((section) => {
    const former = before.sections.find(({ id }) => id === section.id)?.values;
    return fieldsOf(section.kind)
      .filter((field) => field.parts.some(({ key }) => !same(former?.[key], section.values[key])))
      .map((field) => ({
        sectionId: section.id,
        kind: section.kind,
        field: field.key,
        slot: null,
        before: former,
      }));
  });
  const slots = after.materials
    .filter(
      (now) =>
        !before.materials.some(
          (old) => old.slot === now.slot && old.sectionId === now.sectionId && old.digest === now.digest,
        ),
    )
    .map(({ sectionId, slot }) => ({ sectionId, kind: null, field: null, slot, before: undefined }));
  return [...fields, ...slots];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? "") === JSON.stringify(b ?? "");
