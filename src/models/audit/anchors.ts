import { createHash } from "node:crypto";
import type { Db, Sql } from "../../db/client.ts";
import { isoDate } from "../../lib/dates.ts";

export type Anchor = { day: string; filings: number; lastEventId: number; digest: Buffer };

type Head = { filingId: number; seq: number; hash: Buffer };

/** How many heads are held in memory at once. */
const BATCH = 5000;

/** A head in 44 bytes: filing id (8, big endian), number of its last event (4), digest of that event (32). */
function headBytes({ filingId, seq, hash }: Head): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64BE(BigInt(filingId), 0);
  bytes.writeInt32BE(seq, 8);
  return Buffer.concat([bytes, hash]);
}

/**
 * Folds the heads of all chains, as they stood at an event, into one digest: SHA-256 over `headBytes` in the order of
 * the filings' ids. The same event gives the same digest for ever, unless somebody changed the history.
 */
export async function digestOfHeads(
  db: Db,
  lastEventId: number,
): Promise<{ filings: number; digest: Buffer }> {
  const digest = createHash("sha256");
  let filings = 0;
  const heads = db<Head[]>`
    select distinct on (filing_id) filing_id, seq, hash from filing_events
    where id <= ${lastEventId} order by filing_id, seq desc`;
  for await (const rows of heads.cursor(BATCH)) {
    for (const head of rows) digest.update(headBytes(head));
    filings += rows.length;
  }
  return { filings, digest: digest.digest() };
}

/** The newest event before which none is still being written: waits for the transactions that write now. */
const settledEvent = (db: Sql): Promise<number> =>
  db.begin(async (tx) => {
    await tx`set local lock_timeout = '10s'`;
    await tx`lock table filing_events in share mode`;
    const [row] = await tx<{ id: number | null }[]>`select max(id) as id from filing_events`;
    return row?.id ?? 0;
  }) as Promise<number>;

/** Writes the anchor of the day of `now` (Asia/Shanghai); a second call on that day changes nothing. */
export async function anchorHistory(db: Sql, now: Date): Promise<Anchor | undefined> {
  const lastEventId = await settledEvent(db);
  const { filings, digest } = await digestOfHeads(db, lastEventId);
  const [anchor] = await db<Anchor[]>`
    insert into audit_anchors (day, filings, last_event_id, digest)
    values (${isoDate(now)}, ${filings}, ${lastEventId}, ${digest})
    on conflict (day) do nothing returning day, filings, last_event_id, digest`;
  return anchor;
}

/** Anchors that the history no longer agrees with, oldest first; empty when it is whole. */
export async function brokenAnchors(db: Sql): Promise<Anchor[]> {
  const anchors = await db<Anchor[]>`
    select day, filings, last_event_id, digest from audit_anchors order by day`;
  const broken: Anchor[] = [];
  for (const anchor of anchors) {
    const { digest } = await digestOfHeads(db, anchor.lastEventId);
    if (!digest.equals(anchor.digest)) broken.push(anchor);
  }
  return broken;
}
