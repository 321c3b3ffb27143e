import { Hono } from "hono";
import {
  type ProductProblem,
  type ProductRow,
  productColumnNames,
  productColumns,
  readProduct,
  writingProblems,
} from "../../forms/product.ts";
import { productTemplate } from "../../forms/product-template.ts";
import { type FormBody, text } from "../../lib/form-body.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { writeXlsx } from "../../lib/spreadsheet/index.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import { listProducts } from "../../models/product/list.ts";
import { setProductState, upsertProducts } from "../../models/product/upsert.ts";
import { storedSearch, storeSearch } from "../../models/search/stored.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { provinceShortName } from "../../vocabulary/divisions.ts";
import { productType, productTypes, storedTypeNames } from "../../vocabulary/product-types.ts";
import type { Deps } from "../deps.ts";

const PAGE = 50;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const allowed = allow("administrator", "supervisor");

/** 产品: what the provider's customers have, with what is used of it; added and retired by hand, or imported in bulk. */
export const consoleProducts = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/products", allowed, (c) => list(c, deps))
    // An account or a customer may be somebody's name: the address of the result names the stored search.
    .post("/console/products", allowed, async (c) => {
      const words = text(await readBody(c), "words")
        .trim()
        .slice(0, 100);
      if (words === "") return c.redirect("/console/products", 303);
      return c.redirect(`/console/products?search=${await storeSearch(deps, staffMember(c), words)}`, 303);
    })
    .get("/console/products/new", allowed, (c) => form(c, blankRow))
    .post("/console/products/new", allowed, (c) => add(c, deps))
    .get("/console/products/template", allowed, async (c) => {
      c.header("content-disposition", 'attachment; filename="products.xlsx"');
      c.header("content-type", XLSX);
      return c.body(new Uint8Array(await writeXlsx(productTemplate())));
    })
    .get("/console/products/:product/state", allowed, (c) => c.redirect("/console/products", 303))
    .post("/console/products/:product/state", allowed, (c) => changeState(c, deps, c.req.param("product")));

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const search = c.req.query("search");
  const words = search ? await storedSearch(deps, actor, search) : "";
  const before = wholeNumber(c.req.query("before"));
  const found = await listProducts(deps, actor.ispId, { words, before, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE).map((product) => ({
    ...product,
    label: productType(product.type).label,
    place: product.serverPlace ? provinceShortName(product.serverPlace) : "",
    mode: product.accessMode ? codeLabel("access_mode", product.accessMode) : "",
  }));
  const query = search ? `search=${encodeURIComponent(search)}&` : "";
  const next = found.length > PAGE ? `/console/products?${query}before=${rows.at(-1)?.id}` : undefined;
  return page(c, "console/products/page", { rows, words, next, added: c.req.query("added") !== undefined });
}

const blankRow = Object.fromEntries(productColumnNames.map((name) => [name, ""])) as ProductRow;

const readRow = (body: FormBody): ProductRow =>
  Object.fromEntries(productColumnNames.map((name) => [name, text(body, name)])) as ProductRow;

async function add(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const row = readRow(await readBody(c));
  const { product, problems } = readProduct(row);
  if (!product) return form(c, row, problems);
  const batch = { ispId: actor.ispId, products: [product], source: "hand" as const };
  const [written] = await upsertProducts(deps, batch);
  if (written?.outcome === "refused") return form(c, row, [writingProblems[written.why]]);
  await recordLook(deps.db, actor, "change-product", [null], { productId: written?.id });
  return c.redirect("/console/products?added", 303);
}

/** A secret is never shown back. */
function form(c: Ctx, row: ProductRow, wrong: readonly ProductProblem[] = []): Response {
  const problems = wrong.map(({ column, text }) => ({
    field: column,
    text: `${productColumns[column].label}：${text}`,
  }));
  const types = storedTypeNames.map((name) => ({ code: name, label: productTypes[name].label }));
  const controls = productColumnNames
    .filter((name) => name !== "state")
    .map((name) => ({
      ...{ key: name, label: productColumns[name].label, hint: productColumns[name].note },
      ...{ kind: kinds[name] ?? "text", width: "m", optional: !productColumns[name].required },
      ...{ value: name === "secret" ? "" : row[name], options: name === "type" ? types : [] },
      ...{ error: problems.find(({ field }) => field === name)?.text, input: { autocomplete: "off" } },
    }));
  return page(c, "console/products/new", { controls, problems }, problems.length > 0 ? 422 : 200);
}

const kinds: Record<string, string> = { type: "select", secret: "password" };

async function changeState(c: Ctx, deps: Deps, product: string): Promise<Response> {
  const actor = staffMember(c);
  const id = wholeNumber(product);
  const to = text(await readBody(c), "to") === "active" ? "active" : "retired";
  if (id === undefined || !(await setProductState(deps, actor.ispId, id, to)))
    throw new NotFound("no such product");
  await recordLook(deps.db, actor, "change-product", [null], { productId: id, to });
  return c.redirect("/console/products", 303);
}
