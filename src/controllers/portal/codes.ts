import { type Context, Hono } from "hono";
import { wholeNumber } from "../../lib/numbers.ts";
import { normalise } from "../../lib/text.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, requestIdIn, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { TooMany } from "../../middleware/rate-limit.ts";
import { dropTicket, readTicket, writeTicket } from "../../middleware/ticket.ts";
import { NotFound } from "../../models/errors.ts";
import {
  type CodeHolder,
  codesGrantedTo,
  codesMadeBy,
  createCode,
  grantCode,
  revokeCode,
} from "../../models/product/codes.ts";
import { productsOfAccount } from "../../models/product/owners.ts";
import { countHit } from "../../models/rate-limit/rate-limit.ts";
import type { Problem } from "../../view.ts";
import { productType, spacedCode } from "../../vocabulary/product-types.ts";
import type { Deps } from "../deps.ts";

const PAGE = 30;

/** A code that was just made, on its way to the one page that shows it. */
type Fresh = { code: string; accountId: number };
const KEPT = 300;

const perAccount = { name: "codes", most: 60, seconds: 3600 };

const stateWords = {
  open: { label: "未使用", tone: "info" },
  bound: { label: "备案中", tone: "warn" },
  spent: { label: "已备案", tone: "ok" },
  revoked: { label: "已作废", tone: "" },
};

/** 备案授权码: an account makes codes for its products, grants them to others, and takes back what is unused. */
export const codes = (deps: Deps) =>
  new Hono<Env>()
    .get("/codes", allow("registrant"), (c) => show(c, deps))
    .post("/codes", allow("registrant"), (c) => create(c, deps))
    .get("/codes/:authorisation/grant", allow("registrant"), (c) => c.redirect("/codes", 303))
    .post("/codes/:authorisation/grant", allow("registrant"), (c) => grant(c, deps))
    .get("/codes/:authorisation/removal", allow("registrant"), (c) => c.redirect("/codes", 303))
    .post("/codes/:authorisation/removal", allow("registrant"), async (c) => {
      const { holder, id } = asked(c);
      if (!(await revokeCode(deps, holder, id))) return show(c, deps, [usedProblem(id)], 409);
      return c.redirect("/codes", 303);
    });

const usedProblem = (id: number): Problem => ({ field: `c-${id}`, text: "这个授权码已经在备案中，不能收回" });

function asked(c: Context<Env>): { holder: CodeHolder & { accountId: number }; id: number } {
  const { accountId, ispId } = registrant(c);
  const id = wholeNumber(c.req.param("authorisation"));
  if (id === undefined) throw new NotFound("no such code");
  return { holder: { accountId, ispId }, id };
}

async function limited(deps: Deps, accountId: number): Promise<void> {
  const { over, retryAfter } = await countHit(deps, perAccount, String(accountId));
  if (over) throw new TooMany(retryAfter);
}

async function create(c: Ctx, deps: Deps): Promise<Response> {
  const { accountId, ispId } = registrant(c);
  const body = await readBody(c);
  await limited(deps, accountId);
  const productId = wholeNumber(text(body, "product"));
  if (productId === undefined) throw new NotFound("no such product");
  const requestId = requestIdIn(c, body, "codes", String(productId));
  const made = await createCode(deps, { ispId, productId, accountId, requestId });
  if (made.made) writeTicket<Fresh>(c, "code", { code: made.code, accountId }, KEPT);
  else if (made.reason === "quota")
    return show(c, deps, [{ field: `p-${productId}`, text: "这个产品可以备案的网站数已经用完" }], 409);
  return c.redirect("/codes", 303);
}

/** An empty name takes the grant back. A name that is nobody's gets the same answer as any other. */
async function grant(c: Ctx, deps: Deps): Promise<Response> {
  const { holder, id } = asked(c);
  const userName = normalise(text(await readBody(c), "userName")).slice(0, 32);
  await limited(deps, holder.accountId);
  const granted = await grantCode(deps, holder, id, userName || null);
  if (granted === "used") return show(c, deps, [usedProblem(id)], 409);
  return c.redirect("/codes", 303);
}

async function show(
  c: Ctx,
  deps: Deps,
  problems: Problem[] = [],
  status: 200 | 409 = 200,
): Promise<Response> {
  const { accountId, ispId } = registrant(c);
  const before = wholeNumber(c.req.query("before"));
  const [products, made, granted] = await Promise.all([
    productsOfAccount(deps.db, { accountId, ispId }, PAGE),
    codesMadeBy(deps.db, accountId, before, PAGE + 1),
    codesGrantedTo(deps.db, accountId, PAGE),
  ]);
  const shown = made.slice(0, PAGE);
  return page(
    c,
    "portal/codes/page",
    {
      ...{ problems, fresh: fresh(c, accountId), granted, stateWords },
      products: products.map((product) => ({ ...product, label: productType(product.type).label })),
      codes: shown,
      older: made.length > PAGE ? `/codes?before=${shown.at(-1)?.id}` : undefined,
    },
    status,
  );
}

/** Shown once: the page that shows it forgets it. */
function fresh(c: Ctx, accountId: number): string | undefined {
  const ticket = readTicket<Fresh>(c, "code");
  if (!ticket) return undefined;
  dropTicket(c, "code");
  return ticket.accountId === accountId ? spacedCode(ticket.code) : undefined;
}
