import { maybeSlot } from "../../rules/slots.ts";
import { field } from "../../vocabulary/fields/index.ts";
import type { SectionKind } from "../../vocabulary/filing.ts";
import { maskPhone } from "../../vocabulary/masking.ts";
import { fieldReason, materialReason } from "../../vocabulary/return-reasons.ts";
import { maybeBureau } from "../bureau/rows.ts";
import { stopCause } from "../bureau/stop-words.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { noticeStaff } from "../notice/staff.ts";
import { moreAnnouncements } from "./announce-more.ts";
import { announceNumber } from "./announce-number.ts";
import { destinationOf } from "./destinations.ts";
import { phonesOf } from "./phones.ts";
import { sectionTree } from "./sections.ts";
import type { Context, Reason } from "./transition.ts";
import type { Action } from "./workflow.ts";

/** Tells those whom an action concerns; the cause keeps it from being told twice. */
export type Announcement = (context: Context, cause: string) => Promise<unknown>;

const DAY = 86_400_000;

/** Whom an action tells what. The cause is the event, so that a transition answered twice tells once. */
const announcements: Partial<Record<Action, Announcement>> = {
  submit: ({ store, filing }, cause) => noticeRegistrant(store, filing, "filing-submitted", {}, cause),
  "submit-verification": ({ store, filing }, cause) =>
    noticeRegistrant(store, filing, "filing-submitted", {}, cause),
  approve: async (context, cause) => {
    const { store, filing } = context;
    const { state } = await destinationOf(context, "afterInitialReview");
    const next = state === "photo_due" ? "photo" : "bureau";
    await noticeRegistrant(store, filing, "filing-approved", { next }, cause);
  },
  verify: ({ store, filing }, cause) => noticeRegistrant(store, filing, "filing-verified", {}, cause),
  "return-initial": returned("initial"),
  "return-verification": returned("verification"),
  "expire-material": returned("verification"),
  "return-bureau": returned("bureau"),
  "accept-upload": async (context, cause) => {
    const { store, filing, now } = context;
    // 取消接入 has no short-message check.
    if ((await destinationOf(context, "uploadOrSms")).state !== "sms_pending") return;
    const phones = phonesOf(await sectionTree(store, filing)).map(({ number }) => maskPhone(number));
    await noticeRegistrant(
      store,
      filing,
      "sms-check",
      { until: new Date(now.getTime() + DAY), phones },
      cause,
    );
  },
  "fail-upload": async ({ store, filing, input }, cause) => {
    const bureau = filing.bureauId ? await maybeBureau(store.db, filing.bureauId) : undefined;
    const variables = {
      bureau: bureau?.name ?? "",
      reason: String(input.detail?.message ?? input.detail?.code ?? ""),
      ...(input.detail?.code === "schema" ? { alone: filing.number } : {}),
    };
    await noticeStaff(
      store,
      { ispId: filing.ispId, role: "submitter", filingId: filing.id },
      "bureau-stopped",
      variables,
      // A file of many that fails stops the queue once.
      bureau?.stoppedAt && !variables.alone ? stopCause(bureau) : cause,
    );
  },
  number: announceNumber,
  close: ({ store, filing, input }, cause) =>
    noticeRegistrant(store, filing, "filing-closed", { reason: input.reasons?.[0]?.note ?? "" }, cause),
  lapse: ({ store, filing }, cause) =>
    noticeRegistrant(store, filing, "filing-closed", { reason: "超过期限没有提交" }, cause),
  message: async ({ store, filing, actor }, cause) => {
    const { ispId, id: filingId } = filing;
    if (actor.kind === "staff") await noticeRegistrant(store, filing, "message-received", {}, cause);
    else await noticeStaff(store, { ispId, role: "service", filingId }, "message-received", {}, cause);
  },
  correct: ({ store, filing }, cause) => noticeRegistrant(store, filing, "message-received", {}, cause),
};

/** The effect `notify`: tells whom the action concerns, in the transition's transaction. */
export async function announce(context: Context, eventId: number): Promise<void> {
  await { ...announcements, ...moreAnnouncements }[context.action]?.(
    context,
    `${context.action}:event:${eventId}`,
  );
}

function returned(from: "initial" | "verification" | "bureau"): Announcement {
  return async ({ store, filing, input }, cause) => {
    const { subject, websites } = await sectionTree(store, filing);
    const sections = [subject, ...websites, ...websites.flatMap(({ accesses }) => accesses)];
    const reasons = (input.reasons ?? []).map((reason) => ({
      label: placeLabel(reason, sections.find(({ id }) => id === reason.sectionId)?.kind),
      text: reasonText(reason),
    }));
    await noticeRegistrant(store, filing, "filing-returned", { from, reasons }, cause);
  };
}

/** The Chinese name of the place a reason points at. */
export function placeLabel({ field: key, slot }: Reason, kind: SectionKind | undefined): string {
  if (slot) return maybeSlot(slot)?.label ?? slot;
  return key && kind ? field(kind, key).summaryLabel : "备案单";
}

/** What the registrant reads: the reason from the list, then the note. */
export function reasonText({ reason, slot, note }: Reason): string {
  const listed = reason === "other" ? "" : (slot ? materialReason(reason) : fieldReason(reason)).text;
  return [listed, note?.trim() ?? ""].filter((part) => part !== "").join("。");
}
