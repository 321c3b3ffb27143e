import { seal } from "../../crypto/seal.ts";
import { enqueue } from "../../jobs.ts";
import { MOBILE_ELSEWHERE } from "../../rules/elsewhere-rules.ts";
import { leaveAppointment } from "../appointment/conditions.ts";
import { failRequests, giveBackRequests, retryRequests, settleRequests } from "../bureau/closing.ts";
import { bureauFor } from "../bureau/rows.ts";
import { TransitionRefused } from "../errors.ts";
import { dropEvidence, lockMobiles } from "../evidence/write.ts";
import { ispSettings } from "../isp/settings.ts";
import { releaseProduct, spendProduct } from "../product/places.ts";
import { onRecord } from "../record/on-record.ts";
import { startOpening } from "./access-opening.ts";
import { announce } from "./announce.ts";
import { findingsOf, holdsOf } from "./findings.ts";
import { freeHolds, syncHolds } from "./holds.ts";
import { erasePassword } from "./icp-password.ts";
import { filingContext, filingKey } from "./rows.ts";
import { sectionTree } from "./sections.ts";
import { writeSnapshot } from "./snapshots.ts";
import type { Context } from "./transition.ts";
import type { Effect } from "./workflow.ts";

/** Failures of an upload before its file is made: our own schema refuses it. */
const ofOneFiling: readonly string[] = ["schema"];

/** Hours from the upload to the end of the ministry's short-message check (since 2020-08-17). */
const SMS_HOURS = 24;
const SMS_REMINDER_HOURS = 18;

/** Each named consequence of the table; all run inside the transition's transaction, after the event is written. */
export const effects: Record<Effect, (context: Context, eventId: number) => Promise<void>> = {
  hold: async ({ store, filing, action }) => {
    const holds = holdsOf(await sectionTree(store, filing));
    // Another filing took it since the guard looked: the database decides, and this one is refused.
    const taken = [...(await syncHolds(store, filing, holds)), ...(await onRecord(store, filing, holds))];
    if (taken.length > 0) throw new TransitionRefused(action, "taken_elsewhere");
    await lockMobiles(store, filing);
    if (action !== "correct" && (await sharesMobile(store, filing)))
      throw new TransitionRefused(action, "errors_open");
  },
  free: async ({ store, filing, action }) => {
    await freeHolds(store, filing);
    await dropEvidence(store, filing);
    await (action === "number" ? spendProduct : releaseProduct)(store, filing);
    await erasePassword(store, filing);
  },
  snapshot: async ({ store, filing, input }, eventId) => {
    await writeSnapshot(store, filing, eventId);
    const { findings } = await findingsOf(store, filing);
    const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
    await store.db`
      update filings set round = round + 1, submitted_at = now(), errors = ${count("error")},
        warnings = ${count("warning")}, declared_at = case when ${input.declared ?? false} then now() else declared_at end
      where id = ${filing.id}`;
  },
  claim: async ({ store, filing, actor, input }) => {
    const holder = input.staffId ?? (actor.kind === "staff" ? actor.staffId : null);
    const { claimMinutes } = await ispSettings(store.db, filing.ispId);
    await store.db`
      update filings set claimed_by = ${holder}, claimed_until = now() + make_interval(mins => ${claimMinutes})
      where id = ${filing.id}`;
  },
  unclaim: async ({ store, filing }) => {
    await store.db`update filings set claimed_by = null, claimed_until = null where id = ${filing.id}`;
  },
  recordReasons: async ({ store, filing, input }, eventId) => {
    const key = filingKey(store, filing);
    for (const { sectionId, field, slot, reason, note } of input.reasons ?? []) {
      const sealed = note?.trim() ? seal(key, note.trim(), filingContext(filing, `return:${eventId}`)) : null;
      await store.db`
        insert into filing_returns (filing_id, event_id, section_id, field, slot, reason, note_sealed)
        values (${filing.id}, ${eventId}, ${sectionId ?? null}, ${field ?? null}, ${slot ?? null}, ${reason}, ${sealed})`;
    }
  },
  rememberReviewer: async ({ store, filing, actor }) => {
    const reviewer = actor.kind === "staff" ? actor.staffId : null;
    await store.db`update filings set initial_reviewer_id = ${reviewer} where id = ${filing.id}`;
  },
  chooseBureau: async ({ store, filing, action }) => {
    const bureau = await bureauFor(store.db, filing.ispId, filing.province);
    if (!bureau) throw new TransitionRefused(action, "bureau_missing");
    await store.db`update filings set bureau_id = ${bureau.id} where id = ${filing.id}`;
  },
  upload: async ({ store, filing }) => {
    const [row] = await store.db<
      { bureauId: number | null }[]
    >`select bureau_id from filings where id = ${filing.id}`;
    if (row?.bureauId) await wakeBureau(store.db, row.bureauId);
  },
  // What is wrong with this filing alone holds up nobody else.
  stopBureau: async ({ store, filing, input }) => {
    const reason = String(input.detail?.code ?? "unknown");
    if (!ofOneFiling.includes(reason))
      await store.db`
        update isp_bureaus set stopped_at = now(), stopped_reason = ${reason}
        where id = ${filing.bureauId} and stopped_at is null`;
    await failRequests(store.db, filing);
  },
  startBureau: async ({ store, filing }) => {
    await store.db`update isp_bureaus set stopped_at = null, stopped_reason = null where id = ${filing.bureauId}`;
    await retryRequests(store.db, filing);
  },
  voidPackage: ({ store, filing }) => giveBackRequests(store.db, filing),
  settlePackage: ({ store, filing }) => settleRequests(store.db, filing),
  startSmsCheck: async ({ store, filing, now }) => {
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    await store.db`update filings set sms_until = ${at(SMS_HOURS)} where id = ${filing.id}`;
    const payload = { filingId: filing.id };
    await enqueue(store.db, "end-sms-check", payload, { key: `sms-end:${filing.id}`, runAt: at(SMS_HOURS) });
    await enqueue(store.db, "remind-sms-check", payload, {
      key: `sms-remind:${filing.id}`,
      runAt: at(SMS_REMINDER_HOURS),
    });
  },
  leaveAppointment,
  // What its registrant has confirmed or sent in staff no longer write.
  handOver: async ({ store, filing }) => {
    await store.db`
      update filings set handed_at = now() where id = ${filing.id} and author_staff_id is not null and handed_at is null`;
  },
  takeBack: async ({ store, filing }) => {
    await store.db`update filings set handed_at = null where id = ${filing.id}`;
  },
  startOpening: ({ store, filing, now }) => startOpening(store, filing, now),
  notify: announce,
};

/** After `lockMobiles`: of two submitted at once with one mobile number the second sees the first. */
const sharesMobile = async (store: Context["store"], filing: Context["filing"]): Promise<boolean> =>
  (await findingsOf(store, filing)).findings.some(({ rule }) => rule === MOBILE_ELSEWHERE);

/** Lets the worker work off what waits for a bureau; one job a bureau, one at a time. */
export const wakeBureau = (db: Context["store"]["db"], bureauId: number): Promise<void> =>
  enqueue(db, "submit-to-bureau", { bureauId }, { key: `submit:${bureauId}`, queue: `bureau:${bureauId}` });
