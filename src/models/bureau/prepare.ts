import type { Db } from "../../db/client.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { writeSnapshot } from "../filing/snapshots.ts";
import { inTransaction, type RootStore } from "../store.ts";
import { blankVoided } from "./blank.ts";
import type { Labels } from "./names.ts";
import type { Bureau } from "./rows.ts";
import { isStillToSend } from "./supplements.ts";

/** A file that lies safe in the file store and waits for its row. */
export type Prepared = {
  fileName: string;
  sequence: number;
  file: string;
  contentHash: string;
  bytes: number;
  /** The file holds the hash of a 备案密码. */
  hasPassword: boolean;
} & Labels;

/**
 * Writes the row of a package whose file is safe, and keeps the values that went into it as a snapshot: the record is
 * made of them when the numbers come. "gone": the filing is not to be uploaded any more; "busy": another upload about
 * the same subject is under way.
 */
export function insertPackage(
  root: RootStore,
  bureau: Bureau,
  filingId: number,
  ready: Prepared,
): Promise<"made" | "gone" | "busy"> {
  return inTransaction(root, async (store) => {
    const filing = await lockFiling(store.db, filingId, { kind: "system" });
    if (filing.state !== "uploading" || filing.bureauId !== bureau.id) return "gone";
    await freeUnusedNumbers(store.db, bureau.id);
    if (!(await insertRow(store.db, bureau, filing, ready))) return "busy";
    await writeSnapshot(store, filing, await lastUploadEvent(store.db, filing));
    return "made";
  });
}

async function insertRow(
  db: Db,
  bureau: Bureau,
  filing: Pick<Filing, "id" | "ispId">,
  ready: Prepared & { supplementId?: number },
): Promise<boolean> {
  const rows = await db`
    insert into bureau_packages (isp_id, bureau_id, filing_id, sequence, file_name, operation, about, subject,
      has_password, file, content_hash, bytes, supplement_id)
    values (${filing.ispId}, ${bureau.id}, ${filing.id}, ${ready.sequence}, ${ready.fileName}, ${ready.operation},
      ${ready.about}, ${ready.subject}, ${ready.hasPassword}, ${ready.file}, ${ready.contentHash}, ${ready.bytes},
        ${ready.supplementId ?? null})
    on conflict (bureau_id, subject) where state in ('prepared', 'sending', 'accepted') and operation <> 35
      do nothing
    returning id`;
  return rows.length > 0;
}

/**
 * Writes the row of a package with one paper (单独提交核验材料); its filing goes on as it is. "gone": the paper does not
 * wait any more, somebody gave it to the bureau in another way meanwhile.
 */
export function insertSupplement(
  root: RootStore,
  bureau: Bureau,
  { id, filingId, ispId }: { id: number; filingId: number; ispId: number },
  ready: Omit<Prepared, "hasPassword">,
): Promise<"made" | "gone"> {
  return inTransaction(root, async ({ db }) => {
    await lockFiling(db, filingId, { kind: "system" });
    if (!(await isStillToSend(db, id))) return "gone";
    await freeUnusedNumbers(db, bureau.id);
    const filing = { id: filingId, ispId };
    await insertRow(db, bureau, filing, { ...ready, hasPassword: false, supplementId: id });
    return "made";
  });
}

/** A failed package that the bureau never took in holds a number that the next one needs: no gap may arise. */
async function freeUnusedNumbers(db: Db, bureauId: number): Promise<void> {
  await db`
    update bureau_packages set state = 'void', settled_at = now()
    where bureau_id = ${bureauId} and state = 'failed' and accepted_at is null`;
  await blankVoided(db, bureauId);
}

async function lastUploadEvent(db: Db, filing: Filing): Promise<number> {
  const [event] = await db<{ id: number }[]>`
    select id from filing_events where filing_id = ${filing.id} and to_state = 'uploading'
      and from_state is distinct from 'uploading'
    order by seq desc limit 1`;
  if (!event) throw new Error("a filing is uploading without an event");
  return event.id;
}
