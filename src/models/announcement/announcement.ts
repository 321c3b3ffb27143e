import type { Db } from "../../db/client.ts";
import type { Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, NotFound } from "../errors.ts";
import { inTransaction, type RootStore } from "../store.ts";

/** 公告 as everybody sees it. */
export type Published = { id: number; title: string; publishAt: Date };

/** One with its text, plain (see `src/lib/plain-text.ts`). */
export type PublishedText = Published & { body: string };

/** As the console sees it. `version` counts its changes. */
export type Announcement = {
  id: number;
  title: string;
  body: string;
  publishAt: Date | null;
  takenDownAt: Date | null;
  version: number;
  updatedAt: Date;
};

/** Draft: no day yet · scheduled: the day is to come · shown · over: taken down. */
export type AnnouncementState = "draft" | "scheduled" | "shown" | "over";

export function stateOf({ publishAt, takenDownAt }: Announcement, now: Date): AnnouncementState {
  if (takenDownAt) return "over";
  if (!publishAt) return "draft";
  return publishAt > now ? "scheduled" : "shown";
}

const shown = (db: Db, ispId: number) =>
  db`a.isp_id = ${ispId} and a.publish_at <= now() and a.taken_down_at is null`;

/** What a provider shows, newest first, a page at a time: those older than the one with the id `before`. */
export const publishedAnnouncements = (
  db: Db,
  ispId: number,
  { before, limit }: { before?: number; limit: number },
): Promise<Published[]> => db<Published[]>`
  select a.id, a.title, a.publish_at from announcements a
  where ${shown(db, ispId)} and (${before ?? null}::bigint is null or (a.publish_at, a.id) <
    (select b.publish_at, b.id from announcements b where b.id = ${before ?? null}::bigint and b.isp_id = ${ispId}))
  order by a.publish_at desc, a.id desc limit ${limit}`;

/** One that a provider shows; throws NotFound for drafts, those to come and those taken down. */
export async function publishedAnnouncement(db: Db, ispId: number, id: number): Promise<PublishedText> {
  const [row] = await db<PublishedText[]>`
    select a.id, a.title, a.body, a.publish_at from announcements a where ${shown(db, ispId)} and a.id = ${id}`;
  if (!row) throw new NotFound(`no announcement ${id} is shown`);
  return row;
}

const columns = (db: Db) => db`a.id, a.title, a.body, a.publish_at, a.taken_down_at, a.version, a.updated_at`;

/** All of a provider, newest first: those with an id below `before`. */
export const announcements = (
  db: Db,
  { ispId }: Staff,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<Announcement[]> => db<Announcement[]>`
  select ${columns(db)} from announcements a where a.isp_id = ${ispId} and a.id < ${before}
  order by a.id desc limit ${limit}`;

/** One of the provider of this member of staff, whatever its state; throws NotFound. */
export async function findAnnouncement(db: Db, { ispId }: Staff, id: number): Promise<Announcement> {
  const [row] = await db<Announcement[]>`
    select ${columns(db)} from announcements a where a.isp_id = ${ispId} and a.id = ${id}`;
  if (!row) throw new NotFound(`no announcement ${id} of this provider`);
  return row;
}

/** What is kept: without `publishAt` it is a draft; "now" is the database's. */
export type AnnouncementText = { title: string; body: string; publishAt: Date | "now" | null };

const when = (db: Db, publishAt: AnnouncementText["publishAt"]) =>
  publishAt === "now" ? db`date_trunc('milliseconds', now())` : db`${publishAt}::timestamptz`;

/** Adds one and gives its id. */
export const addAnnouncement = (root: RootStore, actor: Staff, text: AnnouncementText): Promise<number> =>
  inTransaction(root, async ({ db }) => {
    const [row] = await db<{ id: number }[]>`
      insert into announcements (isp_id, title, body, publish_at)
      values (${actor.ispId}, ${text.title}, ${text.body}, ${when(db, text.publishAt)}) returning id`;
    if (!row) throw new Error("no announcement was written");
    await recordLook(db, actor, "add-announcement", [null], { announcement: row.id });
    return row.id;
  });

/**
 * Writes one anew, also one that was taken down, which then stands again. Throws Conflict where somebody changed it since
 * `seen`, NotFound where there is none.
 */
export const changeAnnouncement = (
  root: RootStore,
  actor: Staff,
  { id, seen }: { id: number; seen: number },
  text: AnnouncementText,
): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await findAnnouncement(db, actor, id);
    const rows = await db`
      update announcements set title = ${text.title}, body = ${text.body}, publish_at = ${when(db, text.publishAt)},
        taken_down_at = null, version = version + 1, updated_at = now()
      where id = ${id} and isp_id = ${actor.ispId} and version = ${seen} returning id`;
    if (rows.length === 0) throw new Conflict(`announcement ${id} was changed meanwhile`);
    await recordLook(db, actor, "change-announcement", [null], { announcement: id });
  });

/** 撤下: nobody sees it any more. Twice is once. */
export const takeDownAnnouncement = (root: RootStore, actor: Staff, id: number): Promise<void> =>
  inTransaction(root, async ({ db }) => {
    await findAnnouncement(db, actor, id);
    const rows = await db`
      update announcements set taken_down_at = now(), version = version + 1, updated_at = now()
      where id = ${id} and isp_id = ${actor.ispId} and taken_down_at is null returning id`;
    if (rows.length > 0) await recordLook(db, actor, "take-down-announcement", [null], { announcement: id });
  });
