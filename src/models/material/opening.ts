import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { type Actor, hasRole, type Registrant, type Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { visibleTo } from "../filing/rows.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { fileOf } from "./files.ts";
import { type Material, materialColumns } from "./rows.ts";

/** The copies that people look at; the bureau's goes to the bureau alone. */
export const viewedCopies = ["full", "thumbnail"] as const;

export type ViewedCopy = (typeof viewedCopies)[number];

export const isViewedCopy = (copy: string): copy is ViewedCopy => viewedCopies.some((one) => one === copy);

/** Which picture: by its id, or what lies in a slot now. */
export type Wanted = { filing: string; copy: ViewedCopy } & (
  | { id: number }
  | { slot: string; sectionId: number }
);

/** A picture that may be opened: the row, the copy and the key that opens it. */
export type Opening = { material: Material; copy: ViewedCopy; key: DataKey };

/** 初审, 核验 and 上报 see pictures (and 主管, who may do what they may); 客服 and 管理员 do not. */
const seesPictures = (actor: Actor): boolean => hasRole(actor, "initial_reviewer", "verifier", "submitter");

type Row = Material & { dataKey: Buffer };

/**
 * Finds a picture for the filing's owner, or for staff of its provider whose role sees pictures; each opening by staff
 * goes into the audit log. Throws NotFound for everybody else, and where there is no such copy.
 */
export async function materialForActor(
  store: RootStore,
  actor: Registrant | Staff,
  wanted: Wanted,
): Promise<Opening> {
  return inTransaction(store, async (inside) => {
    const row = await find(inside, actor, wanted);
    if (!row || fileOf(row, wanted.copy) === null) throw new NotFound(`no picture for this ${actor.kind}`);
    if (actor.kind === "staff") await recordOpening(inside, actor, row, wanted.copy);
    const { dataKey, ...material } = row;
    return { material, copy: wanted.copy, key: inside.vault.unwrap(dataKey) };
  });
}

/** A draft that staff write for its registrant: whoever puts the pictures in sees them. */
const onBehalf = (db: Db) =>
  db`f.author_staff_id is not null and f.handed_at is null and f.state in ('draft', 'returned', 'photo_due')`;

async function find({ db }: Store, actor: Registrant | Staff, wanted: Wanted): Promise<Row | undefined> {
  const which =
    "id" in wanted
      ? db`m.id = ${wanted.id}`
      : db`m.slot = ${wanted.slot} and m.section_id = ${wanted.sectionId}
          and m.retired_at is null and m.supplement_id is null`;
  const sees = actor.kind === "registrant" || seesPictures(actor) ? db`true` : db`false`;
  const writes = actor.kind === "staff" ? db`${onBehalf(db)}` : db`false`;
  const [row] = await db<Row[]>`
    select ${materialColumns(db)}, f.data_key from materials m join filings f on f.id = m.filing_id
    where f.number = ${wanted.filing} and ${visibleTo(db, actor)} and (${sees} or ${writes}) and ${which}`;
  return row;
}

const recordOpening = async (
  { db }: Store,
  actor: Staff,
  material: Material,
  copy: ViewedCopy,
): Promise<void> => {
  const detail = { materialId: material.id, slot: material.slot, copy };
  await db`
    insert into audit_log (isp_id, actor_kind, actor_id, action, filing_id, detail)
    values (${material.ispId}, 'staff', ${actor.staffId}, 'open-material', ${material.filingId}, ${db.json(detail)})`;
};
