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

/** Whether nobody has used the database yet: it has no provider. */
export async function isEmpty(url: string): Promise<boolean> {
  const db = connect(url, { max: 1 });
  try {
    const [row] = await db<{ some: boolean }[]>`select exists (select 1 from isps) as some`;
    return row?.some === false;
  } finally {
    await db.end({ timeout: 1 });
  }
}
