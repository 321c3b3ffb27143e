import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { OperationIncomplete } from "../bureau/parts.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import type { Store } from "../store.ts";
import { type AnswerData, lacksOf, ourData, theirData } from "./data.ts";
import { type OurRecord, sitesAsked } from "./ours.ts";
import type { InquiryReply } from "./rows.ts";

/** Data that may go back with an answer; what it lacks for that, in words for staff. */
export type DataChoice = { source: InquiryReply["source"]; data: AnswerData; lacks: string[] };

/** Our data, where the record is with us, and what the bureau sent: the interface wants the full data in any case. */
export async function dataChoices(
  { db }: Pick<Store, "db">,
  ispId: number,
  record: BureauRecord,
  ours: OurRecord | undefined,
): Promise<DataChoice[]> {
  const own = ours && (await ourChoice(db, ispId, record, ours));
  return [...(own ? [own] : []), theirChoice(record, ours)];
}

async function ourChoice(
  db: Store["db"],
  ispId: number,
  record: BureauRecord,
  ours: OurRecord,
): Promise<DataChoice> {
  try {
    const data = ourData(record, ours, await ruleInForce(db, ispId, ours.record.province));
    return { source: "ours", data, lacks: lacksOf(data) };
  } catch (error) {
    if (!(error instanceof OperationIncomplete)) throw error;
    return { source: "ours", data: theirData(record), lacks: [error.message] };
  }
}

/** Under our ids where we have them: scans of approvals are found by them. */
function theirChoice(record: BureauRecord, ours: OurRecord | undefined): DataChoice {
  const { subject, websites } = theirData(record);
  const own = sitesAsked(ours, record);
  const data = {
    subject,
    websites: websites.map((site, at) => ({ ...site, id: own[at]?.own?.id ?? site.id })),
  };
  return { source: "theirs", data, lacks: lacksOf(data) };
}
