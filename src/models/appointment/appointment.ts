import { enqueue } from "../../jobs.ts";
import { addDays, isoDate, moment } from "../../lib/dates.ts";
import type { Actor } from "../actor.ts";
import { TransitionRefused } from "../errors.ts";
import type { Filing } from "../filing/rows.ts";
import { type Context, transition } from "../filing/transition.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import type { RootStore } from "../store.ts";
import { exceptionsAhead, isBookable, startOf } from "./opening.ts";
import { type Appointment, lockPlace, maybeAppointment } from "./rows.ts";

type Act = { filingId: number; actor: Actor; requestId: string };

/** A half hour of a place: YYYY-MM-DD and HH:MM in the zone. */
export type Wish = { placeId: number; day: string; time: string };

/** The hour of the day before at which the registrant is reminded. */
const REMINDER_HOUR = 10;

/**
 * Row 11: books 面签. Throws NotFound for no place of the provider, TransitionRefused `slot_closed`, `slot_full`, or
 * `appointment_taken` where the filing has one already.
 */
export const bookAppointment = (store: RootStore, act: Act, wish: Wish): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "book-appointment",
    within: async (context, eventId) => {
      const live = await maybeAppointment(context.store.db, context.filing.id);
      if (live?.state === "booked") throw new TransitionRefused(context.action, "appointment_taken");
      await takeSeat(context, wish, eventId);
    },
  });

/** Row 11: another half hour, up to the day before; the seat taken before is free at once. Throws as booking does. */
export const moveAppointment = (store: RootStore, act: Act, wish: Wish): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "move-appointment",
    within: async (context, eventId) => {
      await end(context, "moved");
      await takeSeat(context, wish, eventId);
    },
  });

/** Row 11: given up by the registrant, or by staff, who cannot receive anybody then; the registrant is told of the latter. */
export const cancelAppointment = (store: RootStore, act: Act): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "cancel-appointment",
    within: async (context, eventId) => {
      const ended = await maybeAppointment(context.store.db, context.filing.id);
      await end(context, "cancelled");
      if (ended && act.actor.kind === "staff") await tell(context, "appointment-cancelled", ended, eventId);
    },
  });

/** Row 11: the person came. */
export const meet = (store: RootStore, act: Act): Promise<Filing> =>
  transition(store, { ...act, action: "meet", within: (context) => end(context, "arrived") });

/** Row 11: nobody came at that time. Throws TransitionRefused `appointment_early` before it. */
export const missAppointment = (store: RootStore, act: Act): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "miss-appointment",
    within: async (context) => {
      const appointment = await maybeAppointment(context.store.db, context.filing.id);
      if (appointment && appointment.startsAt > context.now)
        throw new TransitionRefused(context.action, "appointment_early");
      await end(context, "missed");
    },
  });

async function end({ store, filing, actor, action }: Context, state: Appointment["state"]): Promise<void> {
  const rows = await store.db`
    update appointments set state = ${state}, ended_at = now(), ended_by = ${actor.kind === "staff" ? actor.staffId : null}
    where filing_id = ${filing.id} and state = 'booked' returning id`;
  if (rows.length === 0) throw new TransitionRefused(action, "appointment_missing");
}

/** The lock on the place lets one after the other look for a seat; the index on seats refuses what slips through. */
async function takeSeat(context: Context, { placeId, day, time }: Wish, eventId: number): Promise<void> {
  const { store, filing, action, now } = context;
  const { db } = store;
  const place = await lockPlace(db, filing.ispId, placeId);
  if (!isBookable(place, await exceptionsAhead(db), now, { day, time }))
    throw new TransitionRefused(action, "slot_closed");
  const startsAt = startOf(day, time);
  const [row] = await db<{ id: number }[]>`
    insert into appointments (filing_id, isp_id, place_id, starts_at, seat)
    select ${filing.id}, ${filing.ispId}, ${place.id}, ${startsAt}, seat from generate_series(1, ${place.capacity}::int) seat
    where not exists (
      select 1 from appointments a
      where a.place_id = ${place.id} and a.starts_at = ${startsAt} and a.seat = seat.seat and a.state = 'booked')
    order by seat limit 1
    on conflict do nothing returning id`;
  if (!row) throw new TransitionRefused(action, "slot_full");
  await tell(context, "appointment-booked", { ...place, place: place.name, startsAt }, eventId);
  await remindLater(context, row.id, startsAt);
}

/** Somebody who books for tomorrow after the hour has just read when it is. */
async function remindLater({ store, now }: Context, appointmentId: number, startsAt: Date): Promise<void> {
  const eve = moment(addDays(isoDate(startsAt), -1)).getTime();
  const runAt = new Date(eve + REMINDER_HOUR * 3_600_000);
  if (runAt <= now) return;
  await enqueue(
    store.db,
    "remind-appointment",
    { appointmentId },
    { key: `appointment:${appointmentId}`, runAt },
  );
}

const tell = (
  { store, filing }: Context,
  template: "appointment-booked" | "appointment-cancelled",
  {
    place,
    address,
    phone,
    note,
    startsAt,
  }: Pick<Appointment, "place" | "address" | "phone" | "note" | "startsAt">,
  eventId: number,
): Promise<void> =>
  noticeRegistrant(
    store,
    filing,
    template,
    { place, address, phone, note, startsAt },
    `${template}:event:${eventId}`,
  );
