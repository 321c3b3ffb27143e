import type { DataKey } from "../../crypto/vault.ts";
import type { PictureFault } from "../../vocabulary/filing.ts";
import { bureauFor } from "../bureau/rows.ts";
import { type Filing, filingKey, maybeFiling } from "../filing/rows.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type Likeness, recordLikeness } from "./likeness.ts";
import { askToRead } from "./reading.ts";
import { type Material, materialColumns } from "./rows.ts";
import { slotsOf } from "./slots.ts";

/** A picture that waits for its copies, with the key that seals it and what the bureau's copy may weigh. */
export type Unprepared = { material: Material; originalFile: string; key: DataKey; limitBytes: number };

/** The copies of a picture: ids of the file store, and what the page says of them. */
export type Copies = {
  fullFile: string;
  bureauFile: string;
  thumbnailFile: string;
  bureauBytes: number;
  width: number;
  height: number;
  faults: PictureFault[];
};

/** What the bureau takes of a slot that the rules know no more (its section was removed meanwhile). */
const USUAL_LIMIT = 73 * 1024;

/** The picture if it still waits for its copies; undefined when it is prepared, failed, replaced or gone. */
export async function maybeUnprepared(store: Store, id: number): Promise<Unprepared | undefined> {
  const [material] = await store.db<Material[]>`
    select ${materialColumns(store.db)} from materials m
    where m.id = ${id} and m.state = 'processing' and m.retired_at is null and m.original_file is not null`;
  const filing = material && (await maybeFiling(store.db, material.filingId));
  if (!material?.originalFile || !filing) return undefined;
  const limitBytes = await limitOf(store, filing, material);
  return { material, originalFile: material.originalFile, key: filingKey(store, filing), limitBytes };
}

/** The limit of the slot, or what the filing's bureau takes besides (`pictureBytes` of its settings, by slot). */
async function limitOf(store: Store, filing: Filing, { slot, sectionId }: Material): Promise<number> {
  const bureau = await bureauFor(store.db, filing.ispId, filing.province);
  const own = (bureau?.settings.pictureBytes as Record<string, unknown> | undefined)?.[slot];
  if (typeof own === "number") return own;
  const slots = await slotsOf(store, filing);
  return slots.find((one) => one.slot === slot && one.sectionId === sectionId)?.limitBytes ?? USUAL_LIMIT;
}

/**
 * Records the copies, once: false when another run was faster or the picture was replaced, and then the copies belong
 * to nobody. The original is let go in the same moment; its bytes are removed afterwards. `likeness` is of a picture that
 * is compared with those of other filings. A document that can be read waits to be, unless `read` is false.
 */
export const recordCopies = (
  store: RootStore,
  id: number,
  copies: Copies,
  likeness?: Likeness,
  options: { read?: boolean } = {},
): Promise<boolean> =>
  inTransaction(store, async ({ db }) => {
    const [row] = await db<Material[]>`
      update materials m set state = 'ready', ready_at = now(), original_file = null, problem = null, ${db(copies)}
      where id = ${id} and state = 'processing' and retired_at is null returning ${materialColumns(db)}`;
    if (row && likeness) await recordLikeness(db, row, likeness);
    if (row && options.read !== false) await askToRead(db, row);
    return row !== undefined;
  });

/** Records that no copies can be made, with the code of what is wrong; the original is let go likewise. */
export async function recordFailure({ db }: Store, id: number, problem: string): Promise<boolean> {
  const rows = await db`
    update materials set state = 'failed', problem = ${problem}, original_file = null
    where id = ${id} and state = 'processing' and retired_at is null returning id`;
  return rows.length > 0;
}

/** The original of a picture that was replaced or deleted before it was prepared: let go, for the caller to remove. */
export async function abandonOriginal({ db }: Store, id: number): Promise<string | undefined> {
  const [row] = await db<{ file: string }[]>`
    with old as (select id, original_file from materials where id = ${id} and retired_at is not null
      and state = 'processing' and original_file is not null for update)
    update materials m set original_file = null from old where m.id = old.id returning old.original_file as file`;
  return row?.file;
}
