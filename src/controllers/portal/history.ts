import { Hono } from "hono";
import { readHistorySearch } from "../../forms/history-search.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { searchHistory } from "../../models/filing/history-search.ts";
import { listFilingIdsOfRecord } from "../../models/record/filings.ts";
import { findWholeRecord } from "../../models/record/whole.ts";
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
import { hiddenFrom, historyRows } from "../record-history.ts";
import { changesOfRecord } from "./record-changes.ts";
import { recordIdOf, subjectName } from "./records.ts";

const actors = [
  { code: "registrant", text: "您" },
  { code: "staff", text: "审核员" },
  { code: "system", text: "系统" },
  { code: "bureau", text: "管局" },
];

/** Events of a record that its page shows. */
const SHOWN = 200;

/** 历史记录查询: what happened to the filings of the account, and to one record. */
export const history = (deps: Deps) =>
  new Hono<Env>()
    .get("/history", allow("registrant"), async (c) =>
      show(c, deps, await askedHistory(deps, registrant(c), c.req.query())),
    )
    .post("/history", allow("registrant"), async (c) => {
      const search = readHistorySearch(await readBody(c), actionsFor(registrant(c)));
      if (search.problems.length > 0) return show(c, deps, { search, query: "", refused: false });
      return sendHistoryOn(c, deps, registrant(c), search);
    })
    .get("/history/export", allow("registrant"), (c) => c.redirect("/history", 303))
    .post("/history/export", allow("registrant"), async (c) => {
      const actor = registrant(c);
      const format = text(await readBody(c), "format") === "csv" ? "csv" : "xlsx";
      return exportHistory(c, deps, actor, await askedHistory(deps, actor, c.req.query()), format);
    })
    .get("/records/:id/history", allow("registrant"), (c) => showRecord(c, deps));

async function show(c: Ctx, deps: Deps, asked: AskedHistory): Promise<Response> {
  const actor = registrant(c);
  const { rows, next } = await foundHistory(c, deps, actor, asked);
  const { values, problems } = asked.search;
  const data = { rows, next, values, problems, query: asked.query, refused: asked.refused, actors };
  return page(
    c,
    "portal/history/page",
    { ...data, actions: actionChoices(actor) },
    problems.length > 0 ? 422 : 200,
  );
}

async function showRecord(c: Ctx, deps: Deps): Promise<Response> {
  const actor = registrant(c);
  const record = await findWholeRecord(deps, recordIdOf(c), actor);
  const filingIds = await listFilingIdsOfRecord(deps.db, record.id);
  const events = await searchHistory(
    deps,
    actor,
    { filingIds, without: hiddenFrom(actor) },
    undefined,
    SHOWN,
  );
  return page(c, "portal/records/history", {
    ...{ id: record.id, name: subjectName(record), number: record.number },
    rows: await historyRows(deps, actor, events),
    changes: await changesOfRecord(deps, actor, filingIds),
  });
}
