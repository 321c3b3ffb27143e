import { z } from "zod";
import { ApiProblem } from "../../middleware/problems.ts";
import { recordProgram } from "../../models/api-token/tokens.ts";
import {
  type AuthorisationCode,
  codesOfIsp,
  createCode,
  grantCode,
  revokeCode,
} from "../../models/product/codes.ts";
import { spacedCode } from "../../vocabulary/product-types.ts";
import { type ApiRoute, apiRoute } from "./route.ts";

const PAGE = 100;

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

const code = z.object({
  id: z.number().int(),
  lastFour: z.string(),
  state: z.enum(["open", "bound", "spent", "revoked"]),
  product: z.number().int(),
  madeBy: z.string().nullable(),
  grantedTo: z.string().nullable(),
  filing: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

const shown = ({
  id,
  lastFour,
  state,
  productId,
  madeBy,
  grantedTo,
  filing,
  createdAt,
}: AuthorisationCode) => ({
  ...{ id, lastFour, state, product: productId, madeBy, grantedTo, filing },
  createdAt: createdAt.toISOString(),
});

/** 备案授权码 for the provider's own system. */
export const codeRoutes: ApiRoute[] = [
  apiRoute({
    method: "get",
    path: "/api/v1/codes",
    scope: "codes:read",
    summary:
      "Authorisation codes, newest first, a hundred at a time; `next` is the `before` of the next page",
    query: z.object({ product: id.optional(), before: id.optional() }),
    status: 200,
    answer: z.object({ codes: z.array(code), next: z.number().int().nullable() }),
    handle: async ({ deps, token, query: { product, before } }) => {
      const wanted = { limit: PAGE + 1, ...(product && { productId: product }), ...(before && { before }) };
      const found = await codesOfIsp(deps.db, token.ispId, wanted);
      const page = found.slice(0, PAGE);
      return { codes: page.map(shown), next: found.length > PAGE ? (page.at(-1)?.id ?? null) : null };
    },
  }),
  apiRoute({
    method: "post",
    path: "/api/v1/codes",
    scope: "codes:write",
    summary:
      "Makes a code for a product, granted to an account where one is named; the code is in this answer alone",
    body: z.object({ product: z.number().int().positive(), account: z.string().min(1).max(32).optional() }),
    status: 201,
    answer: z.object({ id: z.number().int(), code: z.string() }),
    handle: async ({ deps, token, body: { product, account }, requestId }) => {
      const { ispId } = token;
      const made = await createCode(deps, { ispId, productId: product, accountId: null, requestId });
      if (!made.made) throw new ApiProblem(409, "quota", "The product carries all the websites it may");
      const holder = { ispId, accountId: null };
      if (account && (await grantCode(deps, holder, made.id, account)) !== "granted") {
        await revokeCode(deps, holder, made.id);
        throw new ApiProblem(422, "invalid", "There is no such account", [
          { field: "account", message: "unknown" },
        ]);
      }
      await recordProgram(deps.db, token, "api-code", { codeId: made.id });
      return { id: made.id, code: spacedCode(made.code) };
    },
  }),
  apiRoute({
    method: "post",
    path: "/api/v1/codes/:authorisation/revocation",
    scope: "codes:write",
    summary: "Takes an unused code back for good",
    params: z.object({ authorisation: id }),
    status: 200,
    answer: z.object({ id: z.number().int(), state: z.literal("revoked") }),
    handle: async ({ deps, token, params }) => {
      const holder = { ispId: token.ispId, accountId: null };
      if (!(await revokeCode(deps, holder, params.authorisation)))
        throw new ApiProblem(409, "used", "A filing has the code");
      await recordProgram(deps.db, token, "api-code-revoked", { codeId: params.authorisation });
      return { id: params.authorisation, state: "revoked" as const };
    },
  }),
];
