import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { writeNote } from "../filing/notes.ts";
import type { Filing } from "../filing/rows.ts";
import { writeSnapshot } from "../filing/snapshots.ts";
import { transition } from "../filing/transition.ts";
import type { RootStore } from "../store.ts";
import { isUpload } from "./requests.ts";

/** What was done with the bureau outside the interface, and where that can be seen. */
export type ByHand = { evidence: string; requestId: string };

type Act = (root: RootStore, filing: Pick<Filing, "id">, actor: Staff, what: ByHand) => Promise<Filing>;

/** An act whose evidence is kept beside its event; what was reported is kept as a snapshot. */
const byHand =
  (action: "upload-by-hand" | "refuse-by-hand"): Act =>
  (root, { id }, actor, { evidence, requestId }) =>
    transition(root, {
      ...{ filingId: id, action, actor, requestId },
      input: { justification: evidence, detail: { byHand: true } },
      within: async ({ store, filing }, eventId) => {
        await writeNote(store, filing, eventId, evidence);
        if (action === "upload-by-hand") await writeSnapshot(store, filing, eventId);
      },
    });

/**
 * 人工上报: what the interface cannot carry was given to the bureau in another way. From the snapshot the record is written
 * when the numbers are entered by hand. Throws TransitionRefused.
 */
export const uploadByHand = byHand("upload-by-hand");

/** The bureau refused what was reported by hand; its words are kept beside the event. Throws TransitionRefused. */
export const refuseByHand = byHand("refuse-by-hand");

/** Whether a filing at the bureau was reported by hand: its end is entered by hand too. */
export async function isReportedByHand(
  db: Db,
  { id, state }: Pick<Filing, "id" | "state">,
): Promise<boolean> {
  if (state !== "at_bureau") return false;
  const [row] = await db`
    select 1 from filings f where f.id = ${id} and not exists (
      select 1 from bureau_requests r where r.filing_id = f.id and ${isUpload(db)} and r.state = 'open')`;
  return row !== undefined;
}
