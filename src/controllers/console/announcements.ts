import { Hono } from "hono";
import {
  type AnnouncementAct,
  type AnnouncementValues,
  momentText,
  readAnnouncement,
  readMoment,
} from "../../forms/announcement.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { paragraphsOf } from "../../lib/plain-text.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import {
  type Announcement,
  type AnnouncementState,
  type AnnouncementText,
  addAnnouncement,
  announcements,
  changeAnnouncement,
  findAnnouncement,
  stateOf,
  takeDownAnnouncement,
} from "../../models/announcement/announcement.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { changedMeanwhile } from "./meanwhile.ts";

const LIST = "/console/announcements";
const PAGE = 50;

const stateWords: Record<AnnouncementState, { text: string; tone: string }> = {
  draft: { text: "草稿", tone: "" },
  scheduled: { text: "等待发布", tone: "info" },
  shown: { text: "已发布", tone: "ok" },
  over: { text: "已撤下", tone: "" },
};

const viewOf = (one: Announcement) => ({ ...one, state: stateWords[stateOf(one, new Date())] });

/** 公告 of the provider: write, look at, publish now or later, take down. */
export const consoleAnnouncements = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("administrator"), (c) => showList(c, deps))
    .get(`${LIST}/new`, allow("administrator"), (c) => show(c, { values: blank }))
    .post(`${LIST}/new`, allow("administrator"), (c) => save(c, deps))
    .get(`${LIST}/:announcement`, allow("administrator"), async (c) => {
      const one = await asked(c, deps);
      return show(c, { one, values: valuesOf(one) });
    })
    .post(`${LIST}/:announcement`, allow("administrator"), async (c) => save(c, deps, await asked(c, deps)))
    .get(`${LIST}/:announcement/removal`, allow("administrator"), (c) =>
      c.redirect(`${LIST}/${encodeURIComponent(c.req.param("announcement"))}`, 303),
    )
    .post(`${LIST}/:announcement/removal`, allow("administrator"), async (c) => {
      await takeDownAnnouncement(deps, staffMember(c), (await asked(c, deps)).id);
      return c.redirect(LIST, 303);
    });

const blank: AnnouncementValues = { title: "", body: "", publishAt: "", seen: 0 };

const valuesOf = ({ title, body, publishAt, version }: Announcement): AnnouncementValues => ({
  ...{ title, body, seen: version },
  publishAt: momentText(publishAt),
});

/** The one that the address names; what no id ever is finds none. */
const asked = (c: Ctx, { db }: Deps): Promise<Announcement> =>
  findAnnouncement(db, staffMember(c), wholeNumber(c.req.param("announcement")) ?? 0);

async function showList(c: Ctx, deps: Deps): Promise<Response> {
  const before = wholeNumber(c.req.query("before"));
  const found = await announcements(deps.db, staffMember(c), {
    limit: PAGE + 1,
    ...(before === undefined ? {} : { before }),
  });
  const list = found.slice(0, PAGE).map(viewOf);
  const next = found.length > PAGE ? `${LIST}?before=${list.at(-1)?.id}` : undefined;
  return page(c, "console/announcements/list", { list, next });
}

type Shown = {
  one?: Announcement;
  values: AnnouncementValues;
  problems?: Problem[];
  preview?: boolean;
  meanwhile?: boolean;
};

function show(c: Ctx, { one, values, problems = [], preview = false, meanwhile = false }: Shown): Response {
  const data = {
    ...{ values, problems, meanwhile },
    one: one && viewOf(one),
    path: one ? `${LIST}/${one.id}` : `${LIST}/new`,
    preview: preview ? paragraphsOf(values.body) : undefined,
  };
  return page(c, "console/announcements/page", data, meanwhile ? 409 : problems.length > 0 ? 422 : 200);
}

const textFor = (act: AnnouncementAct, { title, body, publishAt }: AnnouncementValues): AnnouncementText => ({
  ...{ title, body },
  publishAt: act === "draft" ? null : (readMoment(publishAt) ?? "now"),
});

async function save(c: Ctx, deps: Deps, one?: Announcement): Promise<Response> {
  const { values, act, problems } = readAnnouncement(await readBody(c));
  const shown = { values, problems, ...(one && { one }) };
  if (act === "preview" || problems.length > 0) return show(c, { ...shown, preview: problems.length === 0 });
  const [actor, words] = [staffMember(c), textFor(act, values)];
  if (!one) await addAnnouncement(deps, actor, words);
  else if (await changedMeanwhile(changeAnnouncement(deps, actor, { id: one.id, seen: values.seen }, words)))
    return show(c, { ...shown, values: { ...values, seen: one.version }, meanwhile: true });
  return c.redirect(LIST, 303);
}
