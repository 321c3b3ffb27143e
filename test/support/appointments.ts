import { addDays, isoDate } from "../../src/lib/dates.ts";
import { newId } from "../../src/lib/ids.ts";
import { bookAppointment, type Wish } from "../../src/models/appointment/appointment.ts";
import type { Filing } from "../../src/models/filing/rows.ts";
import { addPlace } from "../../src/models/place/place.ts";
import type { World } from "./app.ts";
import { drafted } from "./console.ts";
import { bringTo, registrantNamed, staffNamed } from "./filings.ts";

/** Sets settings of the first provider. */
export const configure = ({ db, people }: World, settings: Record<string, unknown>) => db`
  update isps set settings = settings || ${db.json(settings as never)} where id = ${people.isps.first}`;

/** A 面签地址 that receives so many each half hour, every day of the week; gives its id. */
export const bookable = ({ store, people }: World, capacity = 1): Promise<number> =>
  addPlace(store, staffNamed(people, "郑十"), {
    ...{
      kind: "on_site",
      name: "滨江面签点",
      address: "示例路1号1楼",
      hours: "",
      phone: "",
      note: "",
      position: 0,
    },
    ...{ weekdays: [1, 2, 3, 4, 5, 6, 7], spans: [["09:00", "11:30"]], capacity },
  });

/** So many days from now, in the zone. */
export const daysAhead = (days: number): string => addDays(isoDate(new Date()), days);

/** A filing of 张三 that waits for its photo, at a provider that offers 面签. */
export async function photoDue(world: World): Promise<Filing> {
  await configure(world, { verification: ["curtain", "on-site"] });
  return bringTo(world.store, world.people, await drafted(world), "photo_due");
}

export const actOf = ({ people }: World, { id }: Filing, name: "张三" | "王五" = "张三") => ({
  ...{ filingId: id, actor: registrantNamed(people, name), requestId: newId() },
});

export const booked = (world: World, filing: Filing, wish: Wish): Promise<Filing> =>
  bookAppointment(world.store, actOf(world, filing), wish);
