import { openText, seal } from "../../crypto/seal.ts";
import type { Store } from "../store.ts";
import { type Filing, filingContext, filingKey } from "./rows.ts";

/** Keeps what staff wrote for staff with an act, sealed beside its event. */
export async function writeNote(store: Store, filing: Filing, eventId: number, words: string): Promise<void> {
  const sealed = seal(filingKey(store, filing), words, filingContext(filing, `note:${eventId}`));
  await store.db`
    insert into filing_notes (filing_id, event_id, sealed) values (${filing.id}, ${eventId}, ${sealed})`;
}

/** The notes of a filing by the event they belong to. */
export async function notesOf(store: Store, filing: Filing): Promise<ReadonlyMap<number, string>> {
  const rows = await store.db<{ eventId: number; sealed: Buffer }[]>`
    select event_id, sealed from filing_notes where filing_id = ${filing.id} order by id`;
  const key = filingKey(store, filing);
  return new Map(
    rows.map(({ eventId, sealed }) => [
      eventId,
      openText(key, sealed, filingContext(filing, `note:${eventId}`)),
    ]),
  );
}
