import { openReconciliation } from "../../src/models/reconciliation/reconciliations.ts";
import { withText } from "../../src/simulator/trees.ts";
import type { World } from "./app.ts";
import { copyOf, copyXml, ourRecord, takeCopy } from "./copies.ts";

/** A difference of a record with the bureau, and the full copy that it was found in, which is still open. */
export async function reconciled(
  { store, db, people }: World,
  recordId: number,
): Promise<{ difference: string; round: string }> {
  const ispId = people.isps.first;
  const [row] = await db<{ bureauId: number }[]>`select bureau_id from subjects where id = ${recordId}`;
  const bureauId = row?.bureauId ?? 0;
  const copy = withText(copyOf(await ourRecord(store, ispId, recordId)), "Zt_xx/Fzr/Fzr_sjhm", "13900009999");
  await takeCopy(store, bureauId, copyXml([copy]));
  const [found] = await db<{ id: number }[]>`
    select id from record_differences where subject_id = ${recordId} and place = 'mobile' and state = 'open'`;
  const round = await openReconciliation(db, { ispId, bureauId, source: "copy" }, 7);
  return { difference: String(found?.id), round: String(round.id) };
}
