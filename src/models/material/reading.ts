import { seal } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { isReadSlot, readKind } from "../../rules/read-facts.ts";
import type { ReadDocument } from "../../vocabulary/filing.ts";
import { filingData } from "../filing/findings.ts";
import { filingKey, maybeFiling } from "../filing/rows.ts";
import { ispSettings } from "../isp/settings.ts";
import type { Store } from "../store.ts";
import { type Material, materialColumns, materialContext } from "./rows.ts";

/** Why nothing was read: the picture cannot be, or the reading was ended again and again. */
export type ReadProblem = "unreadable" | "stopped";

/** A picture that waits to be read, with the key of its filing and what kind of document it should show. */
export type Unread = { material: Material; key: DataKey; kind: ReadDocument["kind"] };

/** Behind all else that waits: a filing never waits for its pictures to be read. */
const PRIORITY = 50;

/**
 * Asks for a picture to be read, in the transaction that made it ready. One picture at a time in the whole installation:
 * reading takes seconds of a processor, and nobody waits for it. Nothing where the provider has switched it off.
 */
export async function askToRead(
  db: Db,
  { id, ispId, slot }: Pick<Material, "id" | "ispId" | "slot">,
): Promise<void> {
  if (!isReadSlot(slot) || !(await ispSettings(db, ispId)).recognition) return;
  const options = { key: `read-document:${id}`, queue: "read-document", priority: PRIORITY, maxAttempts: 5 };
  await enqueue(db, "read-document", { materialId: id }, options);
}

/** The picture if it still waits to be read; undefined when it was read, replaced, or shows nothing that can be read. */
export async function maybeUnread(store: Store, id: number): Promise<Unread | undefined> {
  const [material] = await store.db<Material[]>`
    select ${materialColumns(store.db)} from materials m
    where m.id = ${id} and m.state = 'ready' and m.retired_at is null and m.supplement_id is null and m.read_at is null`;
  const filing = material && (await maybeFiling(store.db, material.filingId));
  if (!filing || !(await ispSettings(store.db, filing.ispId)).recognition) return undefined;
  const kind = readKind(await filingData(store, filing), material.slot, material.sectionId);
  return kind && { material, key: filingKey(store, filing), kind };
}

/** Records what was read, sealed, once; false when the picture was replaced meanwhile or another run was faster. */
export async function recordReading(
  { db }: Store,
  { material, key }: Unread,
  read: ReadDocument,
): Promise<boolean> {
  const sealed = seal(key, JSON.stringify(read), materialContext(material, "read"));
  const rows = await db`
    update materials set read_sealed = ${sealed}, read_at = now(), read_problem = null
    where id = ${material.id} and retired_at is null and read_at is null returning id`;
  return rows.length > 0;
}

/** Records that nothing could be read; nobody is told, and the picture stays as good as it was. */
export async function recordUnread({ db }: Store, id: number, problem: ReadProblem): Promise<void> {
  await db`
    update materials set read_at = now(), read_problem = ${problem}
    where id = ${id} and retired_at is null and read_at is null`;
}
