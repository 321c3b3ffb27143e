import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import type { Env } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import { maybeSlot } from "../../rules/slots.ts";

/** Addresses that only take forms, and the page below the filing that each form stands on; "" is the filing's own. */
const pages = {
  "/filings/:id/submission": "/check",
  "/filings/:id/withdrawal": "",
  "/filings/:id/verification": "",
  "/filings/:id/verification/withdrawal": "",
  "/filings/:id/sms-check": "",
  "/filings/:id/curtain/loss": "/curtain",
  "/filings/:id/curtain/receipt": "/curtain",
  "/filings/:id/materials/:slot": "/materials",
} as const satisfies Record<string, string>;

/** A page that a refused form has left at its own address leads back to its form when it is loaded again. */
export function loadedAgain(): Hono<Env> {
  const app = new Hono<Env>();
  for (const [path, page] of Object.entries(pages))
    app.get(path, allow("registrant"), (c) => {
      const { id = "", slot } = c.req.param() as { id?: string; slot?: string };
      if (slot !== undefined && !maybeSlot(slot)) throw new NotFound("no such slot");
      return c.redirect(`/filings/${encodeURIComponent(id)}${page}`, 303);
    });
  return app;
}
