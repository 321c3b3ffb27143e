import { Hono } from "hono";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { hasRole } from "../../models/actor.ts";
import { NotFound } from "../../models/errors.ts";
import { type Delivery, deliveriesOf, sendAgain } from "../../models/hook/deliveries.ts";
import { maybeHook } from "../../models/hook/hook.ts";
import { hookEventLabel } from "../../vocabulary/hook-events.ts";
import type { Deps } from "../deps.ts";

const PAGE = 50;

const states = {
  queued: ["等待发送", "info"],
  delivered: ["已送达", "ok"],
  failed: ["没有送达", "bad"],
} as const;

/** A delivery with its words for a page. */
export const shownDelivery = (delivery: Delivery) => {
  const [text, tone] = states[delivery.state];
  return { ...delivery, label: hookEventLabel(delivery.event), text, tone };
};

/** 网络回调: what the provider's own system was told, and whether it took it. */
export const hookDeliveries = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/settings/hook", allow("administrator", "submitter"), (c) => list(c, deps))
    .get("/console/deliveries/:delivery", allow("administrator", "submitter"), (c) =>
      c.redirect("/console/settings/hook", 303),
    )
    .post("/console/deliveries/:delivery", allow("administrator", "submitter"), (c) => again(c, deps));

async function list(c: Ctx, { db }: Deps): Promise<Response> {
  const actor = staffMember(c);
  const before = wholeNumber(c.req.query("before"));
  const [hook, found] = await Promise.all([
    maybeHook({ db }, actor.ispId),
    deliveriesOf(db, actor, { limit: PAGE + 1, ...(before !== undefined && { before }) }),
  ]);
  const deliveries = found.slice(0, PAGE).map(shownDelivery);
  return page(c, "console/hook/page", {
    deliveries,
    host: hook && new URL(hook.url).host,
    events: hook?.events.map((event) => hookEventLabel(event)) ?? [],
    opensCuts: hasRole(actor, "submitter"),
    older: found.length > PAGE ? `/console/settings/hook?before=${deliveries.at(-1)?.id}` : undefined,
  });
}

async function again(c: Ctx, deps: Deps): Promise<Response> {
  const id = wholeNumber(c.req.param("delivery"));
  if (id === undefined) throw new NotFound("no such delivery");
  const actor = staffMember(c);
  const { cutId } = await sendAgain(deps, actor, id);
  const opens = cutId !== null && hasRole(actor, "submitter");
  return c.redirect(opens ? `/console/cuts/${cutId}` : "/console/settings/hook", 303);
}
