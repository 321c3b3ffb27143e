import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import type { Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import type { Deps } from "../deps.ts";

/** A text cut at its addresses, so that a page can make links of them. */
const pieces = (text: string): { text: string; href?: string }[] =>
  text
    .split(/(https?:\/\/[^\s<>）。，]+)/)
    .filter(Boolean)
    .map((piece) => (/^https?:/.test(piece) ? { text: piece, href: piece } : { text: piece }));

/** Every mail and short message of the demo, newest first; nothing of it ever leaves this machine. */
export const outbox = (deps: Deps) =>
  new Hono<Env>()
    .get("/dev/outbox", allow("anyone"), async (c) => {
      const messages = (await deps.outbox?.()) ?? [];
      const shown = messages.map((message) => ({
        ...message,
        at: new Date(message.at),
        pieces: pieces(message.text),
      }));
      return page(c, "dev/outbox", { messages: shown });
    })
    .get("/dev/outbox.json", allow("anyone"), async (c) => c.json((await deps.outbox?.()) ?? []))
    .get("/dev/bureau", allow("anyone"), (c) =>
      page(c, "dev/bureau", { address: `http://localhost:${deps.config.simulatorPort}/` }),
    );
