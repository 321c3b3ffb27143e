import postgres from "postgres";

export type Sql = postgres.Sql<{ bigint: number }>;
export type TransactionSql = postgres.TransactionSql<{ bigint: number }>;
/** What a query function takes: it works inside and outside a transaction. */
export type Db = Sql | TransactionSql;

/** int8 (oid 20) is a number here: our ids and counts stay far below 2^53. */
const bigint = {
  to: 20,
  from: [20],
  serialize: (value: number | bigint) => String(value),
  parse: (text: string) => Number(text),
};

/** `date` (oid 1082) stays the text `2026-11-18`: a day has no time zone, and a `Date` would move it by one. */
const day = { to: 1082, from: [1082], serialize: (value: string) => value, parse: (text: string) => text };

/**
 * A pool of connections. Columns come back in camelCase and may be given so to `sql(row)`; keys inside jsonb stay as
 * they are. int8 is a number, `date` a string `YYYY-MM-DD`, `timestamptz` a Date.
 */
export function connect(url: string, options: { max?: number; name?: string } = {}): Sql {
  return postgres(url, {
    max: options.max ?? 10,
    connection: { application_name: options.name ?? "openbeian" },
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    types: { bigint, day },
    onnotice: () => undefined,
  }) as unknown as Sql;
}

/**
 * One connection of its own to the same database, for as long as it is needed: it is never given back by age or rest,
 * and nobody else's statement goes over it. `end` it.
 */
export const alone = (db: Sql): Sql =>
  postgres({
    ...db.options,
    max: 1,
    max_lifetime: null,
    idle_timeout: undefined,
  } as unknown as postgres.Options<{
    bigint: postgres.PostgresType<number>;
  }>) as unknown as Sql;
