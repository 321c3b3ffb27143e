import { Hono } from "hono";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { bulletinsOf, readBulletin } from "../../models/bulletin/rows.ts";
import { bulletinTitle } from "../../models/bulletin/title.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";

/** Rows of a page. */
const PAGE = 50;

/** 管局通知: what the bureau wrote, and who read it first. */
export const bulletins = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/bulletins", allow("submitter"), (c) => list(c, deps))
    .get("/console/bulletins/:bulletin/reading", allow("submitter"), (c) =>
      c.redirect("/console/bulletins", 303),
    )
    .post("/console/bulletins/:bulletin/reading", allow("submitter"), async (c) => {
      const id = wholeNumber(c.req.param("bulletin"));
      if (id === undefined) throw new NotFound("no such bulletin");
      await readBulletin(deps, staffMember(c), id);
      return c.redirect("/console/bulletins", 303);
    });

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const before = wholeNumber(c.req.query("before"));
  const unread = c.req.query("unread") === "1";
  const found = await bulletinsOf(deps, staffMember(c), {
    ...{ unread, limit: PAGE + 1 },
    ...(before ? { before } : {}),
  });
  const rows = found.slice(0, PAGE);
  const base = `/console/bulletins${unread ? "?unread=1" : ""}`;
  return page(c, "console/bulletins/page", {
    unread,
    rows: rows.map((row) => ({ ...row, label: bulletinTitle(row) })),
    older: found.length > PAGE ? `${base}${unread ? "&" : "?"}before=${rows.at(-1)?.id}` : undefined,
    newest: before ? base : undefined,
  });
}
