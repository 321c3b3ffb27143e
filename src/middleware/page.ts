/**
 * How a controller answers with HTML.
 *
 *   return page(c, "portal/login/page", { values, problems }, 422);
 *
 * - `page` renders a whole page: the template `views/portal/login/page.eta` names its layout (see `src/view.ts`). Problems
 *   are 422 with the same page; success is `c.redirect("/somewhere", 303)`.
 * - `fragment` renders a template without a layout, for htmx requests that replace a part: answer so only when
 *   `HX-Target` names that part, and send `Vary: HX-Target`.
 * - The form is read by `readBody(c)` (`src/middleware/body.ts`): `Record<string, string | File | list>`.
 * - Who may open a route is declared on the route: `.get("/account", allow("registrant"), handler)`, see
 *   `src/middleware/access.ts`. A route without it stops the start.
 * - `registrant(c)` and `staffMember(c)` (`src/middleware/env.ts`) give the signed-in person; `c.var.isp` is the provider.
 * - Throw `NotFound`, `Forbidden`, `TransitionRefused`, `Conflict`: `src/middleware/errors.ts` makes pages of them.
 * - No inline script or style anywhere (the policy forbids it). `<body hx-boost>` sends links and forms by htmx: a link to
 *   a file (PDF, picture) needs `hx-boost="false"`.
 */
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { encodingFor, loadAssets } from "../lib/assets.ts";
import { type PageContext, renderPage } from "../view.ts";
import { csrfToken } from "./csrf.ts";
import type { Ctx } from "./env.ts";

/**
 * Where htmx asks only for a part of the page that stands there, the frame around it is left out: the id of the part.
 * Links and forms under `hx-boost` show whole pages, and so does a step back in the browser's history.
 */
function partOf(c: Ctx): string | undefined {
  const is = (name: string) => c.req.header(name) === "true";
  if (!is("hx-request") || is("hx-boosted") || is("hx-history-restore-request")) return undefined;
  return c.req.header("hx-target") ?? "";
}

/** What every template may know of this request. The token is made for pages with a form: a page without sets no cookie. */
function contextOf(c: Ctx): PageContext {
  const { requestId, actor, isp, queues, deps } = c.var;
  let token: string | undefined;
  return {
    get csrf() {
      token ??= csrfToken(c);
      return token;
    },
    requestId,
    path: c.req.path,
    part: partOf(c),
    now: new Date(),
    demo: deps.config.demo,
    actor,
    isp,
    queues,
    assets: loadAssets(),
  };
}

/** Compressing less than one packet saves nothing. */
const WORTH = 1_000;

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT, BROTLI_MODE_TEXT } = constants;
const { BROTLI_PARAM_LGWIN } = constants;

/**
 * Quality 7 is a fifth smaller than gzip and takes 0.3 ms for a page of a filing; with a window of 64 KB, which no page
 * fills, it costs what quality 5 does with the usual one.
 */
const brotli = (html: string): Buffer =>
  brotliCompressSync(html, {
    params: {
      [BROTLI_PARAM_QUALITY]: 7,
      [BROTLI_PARAM_LGWIN]: 16,
      [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT,
      [BROTLI_PARAM_SIZE_HINT]: html.length,
    },
  });

const compressors = { br: brotli, gzip: (html: string): Buffer => gzipSync(html) };

/** Sends HTML, compressed when the browser takes it. */
export function html(c: Ctx, text: string, status: ContentfulStatusCode = 200): Response {
  c.header("content-type", "text/html; charset=utf-8");
  c.header("vary", "Accept-Encoding", { append: true });
  const encoding = encodingFor(c.req.header("accept-encoding"));
  if (encoding === "identity" || text.length < WORTH) return c.body(text, status);
  c.header("content-encoding", encoding);
  return c.body(new Uint8Array(compressors[encoding](text)), status);
}

/** Autosave takes nothing into the page; a refresh would throw away what was typed since. `static/line.js` says what is wrong. */
const SILENT = "autosave";

/** Answers with a whole page. `data` is `it` in the template; its `problems` count into the title. */
export function page(
  c: Ctx,
  view: string,
  data: Record<string, unknown>,
  status: ContentfulStatusCode = 200,
): Response {
  const context = contextOf(c);
  const text = renderPage(view, data, context);
  // The login or a refusal came where htmx wanted a part: taking nothing from it would leave a hole in the page.
  const isElsewhere = context.part !== undefined && !text.includes(`id="${context.part}"`);
  if (isElsewhere && context.part !== "" && context.part !== SILENT && status < 500)
    c.header("hx-refresh", "true");
  return html(c, text, status);
}

/** Answers with a part of a page. */
export function fragment(
  c: Ctx,
  view: string,
  data: Record<string, unknown>,
  status: ContentfulStatusCode = 200,
): Response {
  c.header("vary", "HX-Target", { append: true });
  return html(c, renderPage(view, data, contextOf(c)), status);
}
