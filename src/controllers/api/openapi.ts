import { z } from "zod";
import { problem } from "../../middleware/problems.ts";
import { scopes } from "../../models/api-token/tokens.ts";
import type { ApiRoute } from "./route.ts";

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
};

/** One parameter for each key of an object's schema. */
function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Json;
    required?: string[];
  };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: one,
  }));
}

const content = (schema: Json, type = "application/json") => ({ content: { [type]: { schema } } });

const problems = Object.fromEntries(
  ["400", "401", "403", "404", "409", "422", "429"].map((status) => [
    status,
    { $ref: "#/components/responses/Problem" },
  ]),
);

function operationOf(route: ApiRoute): Json {
  const parameters = [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")];
  return {
    operationId: `${route.method} ${route.path}`.replace(/\W+/g, "_"),
    summary: route.summary,
    security: [{ token: [route.scope] }],
    "x-scope": route.scope,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, ...content(schemaOf(route.body, "input")) } } : {}),
    responses: {
      [route.status]: { description: "done", ...content(schemaOf(route.answer, "output")) },
      ...problems,
    },
  };
}

/** The OpenAPI 3.1 description of the routes, made of the schemas that check them. */
export function describe(routes: readonly ApiRoute[], server: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  const words = Object.entries(scopes).map(([name, text]) => `- \`${name}\`: ${text}`);
  return {
    openapi: "3.1.0",
    info: { title: "OpenBeian", version: "1", description: `Scopes of tokens:\n\n${words.join("\n")}` },
    servers: [{ url: server }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      responses: {
        Problem: {
          description: "what is wrong",
          ...content(schemaOf(problem, "output"), "application/problem+json"),
        },
      },
    },
  };
}
