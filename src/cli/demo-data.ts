import { openVault } from "../crypto/vault.ts";
import { connect } from "../db/client.ts";
import type { Settings } from "./settings.ts";

/** Fills an empty, migrated database with the demo's people, filings and pictures. */
export async function makeDemoData(settings: Settings & { databaseUrl: string }): Promise<void> {
  const { seedDemo } = await import("../demo/index.ts");
  const db = connect(settings.databaseUrl, { max: 4, name: "openbeian demo" });
  try {
    await seedDemo({ db, vault: openVault(settings.secretKeys), config: settings });
  } finally {
    await db.end({ timeout: 2 });
  }
}
