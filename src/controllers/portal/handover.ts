import { Hono } from "hono";
import { readPlace } from "../../forms/supplement.ts";
import { remainingText } from "../../lib/dates.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { qrCode } from "../../lib/qr.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { isSecure } from "../../middleware/cookies.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { NotFound } from "../../models/errors.ts";
import { type Filing, findFiling } from "../../models/filing/rows.ts";
import { endHandover, handoversOf, type Link, makeHandover } from "../../models/handover/links.ts";
import type { Target } from "../../models/handover/target.ts";
import { countHit, type Limit } from "../../models/rate-limit/rate-limit.ts";
import type { Store } from "../../models/store.ts";
import type { Deps } from "../deps.ts";
import { deskFiling, desks, writer } from "../desk.ts";
import { holderOf } from "../uploads.ts";
import { backTo, placeOf } from "./materials.ts";

/** Links that one person makes in an hour. */
const perPerson: Limit = { name: "handover-links", most: 60, seconds: 3600 };

/** An open link as a page draws it; see views/portal/materials/_phone.eta. */
export type Phone = {
  address: string;
  qr: ReturnType<typeof qrCode>;
  /** 还剩12分钟 */
  left: string;
  expiresAt: Date;
  /** Something came through it. */
  used: boolean;
  /** Nobody but this very machine can open the address. */
  isLocal: boolean;
};

/** 用手机拍照上传: makes the link of a slot, and ends it. */
export function handovers(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .post(`${filing}/materials/:slot/handover`, ...who, async (c) => {
        const { actor, filing, target } = await asked(c, deps);
        await countLink(c, deps);
        await makeHandover(deps, actor, target);
        return backTo(c, filing, target);
      })
      .post(`${filing}/materials/:slot/handover/end`, ...who, async (c) => {
        const { actor, filing, target } = await asked(c, deps);
        await endHandover(deps, actor, target);
        return backTo(c, filing, target);
      });
  return app
    .post("/filings/:id/supplements/handover", allow("registrant"), async (c) => {
      const { filing, target } = await askedSupplement(c, deps);
      await countLink(c, deps);
      await makeHandover(deps, registrant(c), target);
      return c.redirect(`/filings/${filing.number}/supplements#w-${target.supplementId}`, 303);
    })
    .post("/filings/:id/supplements/handover/end", allow("registrant"), async (c) => {
      const { filing, target } = await askedSupplement(c, deps);
      await endHandover(deps, registrant(c), target);
      return c.redirect(`/filings/${filing.number}/supplements`, 303);
    });
}

async function asked(c: Ctx, deps: Deps) {
  const filing = await deskFiling(c, deps);
  return { actor: writer(c), filing, target: { ...placeOf(c), supplementId: null, filingId: filing.id } };
}

async function askedSupplement(c: Ctx, deps: Deps) {
  const filing = await findFiling(deps.db, c.req.param("id") ?? "", registrant(c));
  const body = await readBody(c);
  const place = readPlace(text(body, "place"));
  const supplementId = wholeNumber(text(body, "wanted"));
  if (!place || supplementId === undefined) throw new NotFound("no such supplement");
  return { filing, target: { ...place, supplementId, filingId: filing.id } };
}

async function countLink(c: Ctx, deps: Deps): Promise<void> {
  const { over, retryAfter } = await countHit(deps, perPerson, holderOf(c).holder);
  if (over) throw new TooMany(retryAfter);
}

const keyOf = ({ slot, sectionId, supplementId }: Target): string =>
  `${slot}-${sectionId}-${supplementId ?? 0}`;

/** The open links of a filing by what they open. */
export async function phonesOf(
  c: Ctx,
  store: Store,
  filing: Filing,
): Promise<(target: Target) => Phone | null> {
  const links = new Map((await handoversOf(store, filing)).map((link) => [keyOf(link), link]));
  return (target) => {
    const link = links.get(keyOf(target));
    return link ? phoneOf(c, link) : null;
  };
}

function phoneOf(c: Ctx, { code, expiresAt, usedAt }: Link): Phone {
  const { host, hostname } = new URL(c.req.url);
  const address = `${isSecure(c) ? "https" : "http"}://${host}/u/${code}`;
  const isLocal = /^(localhost|127\.|\[::1\])/.test(hostname);
  const left = remainingText(expiresAt, new Date());
  return { address, qr: qrCode(address), left, expiresAt, used: usedAt !== null, isLocal };
}
