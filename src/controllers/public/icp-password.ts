import { Hono } from "hono";
import { readNumberAndPassword } from "../../forms/record-claim.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { askPassword, type PasswordAnswer } from "../../models/record-claim/password.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";

const refusals: Record<Exclude<PasswordAnswer, "right">, Problem> = {
  wrong: { field: "icpPassword", text: "备案号和备案密码对不上，请核对；试错几次以后要等一小时" },
  silent: { field: "icpPassword", text: "管局没有及时回应，没有核对成。请过几分钟再试一次" },
  too_many: { field: "icpPassword", text: "试的次数太多了，请一小时后再试" },
};

type Shown = { typed?: string; problems?: Problem[]; right?: string };

/** 找回备案密码: nobody here has it. How the bureau gives a new one, and for those signed in whether one is right. */
export const icpPassword = (deps: Deps) =>
  new Hono<Env>()
    .get("/recovery/password", allow("anyone"), (c) => show(c))
    .post("/recovery/password", allow("registrant"), async (c) => {
      const { form, problems } = readNumberAndPassword(await readBody(c));
      if (problems.length > 0) return show(c, { typed: form.typed, problems });
      const wanted = { ...form, source: networkOf(c.var.source) };
      const answer = await askPassword(deps, deps.lookups, registrant(c), wanted);
      if (answer === "right") return show(c, { right: form.number });
      return show(c, { typed: form.typed, problems: [refusals[answer]] });
    });

function show(c: Ctx, { typed = "", problems = [], right }: Shown = {}): Response {
  const signedIn = c.var.actor?.kind === "registrant";
  return page(
    c,
    "public/recovery/password",
    { typed, problems, right, signedIn },
    problems.length > 0 ? 422 : 200,
  );
}
