import { Hono } from "hono";
import { readStaffTransfer, type StaffTransferForm } from "../../forms/transfer.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { moveByStaff, recordForStaff, type StaffMove, staffReasons } from "../../models/transfer/by-staff.ts";
import { movesOfSubject } from "../../models/transfer/rows.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

type Refused = Extract<StaffMove, { moved: false }>["refused"];

const refusals: Record<Refused, Problem> = {
  unknown: { field: "to", text: "没有这个用户名的账号，或者它还没有激活" },
  same: { field: "to", text: "这份备案已经在这个账号里" },
  gone: { field: "to", text: "这份备案不在任何账号里，请让主办者自己认领" },
  open_filing: { field: "to", text: "这份备案上还有备案单在办理，要等它办完或取消，才能转移" },
};

/** 转移 on behalf, by 主管 with a reason. */
export const recordTransfer = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/records/:id/transfer", allow("supervisor"), (c) => show(c, deps))
    .post("/console/records/:id/transfer", allow("supervisor"), async (c) => {
      const body = await readBody(c);
      const { values, problems } = readStaffTransfer(body);
      const subjectId = idOf(c);
      await recordForStaff(deps, staffMember(c), subjectId);
      if (problems.length > 0) return show(c, deps, values, problems);
      const requestId = requestIdIn(c, body, "staff-transfer", String(subjectId), values.toName);
      const moved = await moveByStaff(deps, staffMember(c), { ...values, subjectId, requestId });
      if (!moved.moved) return show(c, deps, values, [refusals[moved.refused]]);
      return c.redirect(`/console/records/${subjectId}/transfer?moved`, 303);
    });

function idOf(c: Ctx): number {
  const id = wholeNumber(c.req.param("id"));
  if (id === undefined) throw new NotFound("no such record");
  return id;
}

async function show(
  c: Ctx,
  deps: Deps,
  values: StaffTransferForm = { toName: "", reason: "" },
  problems: Problem[] = [],
): Promise<Response> {
  const actor = staffMember(c);
  const record = await recordForStaff(deps, actor, idOf(c));
  const [moves, reasons] = await Promise.all([
    movesOfSubject(deps.db, actor.ispId, record.id),
    staffReasons(deps, actor, record.id),
  ]);
  const moved = c.req.query("moved") !== undefined;
  const data = { record, values, problems, moves, reasons, moved };
  return page(c, "console/record-transfer/page", data, problems.length > 0 ? 422 : 200);
}
