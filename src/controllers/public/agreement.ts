import { Hono } from "hono";
import { agreementVersion } from "../../forms/registration.ts";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { readTicket, writeTicket } from "../../middleware/ticket.ts";
import type { Deps } from "../deps.ts";

/** Which text was accepted, and when; kept in the browser until the registration carries it to the account. */
export type Agreed = { version: string; at: string };

const HOUR = 3600;

/** What this browser accepted, if it is the text of today. */
export function agreedBy(c: Ctx): Agreed | undefined {
  const agreed = readTicket<Agreed>(c, "agreed");
  return agreed?.version === agreementVersion ? agreed : undefined;
}

/** 用户协议 and 备案须知, to be accepted before registration. */
export const agreement = (_deps: Deps) =>
  new Hono<Env>()
    .get("/agreement", allow("anyone"), (c) =>
      page(c, "public/agreement/page", { version: agreementVersion, signedIn: c.var.actor !== undefined }),
    )
    .post("/agreement", allow("anyone"), (c) => {
      writeTicket<Agreed>(
        c,
        "agreed",
        { version: agreementVersion, at: new Date().toISOString() },
        12 * HOUR,
      );
      return c.redirect("/register", 303);
    });
