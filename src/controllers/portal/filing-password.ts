import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { editable } from "../../models/filing/states.ts";
import { givePassword, numberOnRecord, takesPassword } from "../../models/type-check/give-password.ts";
import { checkPassword } from "../../models/type-check/password.ts";
import type { Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { passwordWords } from "./password-words.ts";

/** 备案密码 of a filing that works on what is on record: given again, or for the first time. */
export const filingPassword = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/password", allow("registrant"), async (c) => {
      const filing = await findHere(c, deps);
      if (!editable.includes(filing.state)) return c.redirect(`/filings/${filing.number}`, 303);
      return show(c, filing, []);
    })
    .post("/filings/:id/password", allow("registrant"), async (c) => {
      const filing = await findHere(c, deps);
      const password = text(await readBody(c), "password").slice(0, 200);
      if (password.trim() === "")
        return show(c, filing, [{ field: "password", text: "请填写备案密码" }], 422);
      const number = await numberOnRecord(deps, filing);
      const answer = await checkPassword(deps, deps.lookups, registrant(c), { number, password });
      if (answer !== "right" && answer !== "unchecked")
        return show(c, filing, [{ field: "password", text: passwordWords[answer] }], 422);
      await givePassword(deps, registrant(c), filing, { password, checked: answer });
      return c.redirect(`/filings/${filing.number}`, 303);
    });

async function findHere(c: Ctx, deps: Deps): Promise<Filing> {
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", registrant(c));
  if (!takesPassword(filing)) throw new NotFound("this kind of filing has no password");
  return filing;
}

const show = (c: Ctx, filing: Filing, problems: Problem[], status: 200 | 422 = 200): Response =>
  page(c, "portal/password/page", { filing, title: filingTitle(filing), problems }, status);
