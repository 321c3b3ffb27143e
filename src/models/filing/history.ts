import { createHash } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { type Actor, actorId } from "../actor.ts";
import type { State } from "./states.ts";
import type { Action } from "./workflow.ts";

/** One thing that happened to a filing. `detail` holds keys, codes and digests, never a value of a person. */
export type FilingEvent = {
  id: number;
  filingId: number;
  ispId: number;
  seq: number;
  action: Action;
  actorKind: Actor["kind"];
  actorId: number | null;
  fromState: State | null;
  toState: State;
  requestId: string;
  detail: Record<string, unknown>;
  createdAt: Date;
  prevHash: Buffer;
  hash: Buffer;
};

export type NewEvent = {
  filing: { id: number; ispId: number };
  action: Action;
  actor: Actor;
  from: State | null;
  to: State;
  requestId: string;
  detail: Record<string, unknown>;
};

const GENESIS = Buffer.alloc(32);

/** The digest that chains an event to the one before it: sha256(previous digest, then the row as canonical JSON). */
export function eventHash(
  prevHash: Uint8Array,
  event: Omit<FilingEvent, "id" | "prevHash" | "hash">,
): Buffer {
  const row = [
    event.filingId,
    event.ispId,
    event.seq,
    event.action,
    event.actorKind,
    event.actorId,
    event.fromState,
    event.toState,
    event.requestId,
    canonical(event.detail),
    event.createdAt.toISOString(),
  ];
  return createHash("sha256").update(prevHash).update(JSON.stringify(row)).digest();
}

/** JSON with sorted keys: jsonb does not keep the order in which they were written. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]);
}

/** Appends to the chain; the caller holds the lock of the filing's row. Gives the event's id. */
export async function appendEvent(db: Db, event: NewEvent): Promise<number> {
  const [last] = await db<{ now: Date; seq: number | null; hash: Buffer | null }[]>`
    select date_trunc('milliseconds', clock_timestamp()) as now, e.seq, e.hash from (select) one
    left join lateral (
      select seq, hash from filing_events where filing_id = ${event.filing.id} order by seq desc limit 1) e on true`;
  const row = {
    filingId: event.filing.id,
    ispId: event.filing.ispId,
    seq: (last?.seq ?? 0) + 1,
    action: event.action,
    actorKind: event.actor.kind,
    actorId: actorId(event.actor),
    fromState: event.from,
    toState: event.to,
    requestId: event.requestId,
    detail: event.detail,
    createdAt: last?.now ?? new Date(),
  };
  const prevHash = last?.hash ?? GENESIS;
  const [{ id } = { id: 0 }] = await db<{ id: number }[]>`
    insert into filing_events (filing_id, isp_id, seq, action, actor_kind, actor_id, from_state, to_state, request_id,
      detail, created_at, prev_hash, hash)
    values (${row.filingId}, ${row.ispId}, ${row.seq}, ${row.action}, ${row.actorKind}, ${row.actorId},
      ${row.fromState}, ${row.toState}, ${row.requestId}, ${db.json(row.detail as never)}, ${row.createdAt},
      ${prevHash}, ${eventHash(prevHash, row)})
    returning id`;
  return id;
}

/** The history of a filing, oldest first. */
export const eventsOf = (db: Db, filingId: number): Promise<FilingEvent[]> => db<FilingEvent[]>`
  select id, filing_id, isp_id, seq, action, actor_kind, actor_id, from_state, to_state, request_id, detail,
    created_at, prev_hash, hash
  from filing_events where filing_id = ${filingId} order by seq`;

/** A place where a chain is broken: an event was changed, taken out or put in. */
export type ChainFault = { filingId: number; seq: number; fault: "changed" | "missing" };

/** Checks one chain from its first event; an empty list when it is whole. */
export function chainFaults(events: readonly FilingEvent[]): ChainFault[] {
  let prev: Uint8Array = GENESIS;
  return events.flatMap((event, index) => {
    const missing = event.seq !== index + 1 || !Buffer.from(prev).equals(event.prevHash);
    const changed = !eventHash(event.prevHash, event).equals(event.hash);
    prev = event.hash;
    if (!missing && !changed) return [];
    return [
      {
        filingId: event.filingId,
        seq: event.seq,
        fault: changed ? ("changed" as const) : ("missing" as const),
      },
    ];
  });
}
