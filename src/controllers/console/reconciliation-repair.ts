import { Hono } from "hono";
import { type RepairForm, readRepair, repairDecisions } from "../../forms/reconciliation.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import { completeReconciliation } from "../../models/reconciliation/complete.ts";
import { decideDifferences, type Repaired } from "../../models/reconciliation/decide.ts";
import { differenceFact } from "../../models/reconciliation/facts.ts";
import { type Difference, listDifferences } from "../../models/reconciliation/list.ts";
import { closeReconciliation } from "../../models/reconciliation/reconciliations.ts";
import { isStanding } from "../../models/reconciliation/words.ts";
import type { Deps } from "../deps.ts";

/** 修正: what will be done is shown first, then done; and the end of a full copy. */
export const reconciliationRepair = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/reconciliation/repairs", allow("submitter"), (c) =>
      c.redirect("/console/reconciliation", 303),
    )
    .post("/console/reconciliation/repairs", allow("submitter"), (c) => repair(c, deps))
    .get("/console/reconciliation/rounds/:round", allow("submitter"), (c) =>
      c.redirect("/console/reconciliation", 303),
    )
    .post("/console/reconciliation/rounds/:round", allow("submitter"), (c) => end(c, deps));

/** What is marked as cancelled needs a reason. */
const cancels = (one: Difference): boolean =>
  isStanding(one.place) && (one.theirs as { state?: unknown } | null)?.state !== "valid";

async function repair(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const first = readRepair(body);
  const rows = await listDifferences(deps, actor.ispId, { ids: first.ids }, { limit: first.ids.length });
  if (rows.length < first.ids.length) throw new NotFound("no such difference");
  const form = readRepair(body, first.decision === "bureau" && rows.some(cancels));
  if (form.problems.length > 0 || !form.confirmed || form.decision === "") return preview(c, rows, form);
  const wanted = { ids: form.ids, decision: form.decision, reason: form.reason };
  const done = await decideDifferences(deps, actor.ispId, actor, wanted);
  return page(c, "console/reconciliation/done", {
    decision: repairDecisions.find(({ code }) => code === form.decision)?.text,
    done: done.filter(({ outcome }) => outcome === "done").length,
    rest: done.filter(({ outcome }) => outcome !== "done").map((one) => ({ ...factOf(c, rows, one) })),
  });
}

export const outcomeWords: Record<Repaired["outcome"], string> = {
  done: "已处理",
  settled: "别人已经处理过",
  busy: "这条备案上还有备案单在办理，办完以后再修正",
  stale: "本系统的值后来变了，等下一次对账再处理",
  taken: "备案号或域名已经属于另一条备案，请先处理那一条",
  parent: "上一级（主体或网站）已经注销，请先恢复上一级",
  incomplete: "管局给的内容不完整，不能写入",
};

const factOf = (c: Ctx, rows: readonly Difference[], { id, outcome }: Repaired) => {
  const row = rows.find((one) => one.id === id);
  return { ...(row && differenceFact(row, staffMember(c))), id, why: outcomeWords[outcome] };
};

function preview(c: Ctx, rows: readonly Difference[], form: RepairForm): Promise<Response> {
  const actor = staffMember(c);
  const data = {
    ...{
      form,
      decisions: repairDecisions,
      problems: form.confirmed || form.ids.length === 0 ? form.problems : [],
    },
    decision: repairDecisions.find(({ code }) => code === form.decision),
    rows: rows.map((one) => differenceFact(one, actor)),
    needsReason: form.decision === "keep" || (form.decision === "bureau" && rows.some(cancels)),
  };
  const missing = form.ids.length === 0 || form.decision === "";
  return Promise.resolve(
    page(
      c,
      "console/reconciliation/preview",
      { ...data, ...(missing ? { problems: form.problems } : {}) },
      form.problems.length > 0 ? 422 : 200,
    ),
  );
}

/** 已收齐: the copy is whole. 结束: nothing is said about what it lacks. */
async function end(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const id = wholeNumber(c.req.param("round")) ?? 0;
  const act = text(await readBody(c), "act") === "complete" ? "complete" : "close";
  if (act === "complete") await completeReconciliation(deps, actor.ispId, id);
  else if (!(await closeReconciliation(deps.db, actor.ispId, id)))
    throw new NotFound("no open reconciliation");
  await recordLook(deps.db, actor, "compare-records", [null], { reconciliationId: id, act });
  return c.redirect("/console/reconciliation", 303);
}
