import { createMiddleware } from "hono/factory";
import { memory } from "../lib/memory.ts";
import { findIsp, findIspByHost, firstIsp, type Isp } from "../models/isp/isp.ts";
import type { Ctx, Env, WebDeps } from "./env.ts";

/** How long a process may show an old name or telephone number of a provider, in milliseconds. */
const FRESH = 5_000;

/** The host names of the request as a provider may have them: with its port, and without. */
const hostsOf = (c: Ctx): string[] => {
  const { host, hostname } = new URL(c.req.url);
  return [...new Set([host, hostname].map((name) => name.toLowerCase()))];
};

/** Finds providers by host and by id; made once for an application. */
export function ispFinder({ db }: WebDeps) {
  const known = memory<Isp | undefined>(FRESH);
  return {
    byHost: (host: string) => known.of(`host ${host}`, () => findIspByHost(db, host)),
    byId: (id: string) => known.of(`id ${id}`, () => findIsp(db, Number(id))),
    first: () => known.of("first", () => firstIsp(db)),
  };
}

export type IspFinder = ReturnType<typeof ispFinder>;

/** The host name decides which provider this is; in the demo an unknown host shows the first one. */
export const ispOfHost = (deps: WebDeps, find: IspFinder) =>
  createMiddleware<Env>(async (c, next) => {
    const [first = "", second] = hostsOf(c);
    let isp = await find.byHost(first);
    if (!isp && second) isp = await find.byHost(second);
    c.set("ispByHost", isp !== undefined);
    c.set("isp", isp ?? (deps.config.demo ? await find.first() : undefined));
    await next();
  });
