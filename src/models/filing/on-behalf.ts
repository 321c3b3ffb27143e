import type { Actor } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import { currentMaterials } from "../material/rows.ts";
import type { Store } from "../store.ts";
import { unprovedPhones } from "./phones.ts";
import type { Filing } from "./rows.ts";
import { type Refusal, refusalByTable } from "./workflow.ts";

type Written = Pick<Filing, "authorStaffId" | "handedAt">;

/** 代为备案: whether staff wrote it and have not handed it to the registrant for confirmation. */
export const isWithStaff = ({ authorStaffId, handedAt }: Written): boolean =>
  authorStaffId !== null && handedAt === null;

/** Staff write only what staff began, and only until they have handed it over; nobody else is concerned. */
export function draftedByStaff(filing: Written, actor: Actor): Refusal | undefined {
  if (actor.kind !== "staff" || isWithStaff(filing)) return undefined;
  return filing.authorStaffId === null ? "not_on_behalf" : "handed_over";
}

/** What speaks against writing into the sections of a filing (row 2 of the table). */
export const refusalToWrite = (filing: Filing, actor: Actor): Refusal | undefined =>
  refusalByTable("save-section", filing.state, actor) ?? draftedByStaff(filing, actor);

/** Throws TransitionRefused when this person may not write into the filing; the caller holds its lock. */
export function mustBeWritable(filing: Filing, actor: Actor): void {
  const refusal = refusalToWrite(filing, actor);
  if (refusal) throw new TransitionRefused("save-section", refusal);
}

/** The registrant has signed: 授权委托书 lies with the filing, or each number was proved by a code that was read out. */
export async function signedOnPaper(store: Store, filing: Filing): Promise<Refusal | undefined> {
  const letters = (await currentMaterials(store.db, filing.id)).filter(({ slot }) => slot === "letter");
  if (letters.some(({ state }) => state === "ready")) return undefined;
  if ((await unprovedPhones(store, filing)).length === 0) return undefined;
  return letters.some(({ state }) => state === "processing") ? "materials_processing" : "letter_missing";
}

/** Whether this member of staff began the filing, sent it in for its registrant, or put a picture into it. */
export async function hasWritten({ db }: Store, filing: Filing, staffId: number): Promise<boolean> {
  if (filing.authorStaffId === staffId) return true;
  const [row] = await db`
    select 1 from filing_events where filing_id = ${filing.id} and actor_kind = 'staff' and actor_id = ${staffId}
      and action in ('submit-on-behalf', 'hand-to-registrant', 'change-material') limit 1`;
  return row !== undefined;
}
