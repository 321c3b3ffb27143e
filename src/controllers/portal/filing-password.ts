import { Hono } from "hono";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { editable } from "../../models/filing/states.ts";
import { givePassword, numberOnRecord, takesPassword } from "../../models/type-check/give-password.ts";
import { checkPassword } from "../../models/type-check/password.ts";
import { filingPath, type Problem } from "../../view.ts";
import type { Deps } from "../deps.ts";
import { deskFiling, desks, writer } from "../desk.ts";
import { passwordWords } from "./password-words.ts";

/** 备案密码 of a filing that works on what is on record: given again, or for the first time. */
export function filingPassword(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .get(`${filing}/password`, ...who, async (c) => {
        const found = await findHere(c, deps);
        if (!editable.includes(found.state)) return c.redirect(filingPath(found), 303);
        return show(c, found, []);
      })
      .post(`${filing}/password`, ...who, (c) => give(c, deps));
  return app;
}

async function give(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await findHere(c, deps);
  const password = text(await readBody(c), "password").slice(0, 200);
  if (password.trim() === "") return show(c, filing, [{ field: "password", text: "请填写备案密码" }], 422);
  const number = await numberOnRecord(deps, filing);
  const source = networkOf(c.var.source);
  const answer = await checkPassword(deps, deps.lookups, filing, { number, password, source });
  if (answer !== "right" && answer !== "unchecked")
    return show(c, filing, [{ field: "password", text: passwordWords[answer] }], 422);
  await givePassword(deps, writer(c), filing, { password, checked: answer });
  return c.redirect(filingPath(filing), 303);
}

async function findHere(c: Ctx, deps: Deps): Promise<Filing> {
  const filing = await deskFiling(c, deps);
  if (!takesPassword(filing)) throw new NotFound("this kind of filing has no password");
  return filing;
}

const show = (c: Ctx, filing: Filing, problems: Problem[], status: 200 | 422 = 200): Response =>
  page(c, "portal/password/page", { filing, title: filingTitle(filing), problems }, status);
