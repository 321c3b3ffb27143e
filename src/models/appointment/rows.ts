import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import { NotFound } from "../errors.ts";
import type { Opening } from "./opening.ts";

export type AppointmentState = "booked" | "moved" | "cancelled" | "arrived" | "missed";

/** One booking with its place, which may be out of use by now. */
export type Appointment = {
  id: number;
  filingId: number;
  placeId: number;
  startsAt: Date;
  state: AppointmentState;
  place: string;
  address: string;
  phone: string;
  note: string;
};

/** A 面签地址 as it can be booked. */
export type BookablePlace = Opening & {
  id: number;
  name: string;
  address: string;
  hours: string;
  phone: string;
  note: string;
};

const columns = (db: Db) => db`
  a.id, a.filing_id, a.place_id, a.starts_at, a.state, p.name as place, p.address, p.phone, p.note`;

const placeColumns = (db: Db) => db`id, name, address, hours, phone, note, weekdays, spans, capacity`;

/** The newest appointment of a filing that was not moved or given up, if there is one. */
export async function maybeAppointment(db: Db, filingId: number): Promise<Appointment | undefined> {
  const [row] = await db<Appointment[]>`
    select ${columns(db)} from appointments a join isp_places p on p.id = a.place_id
    where a.filing_id = ${filingId} and a.state in ('booked', 'arrived', 'missed') order by a.id desc limit 1`;
  return row;
}

/** When each filing of an account is expected for 面签, by the filing's number. */
export async function appointmentsOfAccount(
  db: Db,
  { accountId, ispId }: Registrant,
): Promise<Map<string, Date>> {
  const rows = await db<{ number: string; startsAt: Date }[]>`
    select f.number, a.starts_at from appointments a join filings f on f.id = a.filing_id
    where f.account_id = ${accountId} and f.isp_id = ${ispId} and a.state = 'booked' and a.starts_at > now() limit 50`;
  return new Map(rows.map(({ number, startsAt }) => [number, startsAt]));
}

/** For jobs, which hold an id: the appointment with whom it concerns, while it is booked and lies ahead. */
export async function appointmentAhead(db: Db, id: number) {
  const [row] = await db<(Appointment & { ispId: number; accountId: number })[]>`
    select ${columns(db)}, f.isp_id, f.account_id from appointments a
    join isp_places p on p.id = a.place_id join filings f on f.id = a.filing_id
    where a.id = ${id} and a.state = 'booked' and a.starts_at > now()`;
  return row;
}

/** An appointment at the provider of this member of staff; throws NotFound. */
export async function findAppointment(db: Db, { ispId }: Staff, id: number): Promise<Appointment> {
  const [row] = await db<Appointment[]>`
    select ${columns(db)} from appointments a join isp_places p on p.id = a.place_id
    where a.id = ${id} and a.isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no appointment ${id} of this provider`);
  return row;
}

/** The 面签地址 of a provider that take bookings. */
export const bookablePlaces = (db: Db, ispId: number): Promise<BookablePlace[]> => db<BookablePlace[]>`
  select ${placeColumns(db)} from isp_places
  where isp_id = ${ispId} and kind = 'on_site' and closed_at is null and capacity > 0
  order by position, id limit 50`;

/** The same by id, locked: whoever books there meanwhile waits. Throws NotFound. */
export async function lockPlace(db: Db, ispId: number, id: number): Promise<BookablePlace> {
  const [row] = await db<BookablePlace[]>`
    select ${placeColumns(db)} from isp_places
    where id = ${id} and isp_id = ${ispId} and kind = 'on_site' and closed_at is null for update`;
  if (!row) throw new NotFound(`no place ${id} of this provider to come to`);
  return row;
}

/** How many seats of a place are taken, by the moment they begin (ISO); those ahead only. */
export async function takenSeats(db: Db, placeId: number): Promise<Map<string, number>> {
  const rows = await db<{ startsAt: Date; count: number }[]>`
    select starts_at, count(*) from appointments
    where place_id = ${placeId} and state = 'booked' and starts_at > now() group by starts_at`;
  return new Map(rows.map(({ startsAt, count }) => [startsAt.toISOString(), count]));
}

/** The appointments of a provider on a day YYYY-MM-DD of the zone, by place and time. */
export const appointmentsOn = (db: Db, { ispId }: Staff, day: string): Promise<Appointment[]> =>
  db<Appointment[]>`
    select ${columns(db)} from appointments a join isp_places p on p.id = a.place_id
    where a.isp_id = ${ispId} and a.state in ('booked', 'arrived', 'missed')
      and a.starts_at >= (${day}::date)::timestamp at time zone 'Asia/Shanghai'
      and a.starts_at < (${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'
    order by p.position, p.id, a.starts_at, a.seat limit 500`;

/** How many come today and are still expected, for the side bar. */
export async function expectedToday(db: Db, { ispId }: Staff): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*) from appointments
    where isp_id = ${ispId} and state = 'booked'
      and starts_at >= date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'
      and starts_at < (date_trunc('day', now() at time zone 'Asia/Shanghai') + interval '1 day') at time zone 'Asia/Shanghai'`;
  return row?.count ?? 0;
}
