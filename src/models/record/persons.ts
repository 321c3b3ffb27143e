import { codeTable } from "../../vocabulary/code-tables.ts";
import type { Registrant, Staff } from "../actor.ts";
import { certificateHold } from "../filing/holds.ts";
import { filingIdsWith, type Lookup, lookupsIn, spelled } from "../filing/lookups.ts";
import type { Store } from "../store.ts";
import { type WholeRecord, wholeRecords } from "./whole.ts";

/** Newest filings of a person that are looked at, and records that are opened for it. */
const MOST = 200;

/** Ids of the records that say each of these today, newest first; of a person who has very many, the newest. */
export async function recordIdsOfPersons(
  store: Store,
  actor: Registrant | Staff,
  wanted: readonly Lookup[],
): Promise<number[]> {
  const ids = await candidates(store, actor, wanted);
  const records = await wholeRecords(store, ids, actor);
  return records.filter((record) => saysAll(record, wanted)).map(({ id }) => id);
}

/** Records that ever said the first of these: by the subject's certificate, or by a filing that said it. */
async function candidates(
  store: Store,
  actor: Registrant | Staff,
  wanted: readonly Lookup[],
): Promise<number[]> {
  const { db } = store;
  const [first] = wanted;
  if (!first) return [];
  const certificates = first.kind === "document" ? certificateHashes(store, first.value) : [];
  const filings = await filingIdsWith(store, actor, [first], MOST);
  const rows = await db<{ id: number }[]>`
    select id from subjects where isp_id = ${actor.ispId}
      and certificate_hash in (select decode(k, 'hex') from unnest(${certificates}::text[]) k)
    union select id from subjects where filing_id = any(${filings}::bigint[])
    union select subject_id from websites where filing_id = any(${filings}::bigint[])
    union select subject_id from filings where id = any(${filings}::bigint[]) and subject_id is not null
    order by id desc limit ${MOST}`;
  return rows.map(({ id }) => id);
}

/** A number without its kind may be of any. */
const certificateHashes = ({ vault }: Store, number: string): string[] =>
  codeTable("cert_type").rows.map(({ code }) =>
    vault
      .lookup("certificate", certificateHold(code, spelled({ kind: "document", value: number })).value)
      .toString("hex"),
  );

function saysAll(record: WholeRecord, wanted: readonly Lookup[]): boolean {
  const said = [
    { kind: "subject" as const, values: record.values },
    ...record.websites.map(({ values }) => ({ kind: "website" as const, values })),
  ].flatMap(lookupsIn);
  return wanted.every((one) => said.some(({ kind, value }) => kind === one.kind && value === spelled(one)));
}
