import type { Sql } from "../../db/client.ts";
import { chainFaults, type FilingEvent } from "../filing/history.ts";
import { brokenAnchors } from "./anchors.ts";

/**
 * A place where the history does not hold. `changed`: the event is not what was written · `missing`: one before it is
 * gone or was put in · `state`: the filing is not where its last event left it · `anchor`: the heads of a day differ
 */
export type HistoryFault =
  | { fault: "changed" | "missing"; filing: string; seq: number }
  | { fault: "state"; filing: string; seq: number | null }
  | { fault: "anchor"; day: string };

export type Verified = { filings: number; events: number; anchors: number; faults: HistoryFault[] };

/** Events that are in memory at once, beside those of one filing. */
const BATCH = 2000;

/**
 * Checks every chain from its first event, the state of every filing against its last event, and every daily anchor.
 * Reads all events once, in the order of the index, and keeps one filing in memory.
 */
export async function verifyHistory(db: Sql): Promise<Verified> {
  const chains = await verifyChains(db);
  const anchors = await db<{ count: number }[]>`select count(*) as count from audit_anchors`;
  const broken = (await brokenAnchors(db)).map(({ day }) => ({ fault: "anchor" as const, day }));
  const faults = [...(await named(db, chains.faults)), ...(await strayStates(db)), ...broken];
  return { filings: chains.filings, events: chains.events, anchors: anchors[0]?.count ?? 0, faults };
}

type Fault = ReturnType<typeof chainFaults>[number];

async function verifyChains(db: Sql): Promise<{ filings: number; events: number; faults: Fault[] }> {
  const sum = { filings: 0, events: 0, faults: [] as Fault[] };
  let chain: FilingEvent[] = [];
  const endChain = (): void => {
    if (chain.length === 0) return;
    sum.filings++;
    sum.faults.push(...chainFaults(chain));
    chain = [];
  };
  const all = db<FilingEvent[]>`
    select id, filing_id, isp_id, seq, action, actor_kind, actor_id, from_state, to_state, request_id, detail,
      created_at, prev_hash, hash
    from filing_events order by filing_id, seq`;
  for await (const rows of all.cursor(BATCH))
    for (const event of rows) {
      if (chain[0] && chain[0].filingId !== event.filingId) endChain();
      chain.push(event);
      sum.events++;
    }
  endChain();
  return sum;
}

async function named(db: Sql, faults: readonly Fault[]): Promise<HistoryFault[]> {
  const rows = await db<{ id: number; number: string }[]>`
    select id, number from filings where id = any(${faults.map(({ filingId }) => filingId)}::bigint[])`;
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  return faults.map(({ filingId, seq, fault }) => ({
    fault,
    filing: numbers.get(filingId) ?? `#${filingId}`,
    seq,
  }));
}

/** A chain whose end was cut off is whole in itself, but its filing stands elsewhere. */
const strayStates = async (db: Sql): Promise<HistoryFault[]> => {
  const rows = await db<{ filing: string; seq: number | null }[]>`
    select f.number as filing, e.seq from filings f
      left join lateral (select seq, to_state from filing_events where filing_id = f.id order by seq desc limit 1) e on true
    where e.to_state is distinct from f.state order by f.id limit 1000`;
  return rows.map((row) => ({ fault: "state" as const, ...row }));
};
