import { Hono } from "hono";
import { wholeNumber } from "../../lib/numbers.ts";
import { paragraphsOf } from "../../lib/plain-text.ts";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import {
  type Published,
  publishedAnnouncement,
  publishedAnnouncements,
} from "../../models/announcement/announcement.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";
import { keptPage } from "./kept.ts";

const PAGE = 20;

/** Lines of the first page. */
const NEWEST = 3;

/** A mistake that was taken down must not stand for long. */
const MINUTE = { seconds: 60 };

/** The newest notices for the first page; none on a host of no provider. */
export const newest = ({ var: { isp } }: Ctx, { db }: Deps): Promise<Published[]> =>
  isp ? publishedAnnouncements(db, isp.id, { limit: NEWEST }) : Promise.resolve([]);

async function showList(c: Ctx, deps: Deps): Promise<Response> {
  const before = wholeNumber(c.req.query("before"));
  const { isp } = c.var;
  const found = isp
    ? await publishedAnnouncements(deps.db, isp.id, { limit: PAGE + 1, ...(before && { before }) })
    : [];
  const list = found.slice(0, PAGE);
  const older = found.length > PAGE ? `/announcements?before=${list.at(-1)?.id}` : undefined;
  return keptPage(c, "public/announcements/list", { list, older, later: before !== undefined }, MINUTE);
}

async function showOne(c: Ctx, deps: Deps): Promise<Response> {
  const id = wholeNumber(c.req.param("announcement"));
  if (!c.var.isp || id === undefined) throw new NotFound("no such announcement");
  const one = await publishedAnnouncement(deps.db, c.var.isp.id, id);
  return keptPage(c, "public/announcements/page", { one, paragraphs: paragraphsOf(one.body) }, MINUTE);
}

/** 公告 of the provider whose host this is, or of a signed-in person's. */
export const announcementPages = (deps: Deps) =>
  new Hono<Env>()
    .get("/announcements", allow("anyone"), (c) => showList(c, deps))
    .get("/announcements/:announcement", allow("anyone"), (c) => showOne(c, deps));
