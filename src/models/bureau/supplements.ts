import type { Db } from "../../db/client.ts";
import type { AttachmentOwner, Operation } from "../../gateways/bureau/index.ts";
import { derivedId } from "../../lib/ids.ts";
import { slots } from "../../rules/slots.ts";
import { lockFiling } from "../filing/rows.ts";
import { transitionWithin } from "../filing/transition.ts";
import { refusalByTable } from "../filing/workflow.ts";
import { type Material, materialColumns } from "../material/rows.ts";
import type { Store } from "../store.ts";
import { bureauName, type Labels, numberName, ourName } from "./names.ts";
import { SUPPLEMENT } from "./operation-codes.ts";
import type { Sent } from "./requests.ts";
import type { BureauQueue } from "./senders.ts";

/** A paper that was taken in while its filing is at the bureau, and goes there by itself. */
export type SupplementToSend = {
  id: number;
  filingId: number;
  ispId: number;
  slot: string;
  /** The subject or a website; `number` is its 备案号 where it is on record. */
  owner: { kind: "subject" | "website"; sectionId: number; number: string | null };
  material: Material;
};

/** Papers that the bureau has a purpose for; the others go there in another way. */
const sendable = slots.filter(({ purpose }) => purpose !== null).map(({ key }) => key);

type Row = Material & {
  supplement: number;
  ownerKind: SupplementToSend["owner"]["kind"];
  ownerNumber: string | null;
};

/** Supplements of a bureau that wait to be sent: their picture is ready, and no package of theirs is under way. */
const waiting = (db: Db) => db`
  from supplements s join filings f on f.id = s.filing_id
    join filing_sections c on c.id = s.section_id
    join materials m on m.supplement_id = s.id and m.retired_at is null
      and m.state = 'ready' and m.bureau_file is not null
  where s.state = 'to_send' and s.send_problem is null and s.slot = any(${[...sendable]})
    and f.state in ('sms_pending', 'at_bureau', 'recall_requested', 'approved')
    and not exists (select 1 from bureau_requests r
      where r.supplement_id = s.id and r.state in ('open', 'settled'))`;

/** The papers that wait longest for a bureau. */
export async function supplementsToSend(
  db: Db,
  bureauId: number,
  { limit = 1, passed = [] }: { limit?: number; passed?: readonly number[] } = {},
): Promise<SupplementToSend[]> {
  const rows = await db<Row[]>`
    select s.id as supplement, c.kind as owner_kind,
      coalesce((select number from subjects where id = c.record_id), (select number from websites where id = c.record_id))
        as owner_number,
      ${materialColumns(db)}
    ${waiting(db)} and f.bureau_id = ${bureauId} and not (s.id = any(${[...passed]}::bigint[]))
    order by s.decided_at, s.id limit ${limit}`;
  return rows.map(({ supplement, ownerKind, ownerNumber, ...material }) => {
    const { filingId, ispId, slot, sectionId } = material;
    return {
      ...{ id: supplement, filingId, ispId, slot, material },
      owner: { kind: ownerKind, sectionId: sectionId ?? 0, number: ownerNumber },
    };
  });
}

/** Whether a paper still waits. With its filing's lock held that stays so: 已线下提交 takes the same lock. */
export async function isStillToSend(db: Db, id: number): Promise<boolean> {
  const [row] = await db`select 1 ${waiting(db)} and s.id = ${id}`;
  return row !== undefined;
}

/** Bureaus for which a paper waits. */
export const bureausWithSupplements = (db: Db): Promise<BureauQueue[]> => db<BureauQueue[]>`
  select f.bureau_id as id, min(greatest(s.decided_at, m.ready_at)) as since
  ${waiting(db)} and f.bureau_id is not null group by f.bureau_id`;

/** What is on record is named by its number, what is under review by the id that we gave it. */
export function supplementOf(
  { slot, owner: { kind, sectionId, number } }: SupplementToSend,
  { bytes, format }: { bytes: Uint8Array; format: number },
): Operation {
  const owner: AttachmentOwner = number === null ? { kind, id: sectionId } : { kind, ref: { number } };
  const purpose = Number(slots.find(({ key }) => key === slot)?.purpose);
  return { kind: "supplement", attachments: [{ format, purpose, bytes, owner }] };
}

/** Labels of its package, see `labelsOf`; it holds up no other upload of its subject. */
export const supplementLabels = ({ owner: { number, sectionId } }: SupplementToSend): Labels => ({
  operation: SUPPLEMENT,
  about: number === null ? [ourName(sectionId), bureauName(sectionId)] : [numberName(number)],
  subject: null,
});

/** The interface cannot carry it; it stays in the queue of 上报, who gives it to the bureau in another way. */
export async function leaveSupplement(db: Db, id: number, problem: string): Promise<void> {
  await db`update supplements set send_problem = ${problem.slice(0, 500)} where id = ${id}`;
}

/** The bureau has the file with a paper: once, it counts as sent. */
export async function supplementTaken(
  store: Store,
  { packageId, filingId, supplementId }: Pick<Sent, "packageId" | "filingId" | "supplementId">,
): Promise<void> {
  // The filing first, as everywhere: 已线下提交 takes the same two locks.
  const filing = await lockFiling(store.db, filingId ?? 0, { kind: "system" });
  const rows = await store.db<{ slot: string; sectionId: number }[]>`
    update supplements set state = 'sent', sent_at = now() where id = ${supplementId} and state = 'to_send'
    returning slot, section_id`;
  const [sent] = rows;
  if (!sent || refusalByTable("send-supplement", filing.state, { kind: "system" })) return;
  await transitionWithin(store, {
    ...{ filingId: filing.id, action: "send-supplement", actor: { kind: "system" } },
    requestId: derivedId("package", packageId, "supplement", supplementId ?? 0),
    input: { detail: { ...sent, supplement: supplementId, package: packageId } },
  });
}
