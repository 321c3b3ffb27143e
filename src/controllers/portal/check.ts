import { Hono } from "hono";
import { isRequestId } from "../../lib/ids.ts";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { refusalWords } from "../../models/filing/refusals.ts";
import { submitFiling } from "../../models/filing/resubmission.ts";
import type { Refusal } from "../../models/filing/workflow.ts";
import { filingPath } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { deskFiling, desks, writer } from "../desk.ts";
import { checkPage } from "./check-page.ts";

/** 核对信息: the summary with the 预审报告 on top, and 提交初审. */
export function check(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .get(`${filing}/check`, ...who, (c) => show(c, deps))
      .post(`${filing}/submission`, ...who, (c) => submit(c, deps));
  return app;
}

async function submit(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await deskFiling(c, deps);
  const body = await readBody(c);
  const requestId = text(body, "requestId");
  const wanted = {
    declared: text(body, "agree") === "1",
    requestId: isRequestId(requestId) ? requestId : c.var.requestId,
  };
  const refusal = await submitFiling(deps, writer(c), filing, wanted);
  return refusal ? show(c, deps, { refusal, agreed: wanted.declared }) : c.redirect(filingPath(filing), 303);
}

/** Refusals that mean: somebody or something else was first. The others the person can mend. */
const overtaken: ReadonlySet<Refusal> = new Set(["wrong_state", "wrong_actor", "ended", "package_open"]);

async function show(
  c: Ctx,
  deps: Deps,
  { refusal, agreed = false }: { refusal?: Refusal; agreed?: boolean } = {},
): Promise<Response> {
  const filing = await deskFiling(c, deps);
  const data = await checkPage(deps, writer(c), filing);
  const problems = refusal ? [{ field: placeOf(refusal), text: refusalWords[refusal] }] : [];
  const status = refusal === undefined ? 200 : overtaken.has(refusal) ? 409 : 422;
  return page(c, "portal/check/page", { ...data, problems, agreed }, status);
}

const placeOf = (refusal: Refusal): string =>
  refusal === "not_declared" ? "agree" : refusal.startsWith("materials") ? "materials" : "report";
