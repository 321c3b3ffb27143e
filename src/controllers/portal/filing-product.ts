import { Hono } from "hono";
import {
  blankProductCheck,
  type ProductCheck,
  productControls,
  productRefusals,
  readProductCheck,
} from "../../forms/product-check.ts";
import { productHook } from "../../gateways/products/index.ts";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { NotFound } from "../../models/errors.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { editable } from "../../models/filing/states.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { giveProduct } from "../../models/product/give-product.ts";
import { productLine, productOf } from "../../models/product/of-filing.ts";
import { takesProduct } from "../../models/product/required.ts";
import { verifyProduct } from "../../models/product/verify.ts";
import type { Problem } from "../../view.ts";
import { demoHint } from "../../vocabulary/demo-products.ts";
import { type ProductTypeName, productTypes } from "../../vocabulary/product-types.ts";
import type { Deps } from "../deps.ts";
import { type DeskFiling, deskFiling, desks, writer } from "../desk.ts";

/** 产品核验 of a filing: for one that was opened without, or to put it on another product. */
export function filingProduct(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    app
      .get(`${filing}/product`, ...who, async (c) => {
        const found = await findHere(c, deps);
        if (!editable.includes(found.state)) return c.redirect(found.at, 303);
        return show(c, deps, found, blankProductCheck, []);
      })
      .post(`${filing}/product`, ...who, (c) => give(c, deps));
  return app;
}

async function findHere(c: Ctx, deps: Deps): Promise<DeskFiling> {
  const filing = await deskFiling(c, deps);
  if (!takesProduct(filing)) throw new NotFound("this kind of filing stands on no product");
  return filing;
}

async function give(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await findHere(c, deps);
  const body = await readBody(c);
  const { products } = await ispSettings(deps.db, filing.ispId);
  const { form, problems } = readProductCheck(body, products.types);
  if (text(body, "act") === "update") return show(c, deps, filing, form, []);
  if (problems.length > 0 || form.type === "") return show(c, deps, filing, form, problems, 422);
  const { accountId, ispId } = filing;
  const asked = { ispId, accountId, type: form.type, credentials: form.credentials };
  const gateway = { products: deps.products ?? productHook() };
  // How many places it takes is counted when it is bound.
  const answer = await verifyProduct(deps, gateway, { ...asked, source: networkOf(c.var.source) }, 0);
  if (!answer.ok) return show(c, deps, filing, form, [productRefusals[answer.reason]], 422);
  const { productId, codeId } = answer;
  const binding = await giveProduct(deps, writer(c), filing.id, { productId, codeId });
  if (!binding.bound) return show(c, deps, filing, form, [productRefusals[binding.reason]], 422);
  return c.redirect(filing.at, 303);
}

async function show(
  c: Ctx,
  deps: Deps,
  filing: DeskFiling,
  form: ProductCheck,
  problems: Problem[],
  status: 200 | 422 = 200,
): Promise<Response> {
  const { products } = await ispSettings(deps.db, filing.ispId);
  const bound = await productOf(deps.db, filing);
  const isDemo = c.var.deps.config.demo && form.type !== "";
  return page(
    c,
    "portal/product/page",
    {
      ...{ filing, form, problems, title: filingTitle(filing), back: filing.at },
      bound: bound && bound.state !== "freed" ? productLine(bound) : undefined,
      options: products.types.map((code) => ({ code, label: productTypes[code].label })),
      controls: productControls(form, problems),
      error: problems.find(({ field }) => field === "productType")?.text,
      hint: isDemo ? demoHint(form.type as ProductTypeName, c.var.isp?.slug ?? "") : undefined,
    },
    status,
  );
}
