import { Hono } from "hono";
import {
  blankProductCheck,
  type ProductCheck,
  productControls,
  productRefusals,
  readProductCheck,
} from "../../forms/product-check.ts";
import { productHook } from "../../gateways/products/index.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { networkOf } from "../../middleware/request.ts";
import { ispSettings } from "../../models/isp/settings.ts";
import { verifyProduct } from "../../models/product/verify.ts";
import type { Problem } from "../../view.ts";
import { demoHint } from "../../vocabulary/demo-products.ts";
import {
  isProductType,
  type ProductTypeName,
  productTypes,
  storedTypeNames,
} from "../../vocabulary/product-types.ts";
import type { Deps } from "../deps.ts";

/** 核验产品: shows once that a product is one's own; codes for it can be made from then on. */
export const ownProducts = (deps: Deps) =>
  new Hono<Env>()
    .get("/codes/product", allow("registrant"), async (c) => {
      const types = await typesOf(c, deps);
      const type = c.req.query("type") ?? "";
      const chosen = isProductType(type) && types.includes(type) ? type : "";
      return show(c, types, { ...blankProductCheck, type: chosen }, []);
    })
    .post("/codes/product", allow("registrant"), async (c) => {
      const types = await typesOf(c, deps);
      const body = await readBody(c);
      const { form, problems } = readProductCheck(body, types);
      if (text(body, "act") === "update") return show(c, types, form, []);
      if (problems.length > 0 || form.type === "") return show(c, types, form, problems, 422);
      const problem = await refusal(c, deps, { ...form, type: form.type });
      return problem ? show(c, types, form, [problem], 422) : c.redirect("/codes", 303);
    });

/** A code is no product of one's own. */
async function typesOf(c: Ctx, { db }: Deps): Promise<ProductTypeName[]> {
  const { products } = await ispSettings(db, registrant(c).ispId);
  return products.types.filter((name) => (storedTypeNames as readonly string[]).includes(name));
}

async function refusal(
  c: Ctx,
  deps: Deps,
  { type, credentials }: ProductCheck & { type: ProductTypeName },
): Promise<Problem | undefined> {
  const { accountId, ispId } = registrant(c);
  const asked = { ispId, accountId, type, credentials, source: networkOf(c.var.source) };
  const answer = await verifyProduct(deps, { products: deps.products ?? productHook() }, asked, 0);
  return answer.ok ? undefined : productRefusals[answer.reason];
}

function show(
  c: Ctx,
  types: readonly ProductTypeName[],
  form: ProductCheck,
  problems: Problem[],
  status: 200 | 422 = 200,
): Response {
  const options = types.map((name) => ({ code: name, label: productTypes[name].label }));
  const controls = productControls(form, problems);
  const error = problems.find(({ field }) => field === "productType")?.text;
  // In the demo the page says what to type.
  const isDemo = c.var.deps.config.demo && form.type !== "";
  const hint = isDemo ? demoHint(form.type as ProductTypeName, c.var.isp?.slug ?? "") : undefined;
  return page(c, "portal/codes/product", { form, options, controls, problems, error, hint }, status);
}
