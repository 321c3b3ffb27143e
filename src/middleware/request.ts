import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import ipaddr from "ipaddr.js";
import { newId } from "../lib/ids.ts";
import type { Ctx, Env, WebDeps } from "./env.ts";

/** Where the request came from. Behind a proxy that we trust, the last address it names: earlier ones anybody can write. */
function sourceOf(c: Ctx, trustProxy: boolean): string {
  const named = trustProxy ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  const address = named ?? c.env?.incoming?.socket?.remoteAddress ?? "";
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : "unknown";
}

/** The network that a limit counts: an IPv4 address, or the /64 that one customer has in IPv6. */
export function networkOf(source: string): string {
  if (!ipaddr.isValid(source)) return source;
  const address = ipaddr.parse(source);
  if (address.kind() === "ipv4") return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}

/** 上次登录 shows where from, but keeps no whole address: 203.0.113.*, or 本机. */
export function placeOf(source: string): string {
  if (!ipaddr.isValid(source)) return "未知地址";
  const address = ipaddr.parse(source);
  if (address.range() === "loopback") return "本机";
  if (address.kind() === "ipv4") return address.toString().replace(/\d+$/, "*");
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}:*`;
}

const browsers: [RegExp, string][] = [
  [/MicroMessenger/, "微信"],
  [/Edg/, "Edge"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];
const systems: [RegExp, string][] = [
  [/HarmonyOS/, "鸿蒙"],
  [/Android/, "Android"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Windows/, "Windows"],
  [/Mac OS/, "Mac"],
  [/Linux/, "Linux"],
];

const firstOf = (names: [RegExp, string][], agent: string): string =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? "";

/** Windows上的Chrome; as much of the browser's own description as a person recognises. */
export function deviceOf(agent: string | undefined): string {
  const [browser, system] = [firstOf(browsers, agent ?? ""), firstOf(systems, agent ?? "")];
  if (browser && system) return `${system}上的${browser}`;
  return system || browser || "未知设备";
}

/** First of all: an id that the log and the error page share, the source, and a line in the log at the end. */
export const request = (deps: WebDeps) =>
  createMiddleware<Env>(async (c, next) => {
    const start = performance.now();
    c.set("deps", deps);
    c.set("requestId", newId());
    c.set("startedAt", new Date());
    c.set("source", sourceOf(c, deps.config.trustProxy));
    c.set("queues", []);
    await next();
    // Only what failed is asked about; a slow line is spared the rest.
    if (c.res.status >= 400) c.res.headers.set("x-request-id", c.var.requestId);
    const ms = Math.round(performance.now() - start);
    const line = {
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      ms,
      id: c.var.requestId,
    };
    deps.log.info({ req: line }, "request");
  });
