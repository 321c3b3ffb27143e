import { filingKey, lockFiling, maybeFiling } from "../filing/rows.ts";
import { readPicture } from "../material/files.ts";
import { formatOf } from "./attachments.ts";
import type { Sender, Waiting } from "./senders.ts";
import {
  bureausWithSupplements,
  isStillToSend,
  leaveSupplement,
  type SupplementToSend,
  supplementLabels,
  supplementOf,
  supplementsToSend,
  supplementTaken,
} from "./supplements.ts";

const waitingSupplement = (wanted: SupplementToSend): Waiting => ({
  id: wanted.id,
  label: `supplement ${wanted.id}`,
  content: async (parts) => {
    const filing = await maybeFiling(parts.db, wanted.filingId);
    if (!filing) throw new Error("a supplement without its filing");
    const bytes = await readPicture(parts.files, filingKey(parts, filing), wanted.material, "bureau");
    const operation = supplementOf(wanted, { bytes, format: formatOf(bytes) });
    return { operation, labels: supplementLabels(wanted) };
  },
  claim: async ({ db }) => {
    await lockFiling(db, wanted.filingId, { kind: "system" });
    if (!(await isStillToSend(db, wanted.id))) return undefined;
    return { filingId: wanted.filingId, supplementId: wanted.id };
  },
  unsendable: ({ db }, problem) => leaveSupplement(db, wanted.id, problem),
});

/** 单独提交核验材料: a paper that goes beside the upload of its filing and moves it nowhere. */
export const supplementSender: Sender = {
  kind: "supplement",
  waiting: async ({ db }, bureau, options) =>
    (await supplementsToSend(db, bureau.id, options)).map(waitingSupplement),
  bureaus: bureausWithSupplements,
  accepted: supplementTaken,
  failed: async ({ db }, { id }) => {
    await db`update bureau_requests set state = 'failed' where id = ${id} and state = 'open'`;
  },
};
