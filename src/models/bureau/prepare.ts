import type { Db } from "../../db/client.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { writeSnapshot } from "../filing/snapshots.ts";
import { inTransaction, type RootStore } from "../store.ts";
import type { Bureau } from "./rows.ts";

/** 新增备案, Czlx of a first filing. */
export const FIRST_FILING = 1;

/** A file that lies safe in the file store and waits for its row. */
export type Prepared = {
  fileName: string;
  sequence: number;
  file: string;
  contentHash: string;
  bytes: number;
};

/**
 * Writes the row of a package whose file is safe, and keeps the values that went into it as a snapshot: the record is
 * made of them when the numbers come. Gives false when the filing is not to be uploaded any more.
 */
export function insertPackage(
  root: RootStore,
  bureau: Bureau,
  filingId: number,
  ready: Prepared,
): Promise<boolean> {
  return inTransaction(root, async (store) => {
    const filing = await lockFiling(store.db, filingId, { kind: "system" });
    if (filing.state !== "uploading" || filing.bureauId !== bureau.id) return false;
    await freeUnusedNumbers(store.db, bureau.id);
    await store.db`
      insert into bureau_packages (isp_id, bureau_id, filing_id, sequence, file_name, operation, file, content_hash, bytes)
      values (${filing.ispId}, ${bureau.id}, ${filing.id}, ${ready.sequence}, ${ready.fileName}, ${FIRST_FILING},
        ${ready.file}, ${ready.contentHash}, ${ready.bytes})`;
    await writeSnapshot(store, filing, await lastUploadEvent(store.db, filing));
    return true;
  });
}

/** A failed package that the bureau never took in holds a number that the next one needs: no gap may arise. */
const freeUnusedNumbers = (db: Db, bureauId: number) => db`
  update bureau_packages set state = 'void', settled_at = now()
  where bureau_id = ${bureauId} and state = 'failed' and accepted_at is null`;

async function lastUploadEvent(db: Db, filing: Filing): Promise<number> {
  const [event] = await db<{ id: number }[]>`
    select id from filing_events where filing_id = ${filing.id} and to_state = 'uploading'
      and from_state is distinct from 'uploading'
    order by seq desc limit 1`;
  if (!event) throw new Error("a filing is uploading without an event");
  return event.id;
}
