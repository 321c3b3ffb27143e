import { Hono } from "hono";
import { readTermination, type StartForm } from "../../forms/termination.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { Conflict, NotFound } from "../../models/errors.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { type AccessOnRecord, findAccess } from "../../models/termination/accesses.ts";
import { startTermination } from "../../models/termination/terminate.ts";
import { codeLabel, offeredRows } from "../../vocabulary/code-tables.ts";
import type { Deps } from "../deps.ts";

/** Begins the 取消接入 of one access: the registrant is told at once, and has the period of grace to object. */
export const terminationStart = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/accesses/:access/termination", allow("submitter"), async (c) =>
      show(c, deps, await asked(c, deps)),
    )
    .post("/console/accesses/:access/termination", allow("submitter"), (c) => start(c, deps));

function asked(c: Ctx, deps: Deps): Promise<AccessOnRecord> {
  const id = wholeNumber(c.req.param("access"));
  if (id === undefined) throw new NotFound("no such access");
  return findAccess(deps.db, id, staffMember(c));
}

const blank: StartForm = { values: { reason: "", explanation: "" }, problems: [] };

async function show(
  c: Ctx,
  deps: Deps,
  access: AccessOnRecord,
  form: StartForm = blank,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { termination } = await ispSettings(deps.db, staffMember(c).ispId);
  const reasons = offeredRows("cancel_reason").map(({ code, zh }) => ({ code, label: zh }));
  const data = { ...form, access, reasons, graceDays: termination.graceDays };
  return page(c, "console/terminations/start", data, status);
}

async function start(c: Ctx, deps: Deps): Promise<Response> {
  const access = await asked(c, deps);
  const body = await readBody(c);
  const form = readTermination(body);
  if (form.problems.length > 0) return show(c, deps, access, form, 422);
  const { reason, explanation } = form.values;
  const words = `${codeLabel("cancel_reason", reason)}：${explanation}`;
  const requestId = requestIdIn(c, body, "termination", String(access.id));
  const made = await begun(
    startTermination(deps, staffMember(c), { accessId: access.id, reason, explanation, words, requestId }),
  );
  if (made !== undefined) return c.redirect(`/console/terminations/${made}`, 303);
  return show(c, deps, await asked(c, deps), form, 409);
}

/** Undefined where somebody else began one in this very moment: the page then shows that one. */
const begun = (work: Promise<number>): Promise<number | undefined> =>
  work.catch((error: unknown) => {
    if (error instanceof Conflict) return undefined;
    throw error;
  });
