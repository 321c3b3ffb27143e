import type { Db } from "../../db/client.ts";
import { bookableDays, type Exceptions, exceptionsAhead, startOf, timesOf } from "./opening.ts";
import { type BookablePlace, bookablePlaces, takenSeats } from "./rows.ts";

/** A half hour that can be booked, with the seats left. */
export type FreeTime = { day: string; time: string; free: number };

/** A place with what is still free there, in order. */
export type Offer = { place: BookablePlace; times: FreeTime[] };

/** What can be booked at each place of a provider as things stand; another may be quicker. */
export async function offersOf(db: Db, ispId: number, now: Date): Promise<Offer[]> {
  const [places, exceptions] = await Promise.all([bookablePlaces(db, ispId), exceptionsAhead(db)]);
  return Promise.all(
    places.map(async (place) => ({
      place,
      times: freeTimes(place, exceptions, now, await takenSeats(db, place.id)),
    })),
  );
}

function freeTimes(
  place: BookablePlace,
  exceptions: Exceptions,
  now: Date,
  taken: ReadonlyMap<string, number>,
): FreeTime[] {
  const times = timesOf(place);
  return bookableDays(place, exceptions, now).flatMap((day) =>
    times
      .map((time) => {
        const seats = taken.get(startOf(day, time).toISOString()) ?? 0;
        return { day, time, free: Math.max(0, place.capacity - seats) };
      })
      .filter(({ free }) => free > 0),
  );
}
