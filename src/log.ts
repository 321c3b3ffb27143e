import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger } from "pino";

/**
 * Keys a log line may carry. Everything else is left out and only its name is kept under `dropped`: names, numbers
 * and addresses of persons must not reach a log because somebody logged one object too many.
 */
const ALLOWED = new Set([
  ...["err", "req", "ms", "count", "bytes", "attempt", "code", "status", "signal", "pid", "port", "part"],
  ...["job", "jobId", "task", "worker", "requestId", "filingId", "packageId", "noticeId", "materialId"],
  ...[
    "ispId",
    "accountId",
    "staffId",
    "bureau",
    "province",
    "operation",
    "state",
    "action",
    "channel",
    "kind",
  ],
  ...["migration", "rule", "reason", "version"],
]);

/** Error classes whose message is about our code and not about somebody's data. */
const TELLING = new Set(["TypeError", "ReferenceError", "RangeError", "ConfigError"]);

/** The parts of an error that name places in code and in the schema. */
const PLACES = ["code", "constraint_name", "table_name", "column_name", "schema_name", "routine", "syscall"];

/**
 * What a log keeps of an error: class, code, place, and the frames of its stack. The message is kept only for
 * programming errors, or when the error itself says `safe: "…"`; others repeat what a person typed.
 */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const fields = error as Error & Record<string, unknown>;
  const kept = PLACES.filter((key) => typeof fields[key] === "string").map((key) => [key, fields[key]]);
  const message = typeof fields.safe === "string" ? fields.safe : TELLING.has(error.name) && error.message;
  return {
    type: error.name,
    ...Object.fromEntries(kept),
    ...(message ? { message } : {}),
    stack: (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)),
    ...(error.cause instanceof Error ? { cause: errorForLog(error.cause) } : {}),
  };
}

/** What a log keeps of a request: the pattern of its route, never its path, query, headers or body. */
export function requestForLog(request: Record<string, unknown>): Record<string, unknown> {
  const allowed = ["id", "method", "route", "status", "ms"];
  return Object.fromEntries(allowed.filter((key) => key in request).map((key) => [key, request[key]]));
}

function keepAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  const [kept, dropped] = [new Map<string, unknown>(), [] as string[]];
  for (const [key, value] of Object.entries(fields)) {
    if (ALLOWED.has(key) && (typeof value !== "object" || key === "err" || key === "req"))
      kept.set(key, value);
    else dropped.push(key);
  }
  return { ...Object.fromEntries(kept), ...(dropped.length > 0 ? { dropped } : {}) };
}

/**
 * The log of one process: a JSON object a line on standard output. `name` says which part speaks (`web`, `worker`).
 * Use a fixed sentence as message and put values into the fields of `ALLOWED`.
 */
export function createLog(options: { level: string; name: string }, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: { part: options.name },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorForLog, req: requestForLog },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: keepAllowed,
    },
  };
  return destination ? pino(settings, destination) : pino(settings);
}
