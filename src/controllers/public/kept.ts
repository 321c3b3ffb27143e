import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Ctx } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";

/** How long caches keep a page, in seconds; what an administrator changes is seen after that. */
export const KEPT = 600;

/** Of the frame of a page htmx may ask to leave out; that answer is nobody else's. */
export const FRAME = "HX-Request, HX-Boosted, HX-History-Restore-Request";

/**
 * A page that is the same for every visitor, so caches may keep it for so many seconds; that of a signed-in person bears
 * their name and is kept nowhere.
 */
export function keptPage(
  c: Ctx,
  view: string,
  data: Record<string, unknown>,
  { seconds = KEPT, status = 200 }: { seconds?: number; status?: ContentfulStatusCode } = {},
): Response {
  if (!c.var.actor) {
    c.header("cache-control", `public, max-age=${seconds}`);
    c.header("vary", `Cookie, ${FRAME}`, { append: true });
  }
  return page(c, view, data, status);
}
