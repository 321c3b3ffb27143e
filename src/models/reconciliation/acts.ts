import type { Values } from "../../vocabulary/filing.ts";
import { recordLook } from "../audit/log.ts";
import { recordOperator } from "../audit/operator.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import type { Store } from "../store.ts";
import type { Found } from "./compare.ts";
import type { Repairer } from "./decide.ts";
import { differenceContext } from "./keep.ts";
import { idOf, scopeOf } from "./mend.ts";
import type { OurRecord } from "./ours.ts";
import type { DifferenceRow, RepairDecision } from "./rows.ts";
import { isStanding } from "./words.ts";

/** Sealing context of the reason of a decision. */
export const reasonContext = (
  row: Omit<Found, "kind" | "ours" | "theirs"> & { ispId: number; subjectId: number | null },
) => `${differenceContext(row.ispId, row)}:reason`;

const names = { subject: "主体", website: "网站", access: "网站接入" } as const;

/** The owner hears of what is marked as cancelled. */
export async function tellOwner(
  store: Store,
  record: OurRecord | undefined,
  row: DifferenceRow,
  theirs: Values,
): Promise<void> {
  if (!record?.accountId || !isStanding(row.place) || theirs.state === "valid") return;
  const site = record.websites.find(({ id }) => id === row.websiteId);
  const variables = { what: names[scopeOf(row)], number: site?.number ?? record.number };
  const to = { ispId: row.ispId, accountId: record.accountId };
  await noticeRegistrant(store, to, "record-cancelled", variables, `difference:${row.id}`);
}

/** Writes a decision into the audit log: ids and places, never a value; both values stand sealed in the revisions. */
export async function noteAct(
  db: Store["db"],
  actor: Repairer,
  decision: RepairDecision,
  row: DifferenceRow,
): Promise<void> {
  const detail = { differenceId: row.id, decision, recordId: idOf(row), of: scopeOf(row), place: row.place };
  if (actor.kind === "staff") await recordLook(db, actor, "repair-record", [null], detail);
  else await recordOperator(db, "repair-record", { ispId: row.ispId, detail });
}
