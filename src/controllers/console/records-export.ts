import { Hono } from "hono";
import { disclosureReasons } from "../../forms/disclosure.ts";
import { type RecordExport, readRecordExport } from "../../forms/record-export.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { hasRole } from "../../models/actor.ts";
import { recordExport } from "../../models/audit/export.ts";
import { Forbidden } from "../../models/errors.ts";
import { seesPersons } from "../../models/filing/subject-name.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { tableFile } from "../export.ts";
import { askedRecords } from "../record-search.ts";
import { inFull, recordRows } from "../record-table.ts";
import { filingRoles } from "./filing.ts";
import { readable } from "./filing-facts.ts";

/** 导出备案信息 of the provider: masked; in full for 主管 alone, with a reason. Either is in the audit log. */
export const consoleRecordsExport = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/records/export", allow(...filingRoles), (c) => show(c, deps, []))
    .post("/console/records/export", allow(...filingRoles), async (c) => {
      const form = readRecordExport(await readBody(c), "staff");
      if (form.full && !hasRole(staffMember(c), "supervisor"))
        throw new Forbidden("numbers in full are for 主管");
      return form.problems.length > 0 ? show(c, deps, form.problems, form) : send(c, deps, form);
    });

async function show(c: Ctx, deps: Deps, problems: Problem[], form?: RecordExport): Promise<Response> {
  const actor = staffMember(c);
  const { search, query } = await askedRecords(deps, actor, c.req.query());
  const data = {
    ...{
      query,
      narrowed: search.any,
      problems,
      reasons: disclosureReasons,
      mayFull: hasRole(actor, "supervisor"),
    },
    ...{ format: form?.format ?? "xlsx", full: form?.full ?? false, reason: form?.reason ?? "" },
  };
  return page(c, "console/records/export", data, problems.length > 0 ? 422 : 200);
}

async function send(c: Ctx, deps: Deps, { format, full, reason }: RecordExport): Promise<Response> {
  const actor = staffMember(c);
  const { search } = await askedRecords(deps, actor, c.req.query());
  const by = Object.keys(search.filter);
  await recordExport(deps.db, actor, { what: "records", format, full, by, ...(full ? { reason } : {}) });
  const masked = (field: Parameters<typeof readable>[0], values: Parameters<typeof readable>[1]) =>
    readable(field, values, seesPersons(actor));
  const rows = recordRows(deps, actor, search.filter, full ? inFull : masked);
  return tableFile(c, { format, name: "备案信息" }, rows);
}
