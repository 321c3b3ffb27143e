import { Hono } from "hono";
import { readDifferenceQuery } from "../../forms/reconciliation.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Env, staffMember } from "../../middleware/env.ts";
import type { Staff } from "../../models/actor.ts";
import { recordExport } from "../../models/audit/export.ts";
import { differenceFact } from "../../models/reconciliation/facts.ts";
import { type DifferenceFilter, listDifferences } from "../../models/reconciliation/list.ts";
import type { Store } from "../../models/store.ts";
import type { Deps } from "../deps.ts";
import { tableFile } from "../export.ts";

/** Differences that are in memory at once. */
const BATCH = 200;

/** 导出差异: as the list shows them, masked. */
export const reconciliationExport = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/reconciliation/export", allow("submitter"), (c) =>
      c.redirect("/console/reconciliation", 303),
    )
    .post("/console/reconciliation/export", allow("submitter"), async (c) => {
      const actor = staffMember(c);
      const filter = readDifferenceQuery(c.req.query());
      const format = text(await readBody(c), "format") === "csv" ? "csv" : "xlsx";
      const by = Object.keys(filter);
      await recordExport(deps.db, actor, { what: "differences", format, full: false, by });
      return tableFile(c, { format, name: "对账差异" }, differenceRows(deps, actor, filter));
    });

const headings = [
  "管局",
  "类别",
  "主体备案号",
  "主办单位",
  "网站",
  "项目",
  "本系统",
  "管局的值",
  "状态",
  "处理",
];

async function* differenceRows(
  store: Store,
  actor: Staff,
  filter: DifferenceFilter,
): AsyncGenerator<readonly string[]> {
  yield headings;
  let before: number | undefined;
  for (;;) {
    const rows = await listDifferences(store, actor.ispId, filter, { before, limit: BATCH });
    for (const row of rows) {
      const { bureau, kind, number, name, site, place, ours, theirs, state, decision } = differenceFact(
        row,
        actor,
      );
      yield [bureau, kind, number, name, site, place, ours, theirs, state, decision];
    }
    before = rows.at(-1)?.id;
    if (rows.length < BATCH) return;
  }
}
