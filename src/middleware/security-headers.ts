import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { isSecure } from "./cookies.ts";
import type { Env } from "./env.ts";

/** Everything comes from this host; no inline script or style, no frame, no plug-in, no other place for a form. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(";");

const headers = {
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** What a browser asks of a document only. */
const documentHeaders = {
  ...headers,
  "content-security-policy": contentSecurityPolicy,
  "x-frame-options": "DENY",
  // A form posted here must carry its origin, so not `no-referrer`.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/**
 * No document comes of an answer to a script (no link, form or other site can send this header, and the page that asks
 * keeps its own policy), nor of one that only sends on: half a kilobyte that a slow line is spared.
 */
const isDocument = (c: Context<Env>): boolean =>
  c.req.header("hx-request") === undefined && (c.res.status < 300 || c.res.status >= 400);

/** Headers of every answer. Pages hold personal data, so nothing is kept in a cache unless a route says otherwise. */
export const securityHeaders = createMiddleware<Env>(async (c, next) => {
  await next();
  // A route that sends a file narrows the policy further.
  for (const [name, value] of Object.entries(isDocument(c) ? documentHeaders : headers))
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  if (isSecure(c)) c.res.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
});
