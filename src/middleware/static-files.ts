import { Hono } from "hono";
import { encodingFor, loadAssets } from "../lib/assets.ts";
import { allow } from "./access.ts";
import type { Env } from "./env.ts";

/** `/static/app.<digest>.css`: kept by browsers for good, since another content has another address. */
export const staticFiles = () => {
  const assets = new Map([...loadAssets().values()].map((asset) => [asset.path, asset]));
  return new Hono<Env>().get("/static/:file", allow("anyone"), (c) => {
    const asset = assets.get(c.req.path);
    if (!asset) return c.notFound();
    const encoding = encodingFor(c.req.header("accept-encoding"));
    c.header("content-type", asset.type);
    c.header("cache-control", "public, max-age=31536000, immutable");
    c.header("vary", "Accept-Encoding");
    if (encoding !== "identity") c.header("content-encoding", encoding);
    return c.body(new Uint8Array(asset.bodies[encoding]));
  });
};
