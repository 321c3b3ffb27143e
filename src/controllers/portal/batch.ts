import { Hono } from "hono";
import { writeCsv, writeXlsx } from "../../lib/spreadsheet/index.ts";
import { tableTypes } from "../../lib/spreadsheet/stream.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { startBatch } from "../../models/batch/make.ts";
import { MOST_BYTES, MOST_ROWS, readBatch, refusals } from "../../models/batch/read.ts";
import { filingsOfBatch, findBatch, keepBatch } from "../../models/batch/rows.ts";
import { batchTemplate } from "../../models/batch/template.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import type { Deps } from "../deps.ts";
import { batchPage, reportRows } from "./batch-page.ts";

/** Reading a table of 500 rows takes a second of work. */
const perAccount = { name: "batch", most: 30, seconds: 3600 };

/** 批量备案: a table is uploaded and checked, its owner reads the report, and then the drafts are made. */
export const batch = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/batch", allow("registrant"), (c) => show(c))
    .post("/filings/batch", allow("registrant"), (c) => upload(c, deps))
    .get("/filings/batch/template", allow("registrant"), async (c) => {
      c.header("content-disposition", 'attachment; filename="batch.xlsx"');
      c.header("content-type", tableTypes.xlsx);
      return c.body(new Uint8Array(await writeXlsx(batchTemplate())));
    })
    .get("/filings/batch/:batch", allow("registrant"), async (c) =>
      page(c, "portal/batch/page", batchPage(...(await opened(c, deps)))),
    )
    .post("/filings/batch/:batch", allow("registrant"), async (c) => {
      const found = await findBatch(deps, c.req.param("batch"), registrant(c));
      await startBatch(deps, found);
      return c.redirect(`/filings/batch/${found.id}`, 303);
    })
    .get("/filings/batch/:batch/report", allow("registrant"), async (c) => {
      const [, filings] = await opened(c, deps);
      c.header("content-disposition", 'attachment; filename="report.csv"');
      c.header("content-type", tableTypes.csv);
      c.header("cache-control", "no-store");
      return c.body(writeCsv(reportRows(filings)));
    });

async function opened(c: Ctx, deps: Deps) {
  const found = await findBatch(deps, c.req.param("batch") ?? "", registrant(c));
  return [found, await filingsOfBatch(deps, found)] as const;
}

function show(c: Ctx, problem?: string, status: 200 | 413 | 422 = 200): Response {
  const problems = problem ? [{ field: "table", text: problem }] : [];
  return page(c, "portal/batch/new", { problems, most: MOST_ROWS }, status);
}

async function upload(c: Ctx, deps: Deps): Promise<Response> {
  const owner = registrant(c);
  const { over, retryAfter } = await countHit(deps, perAccount, String(owner.accountId));
  if (over) throw new TooMany(retryAfter);
  const body = await readBody(c);
  const file = [body.table].flat()[0];
  if (!(file instanceof File) || file.size === 0) return show(c, "还没有选择文件，请先选一个再上传", 422);
  if (file.size > MOST_BYTES) return show(c, refusals.size, 413);
  const read = await readBatch(Buffer.from(await file.arrayBuffer()));
  if ("refused" in read) return show(c, refusals[read.refused], 422);
  const id = await keepBatch(deps, owner, read.filings, requestIdIn(c, body, "batch"));
  return c.redirect(`/filings/batch/${id}`, 303);
}
