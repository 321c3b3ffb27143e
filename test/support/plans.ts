import type { Sql } from "../../src/db/client.ts";

/** A node of a plan as `explain (analyze, format json)` gives it; keys as PostgreSQL writes them. */
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
};

export type Plan = { query: string; nodes: PlanNode[] };

const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];

/** What postgres.js makes of a template; `handle` is called when it is awaited, never for a part of another query. */
type Query = { strings: readonly string[]; handle(): Promise<void> };

const isTemplate = (value: unknown): boolean => Array.isArray(value) && "raw" in value;

/**
 * A database that runs what it is asked and keeps the plan of each query with it. A query that is only a part of
 * another is never awaited, so it is not explained alone.
 */
export function explaining(db: Sql): { db: Sql; plans: Plan[] } {
  const plans: Plan[] = [];
  const explain = async (query: Query): Promise<void> => {
    const [row] = await db<{ "QUERY PLAN": [{ Plan: PlanNode }] }[]>`
      explain (analyze, format json) ${query as never}`;
    const [answer] = Object.values(row ?? {}) as [[{ Plan: PlanNode }]];
    plans.push({ query: query.strings.join("?").replace(/\s+/g, " ").trim(), nodes: flat(answer[0].Plan) });
  };
  const apply = (target: Sql, self: unknown, args: unknown[]): unknown => {
    const query = Reflect.apply(target as never, self, args) as Query;
    if (!isTemplate(args[0])) return query;
    const run = query.handle.bind(query);
    query.handle = () => explain(query).then(run);
    return query;
  };
  return { db: new Proxy(db, { apply }) as Sql, plans };
}
