import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import type { Opening } from "../appointment/opening.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";

/** 邮寄地址: where papers are posted to · 面签地址: where somebody comes in person. */
export const placeKinds = { post: "邮寄地址", on_site: "面签地址" } as const;
export type PlaceKind = keyof typeof placeKinds;
export const placeKindNames = Object.keys(placeKinds) as PlaceKind[];

/** What is written of a place; when it receives people counts for a 面签地址 alone. */
export type PlaceText = Opening & {
  kind: PlaceKind;
  name: string;
  address: string;
  hours: string;
  phone: string;
  note: string;
  /** Lower ones stand first. */
  position: number;
};

export type Place = PlaceText & { id: number; closedAt: Date | null; version: number };

const columns = (
  db: Db,
) => db`id, kind, name, address, hours, phone, note, position, weekdays, spans, capacity, closed_at,
  version`;

/** The places of a provider that are in use, in the order of its pages: first those for post. */
export const openPlaces = (db: Db, ispId: number, kind?: PlaceKind): Promise<Place[]> => db<Place[]>`
  select ${columns(db)} from isp_places
  where isp_id = ${ispId} and closed_at is null and (${kind ?? null}::text is null or kind = ${kind ?? null})
  order by kind desc, position, id limit 200`;

/** All places, those out of use last. */
export const allPlaces = (db: Db, { ispId }: Staff): Promise<Place[]> => db<Place[]>`
  select ${columns(db)} from isp_places where isp_id = ${ispId}
  order by closed_at is not null, kind desc, position, id limit 500`;

/** A place of the provider of this member of staff; throws NotFound. */
export async function findPlace(db: Db, { ispId }: Staff, id: number): Promise<Place> {
  const [row] = await db<
    Place[]
  >`select ${columns(db)} from isp_places where id = ${id} and isp_id = ${ispId}`;
  if (!row) throw new NotFound(`no place ${id} of this provider`);
  return row;
}

const columnsOf = (db: Db, { weekdays, spans, ...rest }: PlaceText) => ({
  ...rest,
  weekdays: [...weekdays],
  spans: db.json(spans as never),
});

/** Adds a place and gives its id. */
export const addPlace = (root: RootStore, actor: Staff, place: PlaceText): Promise<number> =>
  inTransaction(root, async ({ db }) => {
    const [row] = await db<{ id: number }[]>`
      insert into isp_places ${db({ ...columnsOf(db, place), ispId: actor.ispId })} returning id`;
    if (!row) throw new Error("no place was written");
    await recordLook(db, actor, "add-place", [null], { place: row.id });
    return row.id;
  });

/** Writes a place anew; one out of use is used again. Throws Conflict where somebody changed it since `seen`. */
export const changePlace = (
  root: RootStore,
  actor: Staff,
  { id, seen }: { id: number; seen: number },
  place: PlaceText,
): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await findPlace(db, actor, id);
    const rows = await db`
      update isp_places set ${db(columnsOf(db, place))}, closed_at = null, version = version + 1, updated_at = now()
      where id = ${id} and isp_id = ${actor.ispId} and version = ${seen} returning id`;
    if (rows.length === 0) throw new Conflict(`place ${id} was changed meanwhile`);
    await recordLook(db, actor, "change-place", [null], { place: id });
  });

/** 停用: no page shows it any more; what refers to it keeps it. Twice is once. */
export const closePlace = (root: RootStore, actor: Staff, id: number): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await findPlace(db, actor, id);
    const rows = await db`
      update isp_places set closed_at = now(), version = version + 1, updated_at = now()
      where id = ${id} and isp_id = ${actor.ispId} and closed_at is null returning id`;
    if (rows.length > 0) await recordLook(db, actor, "close-place", [null], { place: id });
  });
