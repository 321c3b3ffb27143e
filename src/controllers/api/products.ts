import { z } from "zod";
import { type ProductRow, productColumnNames, readProduct, writingProblems } from "../../forms/product.ts";
import { ApiProblem } from "../../middleware/problems.ts";
import { recordProgram } from "../../models/api-token/tokens.ts";
import { findProduct, type Product } from "../../models/product/rows.ts";
import { upsertProducts } from "../../models/product/upsert.ts";
import { storedTypeNames } from "../../vocabulary/product-types.ts";
import { type ApiRoute, apiRoute } from "./route.ts";

const product = z.object({
  id: z.number().int(),
  type: z.enum(storedTypeNames),
  key: z.string(),
  name: z.string(),
  customer: z.string().nullable(),
  ips: z.array(z.string()),
  place: z.string().nullable(),
  mode: z.string().nullable(),
  quota: z.number().int(),
  used: z.number().int(),
  until: z.iso.date().nullable(),
  state: z.enum(["active", "retired"]),
});

const shown = ({
  id,
  type,
  keyShown,
  name,
  customerAccount,
  ips,
  serverPlace,
  accessMode,
  ...rest
}: Product) => ({
  ...{ id, type, key: keyShown, name, customer: customerAccount, ips, place: serverPlace, mode: accessMode },
  ...{ quota: rest.quota, used: rest.used, until: rest.validUntil, state: rest.state },
});

const text = z.string().max(1000);

/** The columns of the table of products, by their names; the values as the table has them. */
const wanted = z.object({
  type: z.enum(storedTypeNames),
  key: text,
  secret: text.optional(),
  name: text,
  customer: text.optional(),
  owner: text.optional(),
  ips: z.array(text).max(100).optional(),
  place: text.optional(),
  mode: text.optional(),
  quota: z.number().int().optional(),
  until: text.optional(),
  state: z.enum(["active", "retired"]).optional(),
});

const rowOf = ({ ips = [], ...rest }: z.infer<typeof wanted>): ProductRow => {
  const values: Record<string, unknown> = { ...rest, ips: ips.join(";") };
  return Object.fromEntries(
    productColumnNames.map((name) => [name, String(values[name] ?? "")]),
  ) as ProductRow;
};

const invalid = (problems: readonly { column: string; text: string }[]): ApiProblem =>
  new ApiProblem(
    422,
    "invalid",
    "The product can't be taken as it is",
    problems.map(({ column, text }) => ({ field: column, message: text })),
  );

/** Products for the provider's own system. */
export const productRoutes: ApiRoute[] = [
  apiRoute({
    method: "post",
    path: "/api/v1/products",
    scope: "products:write",
    summary:
      "Adds a product, or changes the one with this type and key; without a secret the known one stays",
    body: wanted,
    status: 200,
    answer: product,
    handle: async ({ deps, token, body }) => {
      const { product: input, problems } = readProduct(rowOf(body));
      if (!input) throw invalid(problems);
      const batch = { ispId: token.ispId, products: [input], source: "api" as const };
      const [written] = await upsertProducts(deps, batch);
      if (!written || written.outcome === "refused")
        throw invalid(written ? [writingProblems[written.why]] : []);
      await recordProgram(deps.db, token, "api-product", { productId: written.id });
      return shown(await findProduct(deps.db, token.ispId, written.id ?? 0));
    },
  }),
  apiRoute({
    method: "get",
    path: "/api/v1/products/:product",
    scope: "products:read",
    summary: "One product with the places that are taken",
    params: z.object({ product: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
    status: 200,
    answer: product,
    handle: async ({ deps, token, params }) => shown(await findProduct(deps.db, token.ispId, params.product)),
  }),
];
