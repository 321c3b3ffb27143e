import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { maybeSlot } from "../../rules/slots.ts";
import type { MaterialState } from "../../vocabulary/filing.ts";
import { type Filing, filingContext, filingKey } from "../filing/rows.ts";
import type { Store } from "../store.ts";

/**
 * 补传资料: `wanted` staff asked for it · `received` it waits for staff · `checked` taken in · `to_send` taken in while
 * the filing is at the bureau, where it goes by itself (单独提交核验材料) · `sent` it is there · `rejected` · `dropped` not
 * wanted any more.
 */
export type SupplementState = "wanted" | "received" | "checked" | "to_send" | "sent" | "rejected" | "dropped";

/** A supplement with its picture, opened. */
export type Supplement = {
  id: number;
  filingId: number;
  state: SupplementState;
  slot: string;
  sectionId: number;
  /** 真实性核验单, 其他材料 … */
  label: string;
  /** What staff asked for, what the registrant wrote with it, why it was rejected; "" for none. */
  wish: string;
  note: string;
  answer: string;
  takenBy: number | null;
  takenUntil: Date | null;
  createdAt: Date;
  receivedAt: Date | null;
  decidedAt: Date | null;
  picture: { id: number; state: MaterialState["state"]; problem: string | null; seen: boolean } | undefined;
};

export type SupplementWords = "wish" | "note" | "answer";

/** Seals what was written about a supplement under the filing's key; null for nothing. */
export const sealWords = (
  store: Store,
  filing: Filing,
  what: SupplementWords,
  words: string,
): Buffer | null =>
  words === "" ? null : seal(filingKey(store, filing), words, filingContext(filing, `supplement-${what}`));

type Row = Omit<Supplement, "label" | "wish" | "note" | "answer" | "picture"> & {
  wishSealed: Buffer | null;
  noteSealed: Buffer | null;
  answerSealed: Buffer | null;
  pictureId: number | null;
  pictureState: MaterialState["state"] | null;
  pictureProblem: string | null;
  pictureSeen: boolean | null;
};

const columns = (db: Db) => db`
  s.id, s.filing_id, s.state, s.slot, s.section_id, s.wish_sealed, s.note_sealed, s.answer_sealed, s.taken_by,
  s.taken_until, s.created_at, s.received_at, s.decided_at, m.id as picture_id, m.state as picture_state,
  m.problem as picture_problem, m.thumbnail_file is not null as picture_seen`;

/** All supplements of a filing, oldest first. */
export async function supplementsOf(store: Store, filing: Filing): Promise<Supplement[]> {
  const { db } = store;
  const rows = await db<Row[]>`
    select ${columns(db)} from supplements s left join materials m on m.supplement_id = s.id and m.retired_at is null
    where s.filing_id = ${filing.id} order by s.id`;
  return rows.map((row) => opened(store, filing, row));
}

function opened(store: Store, filing: Filing, row: Row): Supplement {
  const {
    wishSealed,
    noteSealed,
    answerSealed,
    pictureId,
    pictureState,
    pictureProblem,
    pictureSeen,
    ...rest
  } = row;
  const text = (what: SupplementWords, sealed: Buffer | null) =>
    sealed ? openText(filingKey(store, filing), sealed, filingContext(filing, `supplement-${what}`)) : "";
  return {
    ...rest,
    label: maybeSlot(row.slot)?.label ?? "其他材料",
    wish: text("wish", wishSealed),
    note: text("note", noteSealed),
    answer: text("answer", answerSealed),
    picture: pictureId
      ? {
          id: pictureId,
          state: pictureState ?? "processing",
          problem: pictureProblem,
          seen: pictureSeen === true,
        }
      : undefined,
  };
}
