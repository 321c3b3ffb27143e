import type { Context } from "hono";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Actor, Registrant, Staff } from "../models/actor.ts";
import { Forbidden, LinkOver } from "../models/errors.ts";
import type { Handover } from "../models/handover/find.ts";
import type { Isp } from "../models/isp/isp.ts";
import type { RootStore } from "../models/store.ts";
import type { QueueGroup } from "../view.ts";

/** What the frame of the application needs; controllers take more (`src/controllers/deps.ts`). */
export type WebDeps = RootStore & { config: Config; log: Logger };

/** What the middleware leaves for the controllers, `c.var.…`. */
export type Env = {
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
  Variables: {
    deps: WebDeps;
    requestId: string;
    /** When it began: what takes long to send counts from then. */
    startedAt: Date;
    /** The address the request came from; with TRUST_PROXY the last one the proxy names. */
    source: string;
    /** The provider of this host, or on a neutral host that of the account; undefined: neutral. */
    isp: Isp | undefined;
    /** Whether `isp` comes from the host name: then accounts of other providers do not exist here. */
    ispByHost: boolean;
    actor: Registrant | Staff | undefined;
    /** The secret of the session, the only thing that `closeSession` and the token of forms need. */
    sessionSecret: string | undefined;
    /** The link that the address of a hand-over page (/u/…) names. */
    handover: Handover | undefined;
    /** The side bar of the console; a middleware of the queues sets it. */
    queues: readonly QueueGroup[];
  };
};

export type Ctx = Context<Env>;

/** The signed-in registrant; routes that ask for `registrant` always have one. */
export function registrant(c: Ctx): Registrant {
  if (c.var.actor?.kind !== "registrant") throw new Forbidden("not a registrant");
  return c.var.actor;
}

/** The signed-in member of staff; routes that ask for staff always have one. */
export function staffMember(c: Ctx): Staff {
  if (c.var.actor?.kind !== "staff") throw new Forbidden("not staff");
  return c.var.actor;
}

/** The link of a hand-over page; the door has looked at it. */
export function handover(c: Ctx): Handover {
  if (!c.var.handover) throw new LinkOver("no link");
  return c.var.handover;
}

export type { Actor };
