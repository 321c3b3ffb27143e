import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { Inspection as Entry } from "../../gateways/bureau/downloads.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { recordMeant } from "../record/meant.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

export type InspectionKind = Entry["of"];

/** 核查结果: something that the bureau found wrong with what is on record. */
export type Inspection = {
  id: number;
  kind: InspectionKind;
  /** Hcjg: of an access 1 多报, 2 少报; of a website without access 0 存活, 1 死亡. */
  finding: number | null;
  number: string | null;
  domain: string | null;
  subjectId: number | null;
  websiteId: number | null;
  cameAt: Date;
  doneAt: Date | null;
  doneByName: string | null;
  /** As the bureau wrote it. */
  entry: Entry;
  note: string;
};

type Row = Omit<Inspection, "entry" | "note"> & {
  ispId: number;
  dataKey: Buffer;
  entrySealed: Buffer;
  noteSealed: Buffer | null;
};

const columns = (db: Db) => db`
  i.id, i.isp_id, i.kind, i.finding, i.number, i.domain, i.subject_id, i.website_id, i.came_at, i.done_at, i.data_key,
  i.entry_sealed, i.note_sealed, s.name as done_by_name
  from inspections i left join staff s on s.id = i.done_by`;

const context = (ispId: number, part: "entry" | "note"): string => `isp:${ispId}:inspection:${part}`;

function opened({ vault }: Pick<Store, "vault">, row: Row): Inspection {
  const { ispId, dataKey, entrySealed, noteSealed, ...rest } = row;
  const key = vault.unwrap(dataKey);
  return {
    ...rest,
    entry: JSON.parse(openText(key, entrySealed, context(ispId, "entry"))) as Entry,
    note: noteSealed ? openText(key, noteSealed, context(ispId, "note")) : "",
  };
}

/** Text of an element directly below the entry. */
export const toldIn = ({ raw }: Entry, name: string): string =>
  raw.children.find((one) => one.name === name)?.text ?? "";

const numberIn = (entry: Entry, name: string): number | undefined => {
  const text = toldIn(entry, name);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

type Place = { ispId: number; bureauId: number; answerId: number; position: number };

/** Takes in one entry, inside the caller's transaction. */
export async function takeInspection(store: Store, place: Place, entry: Entry): Promise<void> {
  const { db, vault } = store;
  const { of: kind, bureauId: id, certificate } = entry;
  const number = entry.number ?? (toldIn(entry, "Wz_Baxh") || null);
  const websiteId = numberIn(entry, "Wzid");
  const meant = await recordMeant(store, place, {
    subjects: kind === "subject" && id ? [id] : [],
    websites: websiteId ? [websiteId] : [],
    accesses: kind === "access" && id ? [id] : [],
    numbers: number ? [number] : [],
    certificate,
    domains: entry.domain ? [entry.domain] : [],
  });
  const { key, wrapped } = vault.newDataKey();
  const sealed = seal(key, JSON.stringify(entry), context(place.ispId, "entry"));
  await db`
    insert into inspections (isp_id, bureau_id, answer_id, position, kind, finding, number, domain, subject_id, website_id,
      data_key, entry_sealed)
    values (${place.ispId}, ${place.bureauId}, ${place.answerId}, ${place.position}, ${kind},
      ${numberIn(entry, "Hcjg") ?? null}, ${number}, ${entry.domain ?? null}, ${meant?.subjectId ?? null},
      ${meant?.websiteId ?? null}, ${wrapped}, ${sealed})`;
}

/** Those that wait, oldest first: with an id above `after`. */
export async function openInspections(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { after = 0, limit }: { after?: number | undefined; limit: number },
): Promise<Inspection[]> {
  const { db } = store;
  const rows = await db<Row[]>`
    select ${columns(db)} where i.isp_id = ${ispId} and i.done_at is null and i.id > ${after}
    order by i.id limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

/** Those that somebody saw to, newest first: with an id below `before`. */
export async function doneInspections(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<Inspection[]> {
  const { db } = store;
  const rows = await db<Row[]>`
    select ${columns(db)} where i.isp_id = ${ispId} and i.done_at is not null and i.id < ${before}
    order by i.id desc limit ${limit}`;
  return rows.map((row) => opened(store, row));
}

export async function inspectionCount(db: Db, { ispId }: Pick<Staff, "ispId">): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    select count(*) as n from inspections where isp_id = ${ispId} and done_at is null`;
  return row?.n ?? 0;
}

/** One of the provider. Throws NotFound. */
export async function findInspection(
  store: Store,
  { ispId }: Pick<Staff, "ispId">,
  id: number,
): Promise<Inspection> {
  const { db } = store;
  const [row] = await db<Row[]>`select ${columns(db)} where i.isp_id = ${ispId} and i.id = ${id}`;
  if (!row) throw new NotFound(`no inspection ${id}`);
  return opened(store, row);
}

/** Somebody has seen to it; a second time changes nothing, and gives false. Throws NotFound for another provider's. */
export async function closeInspection(
  root: RootStore,
  actor: Staff,
  id: number,
  note: string,
): Promise<boolean> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 work on inspections");
  await findInspection(root, actor, id);
  return inTransaction(root, async ({ db, vault }) => {
    const [row] = await db<{ dataKey: Buffer }[]>`
      select data_key from inspections where id = ${id} and isp_id = ${actor.ispId} and done_at is null for update`;
    if (!row) return false;
    const sealed = note === "" ? null : seal(vault.unwrap(row.dataKey), note, context(actor.ispId, "note"));
    await db`
      update inspections set done_at = now(), done_by = ${actor.staffId}, note_sealed = ${sealed} where id = ${id}`;
    await recordLook(db, actor, "close-inspection", [null], { inspection: id });
    return true;
  });
}
