import type { Db } from "../../db/client.ts";
import type { Store } from "../store.ts";
import type { Filing } from "./rows.ts";

/** What a filing holds alone among the open filings of its provider. */
export type Hold = { kind: "certificate" | "domain" | "record"; value: string };

export const certificateHold = (certType: string, certNo: string): Hold => ({
  kind: "certificate",
  value: `${certType}:${certNo.toUpperCase()}`,
});

export const domainHold = (domain: string): Hold => ({ kind: "domain", value: domain.toLowerCase() });

/** A subject on record: one filing at a time works on it. */
export const recordHold = (subjectId: number): Hold => ({ kind: "record", value: `subject:${subjectId}` });

const digestOf = (store: Store, hold: Hold): Buffer => store.vault.lookup(`hold:${hold.kind}`, hold.value);

/** As hexadecimal text: the driver does not send arrays of bytes. */
const keysOf = (db: Db, keyed: readonly { key: Buffer }[]) =>
  db`(select decode(k, 'hex') from unnest(${keyed.map(({ key }) => key.toString("hex"))}::text[]) k)`;

/**
 * Makes the filing hold exactly what is wanted, as far as it is free; what another open filing has stays with that one.
 * Gives what could not be had. The caller holds the filing's lock; the primary key decides a race.
 */
export async function syncHolds(
  store: Store,
  filing: Pick<Filing, "id" | "ispId">,
  wanted: readonly Hold[],
): Promise<Hold[]> {
  const { db } = store;
  const keyed = wanted.map((hold) => ({ ...hold, key: digestOf(store, hold) }));
  await db`
    delete from filing_holds where filing_id = ${filing.id}
      and key not in ${keysOf(db, keyed)}`;
  const refused: Hold[] = [];
  // In one order for everybody, so that two saves never wait for each other in a circle.
  for (const { kind, value, key } of keyed.sort((a, b) => Buffer.compare(a.key, b.key))) {
    const [row] = await db<{ filingId: number }[]>`
      insert into filing_holds (isp_id, kind, key, filing_id) values (${filing.ispId}, ${kind}, ${key}, ${filing.id})
      on conflict (isp_id, kind, key) do update set key = excluded.key returning filing_id`;
    if (row?.filingId !== filing.id) refused.push({ kind, value });
  }
  return refused;
}

/** Which of these another open filing of the provider holds now; takes nothing. */
export async function heldByOthers(
  store: Store,
  filing: Pick<Filing, "id" | "ispId">,
  wanted: readonly Hold[],
): Promise<Hold[]> {
  const keyed = wanted.map((hold) => ({ hold, key: digestOf(store, hold) }));
  const rows = await store.db<{ kind: string; key: Buffer }[]>`
    select kind, key from filing_holds
    where isp_id = ${filing.ispId} and filing_id <> ${filing.id} and key in ${keysOf(store.db, keyed)}`;
  return keyed
    .filter(({ hold, key }) => rows.some((row) => row.kind === hold.kind && row.key.equals(key)))
    .map(({ hold }) => hold);
}

/** Of these, what an open filing of the account itself has, with that filing's number. */
export async function heldByOwn(
  store: Store,
  { accountId, ispId }: { accountId: number; ispId: number },
  wanted: readonly Hold[],
): Promise<{ kind: Hold["kind"]; number: string }[]> {
  const keyed = wanted.map((hold) => ({ key: digestOf(store, hold) }));
  return store.db<{ kind: Hold["kind"]; number: string }[]>`
    select h.kind, f.number from filing_holds h join filings f on f.id = h.filing_id
    where h.isp_id = ${ispId} and f.account_id = ${accountId} and h.key in ${keysOf(store.db, keyed)}
    order by h.kind`;
}

/** Frees everything the filing holds. */
export async function freeHolds({ db }: Store, filing: Pick<Filing, "id">): Promise<void> {
  await db`delete from filing_holds where filing_id = ${filing.id}`;
}

/**
 * Which of these any open filing of the provider holds, the filing that this very form has opened left out: before a
 * filing is opened.
 */
export async function heldByOthersOf(
  store: Store,
  { accountId, ispId }: { accountId: number; ispId: number },
  wanted: readonly Hold[],
  requestId: string,
): Promise<Hold[]> {
  const [own] = await store.db<{ filingId: number }[]>`
    select filing_id from type_checks where account_id = ${accountId} and request_id::text = ${requestId}`;
  return heldByOthers(store, { id: own?.filingId ?? 0, ispId }, wanted);
}
