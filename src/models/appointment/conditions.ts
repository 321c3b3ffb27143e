import { isoDate } from "../../lib/dates.ts";
import type { Context } from "../filing/transition.ts";
import type { Refusal } from "../filing/workflow.ts";
import { ispSettings } from "../isp/settings.ts";
import { maybeAppointment } from "./rows.ts";

/** The provider offers 面签, and the filing stands where a photo is due. */
export async function onSiteDue({ store, filing }: Context): Promise<Refusal | undefined> {
  if (filing.state === "returned" && filing.returnedFrom === "initial") return "wrong_state";
  const { verification } = await ispSettings(store.db, filing.ispId);
  return verification.includes("on-site") ? undefined : "on_site_off";
}

/** There is an appointment to move or give up; a registrant does so up to the day before, staff at any time. */
export async function appointmentAhead({ store, filing, actor, now }: Context): Promise<Refusal | undefined> {
  const appointment = await maybeAppointment(store.db, filing.id);
  if (appointment?.state !== "booked") return "appointment_missing";
  const isDue = isoDate(appointment.startsAt) <= isoDate(now);
  return actor.kind === "registrant" && isDue ? "appointment_today" : undefined;
}

/** Somebody came: the last appointment was kept. */
export async function arrived({ store, filing }: Context): Promise<Refusal | undefined> {
  if (filing.state === "returned" && filing.returnedFrom === "initial") return "wrong_state";
  const appointment = await maybeAppointment(store.db, filing.id);
  return appointment?.state === "arrived" ? undefined : "not_met";
}

/** The effect `leaveAppointment`: a filing that goes on without, or ends, frees its seat. */
export async function leaveAppointment({ store, filing }: Context): Promise<void> {
  await store.db`
    update appointments set state = 'cancelled', ended_at = now() where filing_id = ${filing.id} and state = 'booked'`;
}
