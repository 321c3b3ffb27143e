import { Hono } from "hono";
import { type RecordExport, readRecordExport } from "../../forms/record-export.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { findAccount } from "../../models/account/find.ts";
import { hasPassword } from "../../models/account/password.ts";
import { recordExport } from "../../models/audit/export.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import type { Problem } from "../../view.ts";
import { maskedValue } from "../../vocabulary/fields/index.ts";
import type { Deps } from "../deps.ts";
import { tableFile } from "../export.ts";
import { askedRecords } from "../record-search.ts";
import { inFull, recordRows } from "../record-table.ts";

const perAccount = { name: "export", most: 20, seconds: 900 };

/** 导出备案信息: what the list shows, or all of it, as xlsx or csv; numbers of persons in full for the password. */
export const recordsExport = (deps: Deps) =>
  new Hono<Env>()
    .get("/records/export", allow("registrant"), (c) => show(c, deps, []))
    .post("/records/export", allow("registrant"), async (c) => {
      const { accountId } = registrant(c);
      const { over, retryAfter } = await countHit(deps, perAccount, String(accountId));
      if (over) throw new TooMany(retryAfter);
      const form = readRecordExport(await readBody(c), "registrant");
      const problems = form.problems.length > 0 ? form.problems : await wrongPassword(deps, accountId, form);
      return problems.length > 0 ? show(c, deps, problems, form) : send(c, deps, form);
    });

async function wrongPassword(
  deps: Deps,
  accountId: number,
  { full, password }: RecordExport,
): Promise<Problem[]> {
  if (!full || (await hasPassword(await findAccount(deps, accountId), password))) return [];
  return [{ field: "password", text: "登录密码不对，请重新输入" }];
}

async function show(c: Ctx, deps: Deps, problems: Problem[], form?: RecordExport): Promise<Response> {
  const { search, query } = await askedRecords(deps, registrant(c), c.req.query());
  const data = {
    query,
    narrowed: search.any,
    problems,
    format: form?.format ?? "xlsx",
    full: form?.full ?? false,
  };
  return page(c, "portal/records/export", data, problems.length > 0 ? 422 : 200);
}

async function send(c: Ctx, deps: Deps, { format, full }: RecordExport): Promise<Response> {
  const actor = registrant(c);
  const { search } = await askedRecords(deps, actor, c.req.query());
  await recordExport(deps.db, actor, { what: "records", format, full, by: Object.keys(search.filter) });
  return tableFile(
    c,
    { format, name: "备案信息" },
    recordRows(deps, actor, search.filter, full ? inFull : maskedValue),
  );
}
