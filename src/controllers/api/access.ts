import { z } from "zod";
import { mayOpen } from "../../models/filing/may-open.ts";
import { stateNames } from "../../models/filing/states.ts";
import { type ApiRoute, apiRoute } from "./route.ts";

/** 可开通访问: the provider's system asks before it opens a domain. */
export const accessRoutes: ApiRoute[] = [
  apiRoute({
    method: "get",
    path: "/api/v1/filings/:number/access",
    scope: "filings:read",
    summary: "Whether the domains of a filing may be opened yet",
    params: z.object({ number: z.string().regex(/^\d{8}-\d{4,10}$/) }),
    status: 200,
    answer: z.object({
      number: z.string(),
      state: z.enum(stateNames),
      domains: z.array(z.string()),
      open: z.boolean(),
      openAt: z.iso.datetime().nullable(),
    }),
    handle: ({ deps, token, params }) => mayOpen(deps.db, token.ispId, params.number),
  }),
];
