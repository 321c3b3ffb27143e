import { seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { addWorkingDays } from "../../lib/working-days.ts";
import { isAfter } from "../bureau/file-order.ts";
import { workingCalendar } from "../filing/sla.ts";
import { ispSettings } from "../isp/settings.ts";
import { recordMeant } from "../record/meant.ts";
import type { Store } from "../store.ts";
import { inquiryContext, inquiryKey, writeEvent } from "./rows.ts";

/** Where a record that is asked about stands in what was downloaded. */
export type AskedPlace = { ispId: number; bureauId: number; answerId: number; position: number };

/**
 * What the task is about: the bureau's id of the subject, else of the first website that has one. A record with neither
 * is a task of its own.
 */
function aboutOf({ subject, websites }: BureauRecord, { answerId, position }: AskedPlace): string {
  if (subject.bureauId !== undefined) return `subject:${subject.bureauId}`;
  const website = websites.find(({ bureauId }) => bureauId !== undefined);
  return website ? `website:${website.bureauId}` : `place:${answerId}:${position}`;
}

/** Which of our records is asked about; null for none. */
async function subjectAsked(store: Store, place: AskedPlace, record: BureauRecord): Promise<number | null> {
  const ids = (all: readonly { bureauId?: number }[]) => all.flatMap(({ bureauId }) => bureauId ?? []);
  const { subject, websites } = record;
  const bySubject = await recordMeant(store, place, {
    subjects: ids([subject]),
    numbers: subject.number ? [subject.number] : [],
  });
  if (bySubject) return bySubject.subjectId;
  const byWebsite = await recordMeant(store, place, {
    websites: ids(websites),
    numbers: websites.flatMap(({ number }) => number ?? []),
  });
  return byWebsite?.subjectId ?? null;
}

/** When an answer is due that is asked for now: working days of the provider's setting, as no source gives a day. */
export async function inquiryDue({ db }: Store, ispId: number, now: Date): Promise<Date> {
  const { inquiryDays, workingHours } = await ispSettings(db, ispId);
  return addWorkingDays(now, inquiryDays, await workingCalendar(db), workingHours);
}

/** Whether a newer file asked about the same: settled or not, it counts instead. */
async function askedSince(db: Db, { bureauId, answerId }: AskedPlace, about: string): Promise<boolean> {
  const [row] = await db`
    select 1 from inquiries i join bureau_answers a on a.id = i.answer_id
    where i.bureau_id = ${bureauId} and i.about = ${about} and ${isAfter(db, answerId)} limit 1`;
  return row !== undefined;
}

/** `again`: the task was there and is not settled · `outdated`: a newer file asked about it */
export type Taken = "new" | "again" | "outdated";

/**
 * Takes in a record that the bureau asks about (HSRW), inside the caller's transaction. Asked again before it is settled
 * it is the same task: with what the bureau sent last, and a new due time.
 */
export async function takeInquiry(store: Store, place: AskedPlace, record: BureauRecord): Promise<Taken> {
  const { db, vault } = store;
  const about = aboutOf(record, place);
  if (await askedSince(db, place, about)) return "outdated";
  const dueAt = await inquiryDue(store, place.ispId, new Date());
  const subjectId = await subjectAsked(store, place, record);
  const fresh = vault.newDataKey();
  const sealed = seal(fresh.key, JSON.stringify(record), inquiryContext(place.ispId, "record"));
  const [made] = await db<{ id: number }[]>`
    insert into inquiries (isp_id, bureau_id, answer_id, position, about, subject_id, data_key, record_sealed, due_at)
    values (${place.ispId}, ${place.bureauId}, ${place.answerId}, ${place.position}, ${about}, ${subjectId},
      ${fresh.wrapped}, ${sealed}, ${dueAt})
    on conflict (bureau_id, about) where state <> 'settled' do nothing returning id`;
  if (made) await writeEvent(db, { ...made, ispId: place.ispId }, "asked", { dueAt });
  else await askAgain(store, place, { about, record, subjectId, dueAt });
  return made ? "new" : "again";
}

type Again = { about: string; record: BureauRecord; subjectId: number | null; dueAt: Date };

/** The key stays: an answer that waits to be sent is sealed under it. */
async function askAgain(store: Store, place: AskedPlace, { about, record, subjectId, dueAt }: Again) {
  const { db } = store;
  const [row] = await db<{ id: number; dataKey: Buffer }[]>`
    select id, data_key from inquiries
    where bureau_id = ${place.bureauId} and about = ${about} and state <> 'settled' for update`;
  if (!row) throw new Error("an inquiry was settled in between");
  const sealed = seal(inquiryKey(store, row), JSON.stringify(record), inquiryContext(place.ispId, "record"));
  await db`
    update inquiries set answer_id = ${place.answerId}, position = ${place.position}, record_sealed = ${sealed},
      subject_id = coalesce(${subjectId}, subject_id), due_at = ${dueAt}, asked_at = now(), times = times + 1
    where id = ${row.id}`;
  await writeEvent(db, { id: row.id, ispId: place.ispId }, "asked-again", { dueAt });
}
