import { Hono } from "hono";
import { cursorText, readCursor } from "../../forms/queue.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { openInquiries, settledInquiries } from "../../models/inquiry/lists.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import type { Deps } from "../deps.ts";
import { dueClock, workingTime } from "./clock.ts";

/** Rows of a page. */
const PAGE = 50;

/** 核实任务: those that wait, the most urgent first, and those that are settled. */
export const inquiries = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/inquiries", allow("submitter"), (c) => waiting(c, deps))
    .get("/console/inquiries/settled", allow("submitter"), (c) => settled(c, deps));

async function waiting(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const cursor = readCursor(c.req.query("after"));
  const after = cursor?.dueAt ? { dueAt: cursor.dueAt, id: cursor.id } : undefined;
  const [found, time, { inquiryDays }] = await Promise.all([
    openInquiries(deps, actor, { after, limit: PAGE + 1 }),
    workingTime(deps, actor.ispId),
    ispSettings(deps.db, actor.ispId),
  ]);
  const rows = found.slice(0, PAGE);
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  return page(c, "console/inquiries/page", {
    rows: rows.map((row) => ({
      ...row,
      clock: dueClock({ dueAt: row.dueAt, since: row.askedAt }, time),
      mine: row.isTaken && row.takenBy === actor.staffId,
    })),
    days: inquiryDays,
    next: last && `/console/inquiries?after=${cursorText(last)}`,
    first: after ? "/console/inquiries" : undefined,
  });
}

async function settled(c: Ctx, deps: Deps): Promise<Response> {
  const before = wholeNumber(c.req.query("before"));
  const found = await settledInquiries(deps, staffMember(c), { before, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  return page(c, "console/inquiries/settled", {
    rows,
    older: found.length > PAGE ? `/console/inquiries/settled?before=${rows.at(-1)?.id}` : undefined,
    newest: before ? "/console/inquiries/settled" : undefined,
  });
}
