import type { Config } from "../src/config.ts";
import { connect } from "../src/db/client.ts";

/** The worker process: runs jobs until it is stopped. */
export async function startWorker(config: Config): Promise<{ stop(): Promise<void> }> {
  const db = connect(config.databaseUrl ?? "", { max: 1, name: "openbeian worker" });
  await db`select 1`;
  return { stop: () => db.end({ timeout: 2 }) };
}
