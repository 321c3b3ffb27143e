import { Hono } from "hono";
import { readHistorySearch } from "../../forms/history-search.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { staffWithRole } from "../../models/staff/names.ts";
import type { Deps } from "../deps.ts";
import {
  type AskedHistory,
  actionChoices,
  actionsFor,
  askedHistory,
  exportHistory,
  foundHistory,
  sendHistoryOn,
} from "../history-page.ts";
import { filingRoles } from "./filing.ts";

const kinds = [
  { code: "registrant", text: "主办者" },
  { code: "staff", text: "工作人员" },
  { code: "system", text: "系统" },
  { code: "bureau", text: "管局" },
  { code: "operator", text: "系统管理员" },
];

/** 历史记录查询 over all filings of the provider, by time, subject, actor and action. */
export const consoleHistory = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/history", allow(...filingRoles), async (c) => {
      const actor = staffMember(c);
      const asked = await askedHistory(deps, actor, c.req.query());
      if (asked.search.personal)
        await recordLook(deps.db, actor, "search-personal", [null], { search: c.req.query("search") ?? "" });
      return show(c, deps, asked);
    })
    .post("/console/history", allow(...filingRoles), async (c) => {
      const search = readHistorySearch(await readBody(c), actionsFor(staffMember(c)));
      if (search.problems.length > 0) return show(c, deps, { search, query: "", refused: false });
      return sendHistoryOn(c, deps, staffMember(c), search);
    })
    .get("/console/history/export", allow(...filingRoles), (c) => c.redirect("/console/history", 303))
    .post("/console/history/export", allow(...filingRoles), async (c) => {
      const actor = staffMember(c);
      const format = text(await readBody(c), "format") === "csv" ? "csv" : "xlsx";
      return exportHistory(c, deps, actor, await askedHistory(deps, actor, c.req.query()), format);
    });

async function show(c: Ctx, deps: Deps, asked: AskedHistory): Promise<Response> {
  const actor = staffMember(c);
  const { rows, next } = await foundHistory(c, deps, actor, asked);
  const { values, problems } = asked.search;
  const colleagues = await staffWithRole(deps.db, actor.ispId, [...filingRoles, "supervisor"]);
  const actors = [...kinds, ...colleagues.map(({ id, name }) => ({ code: `staff.${id}`, text: name }))];
  const data = { rows, next, values, problems, query: asked.query, refused: asked.refused, actors };
  return page(
    c,
    "console/history/page",
    { ...data, actions: actionChoices(actor) },
    problems.length > 0 ? 422 : 200,
  );
}
