import type { Sql } from "../../src/db/client.ts";
import { type TaskBench, taskBench } from "./task-bench.ts";

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

/** A bench that is filled first; what its `store` is asked afterwards is explained, what its `db` is asked is not. */
export type PlanBench = TaskBench & { plans: Plan[] };

export async function planBench(fill: (bench: TaskBench) => Promise<unknown>): Promise<PlanBench> {
  const bench = await taskBench();
  await fill(bench);
  const { db, plans } = explaining(bench.db);
  return { ...bench, store: { ...bench.store, db }, plans };
}

/** Rows that a step of a plan read, the kept and the thrown away. */
export const rowsRead = (node: PlanNode): number =>
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];

/** A step may read so many rows, and no table of these names as a whole. */
export type Limit = { most: number; big: RegExp; unreadable?: RegExp };

/** Names what lists read or sort too much of. Of rows that cannot be opened (`unreadable`) counts what is read before. */
export async function wasteOf(
  plans: Plan[],
  { most, big, unreadable }: Limit,
  lists: Record<string, () => Promise<unknown>>,
): Promise<string> {
  const isWaste = (node: PlanNode): boolean =>
    rowsRead(node) > most ||
    (node["Node Type"] === "Seq Scan" && rowsRead(node) > 0 && big.test(node["Relation Name"] ?? ""));
  const waste: string[] = [];
  for (const [what, list] of Object.entries(lists)) {
    plans.length = 0;
    await list().catch((error: Error) => {
      if (!unreadable?.test(error.message)) throw error;
    });
    if (plans.length === 0) waste.push(`${what}: no query was seen`);
    for (const { query, nodes } of plans)
      waste.push(
        ...nodes
          .filter(isWaste)
          .map((node) => `${what}: ${node["Node Type"]} of ${rowsRead(node)} rows in ${query}`),
      );
  }
  return waste.join("\n");
}
