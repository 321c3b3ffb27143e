import type { Db } from "../../db/client.ts";
import { pendingMigrations } from "../../db/migrate.ts";

/** Providers without a row of a bureau: their filings wait in `ready` and go nowhere. */
export async function ispsWithoutBureau(db: Db): Promise<string[]> {
  const rows = await db<{ slug: string }[]>`
    select slug from isps i where not exists (select 1 from isp_bureaus b where b.isp_id = i.id) order by slug`;
  return rows.map(({ slug }) => slug);
}

/** What keeps this installation from doing its work, a sentence each; throws when the database does not answer. */
export async function readinessProblems(db: Db): Promise<string[]> {
  const pending = await pendingMigrations(db);
  if (pending.length > 0) return [`migrations have not run: ${pending.join(", ")}`];
  const lonely = await ispsWithoutBureau(db);
  return lonely.map((slug) => `the provider ${slug} has no bureau: its filings stay in ready`);
}
