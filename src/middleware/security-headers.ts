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
].join("; ");

const headers = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  // A form posted here must carry its origin, so not `no-referrer`.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

/** Headers of every answer. Pages hold personal data, so nothing is kept in a cache unless a route says otherwise. */
export const securityHeaders = createMiddleware<Env>(async (c, next) => {
  await next();
  // A route that sends a file narrows the policy further.
  for (const [name, value] of Object.entries(headers))
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  if (isSecure(c)) c.res.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  if (!c.res.headers.has("cache-control")) c.res.headers.set("cache-control", "no-store");
});
