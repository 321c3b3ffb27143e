import { createMiddleware } from "hono/factory";
import { findIsp, findIspByHost, firstIsp, type Isp } from "../models/isp/isp.ts";
import type { Ctx, Env, WebDeps } from "./env.ts";

/** How long a process may show an old name or telephone number of a provider, in milliseconds. */
const FRESH = 5_000;
/** A host name is whatever the sender writes, so the memory of them has an end. */
const MOST = 500;

type Remembered = { isp: Isp | undefined; until: number };

/** Remembers an answer of the database for a few seconds, so that a request of a busy process costs no query for it. */
function remembering(find: (key: string) => Promise<Isp | undefined>) {
  const memory = new Map<string, Remembered>();
  return async (key: string): Promise<Isp | undefined> => {
    const found = memory.get(key);
    if (found && found.until > Date.now()) return found.isp;
    const isp = await find(key);
    if (memory.size >= MOST) memory.clear();
    memory.set(key, { isp, until: Date.now() + FRESH });
    return isp;
  };
}

/** The host names of the request as a provider may have them: with its port, and without. */
const hostsOf = (c: Ctx): string[] => {
  const { host, hostname } = new URL(c.req.url);
  return [...new Set([host, hostname].map((name) => name.toLowerCase()))];
};

/** Finds providers by host and by id; made once for an application. */
export function ispFinder({ db }: WebDeps) {
  return {
    byHost: remembering((host) => findIspByHost(db, host)),
    byId: remembering((id) => findIsp(db, Number(id))),
    first: remembering(() => firstIsp(db)),
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
    c.set("isp", isp ?? (deps.config.demo ? await find.first("") : undefined));
    await next();
  });
