import { lockFiling } from "../filing/rows.ts";
import { arrange, sectionsOf } from "../filing/sections.ts";
import { ended } from "../filing/states.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { syncEvidence, syncRecordEvidence } from "./write.ts";

type What = "filing" | "record";

/** How many filings or records one transaction makes up for. */
const BATCH = 50;

const fillers: Record<What, (store: Store, id: number) => Promise<void>> = {
  filing: async (store, id) => {
    const filing = await lockFiling(store.db, id, { kind: "system" });
    if (!ended.includes(filing.state))
      await syncEvidence(store, filing, arrange(await sectionsOf(store, filing)));
  },
  record: syncRecordEvidence,
};

/**
 * Writes the evidence of filings and records that were there before the table: digests need the keys, so no migration
 * can. Goes on where it stopped; gives how many were written now, none when all are done. `signal` ends it between two
 * batches.
 */
export async function fillEvidence(root: RootStore, signal?: AbortSignal): Promise<number> {
  let written = 0;
  for (const what of ["filing", "record"] as const) {
    for (let count = BATCH; count > 0 && !signal?.aborted; written += count)
      count = await inTransaction(root, (store) => fillBatch(store, what));
  }
  return written;
}

async function fillBatch(store: Store, what: What): Promise<number> {
  const { db } = store;
  const [place] = await db<{ doneTo: number; endsAt: number }[]>`
    select done_to, ends_at from evidence_fill where what = ${what} for update`;
  if (!place || place.doneTo >= place.endsAt) return 0;
  const rows = await db<{ id: number }[]>`
    select id from ${db(what === "filing" ? "filings" : "subjects")}
    where id > ${place.doneTo} and id <= ${place.endsAt} order by id limit ${BATCH}
    ${what === "record" ? db`for no key update` : db``}`;
  for (const { id } of rows) await fillers[what](store, id);
  const doneTo = rows.at(-1)?.id ?? place.endsAt;
  await db`update evidence_fill set done_to = ${doneTo} where what = ${what}`;
  return rows.length;
}
