import { openText } from "../../crypto/seal.ts";
import type { SectionKind } from "../../vocabulary/filing.ts";
import type { Store } from "../store.ts";
import { placeLabel, reasonText } from "./announce.ts";
import { type Filing, filingContext, filingKey } from "./rows.ts";

/** One place to correct, as the registrant reads it. */
export type Returned = {
  id: number;
  sectionId: number | null;
  sectionKind: SectionKind | null;
  field: string | null;
  slot: string | null;
  reason: string;
  /** 网站名称, 真实性核验单 … */
  label: string;
  /** What is wrong and what to do. */
  text: string;
  createdAt: Date;
};

type Row = Omit<Returned, "label" | "text"> & { eventId: number; noteSealed: Buffer | null };

/** The places named by the newest return of a filing; empty when it was never returned. */
export async function lastReturn(store: Store, filing: Filing): Promise<Returned[]> {
  const rows = await store.db<Row[]>`
    select r.id, r.event_id, r.section_id, s.kind as section_kind, r.field, r.slot, r.reason, r.note_sealed, e.created_at
    from filing_returns r join filing_events e on e.id = r.event_id left join filing_sections s on s.id = r.section_id
    where r.filing_id = ${filing.id}
      and r.event_id = (select max(event_id) from filing_returns where filing_id = ${filing.id})
    order by r.id`;
  const key = filingKey(store, filing);
  return rows.map(({ eventId, noteSealed, ...row }) => {
    const note = noteSealed ? openText(key, noteSealed, filingContext(filing, `return:${eventId}`)) : "";
    return {
      ...row,
      label: placeLabel(row, row.sectionKind ?? undefined),
      text: reasonText({ ...row, note }),
    };
  });
}
