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
  /** What it copies from the record; null where it is new, missing in what was kept before there were other kinds. */
  recordId?: number | null;
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
    sections: sections.map(({ id, kind, parentId, position, values, recordId }) => ({
      ...{ id, kind, parentId, position, values, recordId },
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

/**
 * The snapshots of a filing, newest first. One that was taken back (撤回) before anybody looked is none: what was changed
 * with it still counts as changed.
 */
export async function lastSnapshots(store: Store, filing: Filing, count: number): Promise<Snapshot[]> {
  const rows = await store.db<{ eventId: number; sealed: Buffer }[]>`
    select r.event_id, r.sealed from filing_revisions r join filing_events e on e.id = r.event_id
    where r.filing_id = ${filing.id} and r.section_id is null and not exists (
      select 1 from filing_events w
      where w.filing_id = e.filing_id and w.seq > e.seq and w.action in ('withdraw', 'withdraw-verification')
        and not exists (select 1 from filing_events m
          where m.filing_id = e.filing_id and m.seq > e.seq and m.seq < w.seq and m.from_state <> m.to_state))
    order by r.id desc limit ${count}`;
  const key = filingKey(store, filing);
  return rows.map(({ eventId, sealed }) =>
    JSON.parse(open(key, sealed, filingContext(filing, `revision:${eventId}`)).toString()),
  );
}

/**
 * A field or a slot that is not as it was; `before` undefined where the whole section is new. Without field and slot: a
 * section that was added or taken out.
 */
export type Difference = {
  sectionId: number | null;
  kind: SectionKind | null;
  field: string | null;
  slot: string | null;
  before: Values | undefined;
};

/** What differs from `before` to `after`: sections, fields by the dictionary's keys, then materials by their digest. */
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
  return [...sectionsBeside(before, after), ...fields, ...slotsBeside(before, after)];
}

/** Sections that stand on one side alone. */
function sectionsBeside(before: Snapshot, after: Snapshot): Difference[] {
  const without = (all: Snapshot, other: Snapshot) =>
    all.sections.filter(({ id }) => !other.sections.some((one) => one.id === id));
  const beside = ({ id, kind }: SnapshotSection, values: Values | undefined): Difference => ({
    ...{ sectionId: id, kind, field: null, slot: null, before: values },
  });
  return [
    ...without(after, before).map((added) => beside(added, undefined)),
    ...without(before, after).map((gone) => beside(gone, gone.values)),
  ];
}

/** Slots with another picture than before, and those without one now. */
function slotsBeside(before: Snapshot, after: Snapshot): Difference[] {
  type Lain = Snapshot["materials"][number];
  const isAt = (one: Lain, { slot, sectionId }: Lain) => one.slot === slot && one.sectionId === sectionId;
  const put = after.materials.filter(
    (now) => !before.materials.some((old) => isAt(old, now) && old.digest === now.digest),
  );
  const gone = before.materials.filter((old) => !after.materials.some((now) => isAt(now, old)));
  return [...put, ...gone].map(({ sectionId, slot }) => ({
    ...{ sectionId, kind: null, field: null, slot, before: undefined },
  }));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? "") === JSON.stringify(b ?? "");
