import { Hono } from "hono";
import { readClaim } from "../../forms/record-claim.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { type ClaimResult, claimRecord } from "../../models/record-claim/claim.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

/** What a person reads where nothing was given; `wrong` never says which of the three it was. */
const refusals: Partial<Record<ClaimResult, Problem>> = {
  wrong: { field: "number", text: "备案号、备案密码和证件号码对不上，请核对后再试；试错几次以后要等一小时" },
  silent: {
    field: "icpPassword",
    text: "管局没有及时回应，备案密码没有核对成，所以还没有认领。请过几分钟再试一次",
  },
  too_many: { field: "number", text: "试的次数太多了，请一小时后再试" },
  waiting: { field: "number", text: "这份备案正在等另一个账号确认，请等那一次办完；7天内没有确认会作废" },
};

type Shown = { typed?: string; certNo?: string; problems?: Problem[] };

/** 认领: a record that is in no account, or in another's, for whoever has its number, password and certificate. */
export const recordClaim = (deps: Deps) =>
  new Hono<Env>()
    .get("/records/claim", allow("registrant"), (c) => show(c))
    .post("/records/claim", allow("registrant"), async (c) => {
      const body = await readBody(c);
      const { form, problems } = readClaim(body);
      if (problems.length > 0) return show(c, { ...form, problems });
      const result = await claimRecord(deps, deps.lookups, registrant(c), {
        ...form,
        source: networkOf(c.var.source),
        requestId: requestIdIn(c, body, "claim", form.number),
      });
      const problem = refusals[result];
      return problem
        ? show(c, { ...form, problems: [problem] })
        : c.redirect(`/records/claim?done=${result}`, 303);
    });

const done = new Map([
  ["claimed", "已经认领，备案在您的账号里了。"],
  ["own", "这份备案已经在您的账号里，不用认领。"],
  [
    "asked",
    "核对无误。这份备案在另一个账号里，已经请对方确认；对方同意以后，同一证件的备案会合并到您的账号。",
  ],
]);

function show(c: Ctx, { typed = "", certNo = "", problems = [] }: Shown = {}): Response {
  const told = done.get(c.req.query("done") ?? "");
  return page(
    c,
    "portal/record-claim/page",
    { typed, certNo, problems, done: told },
    problems.length > 0 ? 422 : 200,
  );
}
