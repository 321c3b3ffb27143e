import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Embedded, recreateDatabase, startEmbedded } from "../db/embedded.ts";
import { bringUpToDate } from "./bring-up.ts";
import { isEmpty, makeDemoData } from "./demo-data.ts";
import { CommandFailed } from "./output.ts";
import type { Settings } from "./settings.ts";

export type Say = (part: string, line: string) => void;

export type Database = {
  url: string;
  embedded: boolean;
  stop(): Promise<void>;
  onMove(listener: (url: string) => void): void;
};

/** The database of DATABASE_URL, or the embedded one, which is started again when it ends by itself. */
export async function openDatabase(settings: Settings, say: Say): Promise<Database> {
  if (settings.databaseUrl)
    return {
      url: settings.databaseUrl,
      embedded: false,
      stop: async () => undefined,
      onMove: () => undefined,
    };
  const options = { dataDir: settings.dataDir, say: (line: string) => say("database", line) };
  const begin = async (): Promise<Embedded> => {
    const started = await startEmbedded(options);
    say("database", `PostgreSQL runs as process ${started.pid} on port ${new URL(started.url).port}`);
    return started;
  };
  let server = await begin();
  let ending = false;
  let moved: (url: string) => void = () => undefined;
  const watch = async (): Promise<void> => {
    await server.exited;
    if (ending) return;
    say("database", "ended by itself, starts again");
    const { url } = server;
    server = await begin();
    if (server.url !== url) moved(server.url);
    return watch();
  };
  watch().catch((error: Error) => say("database", error.message));
  return {
    url: server.url,
    embedded: true,
    stop: () => {
      ending = true;
      return server.stop();
    },
    onMove: (listener) => {
      moved = listener;
    },
  };
}

/** Migrations, and the invented people and filings when the demo's database is empty. */
export async function prepareDatabase(settings: Settings, database: Database, say: Say): Promise<void> {
  const marker = join(settings.dataDir, "demo-incomplete");
  if (settings.demo && existsSync(marker)) await discardHalfDemo(database, marker, say);
  const ran = await bringUpToDate(database.url);
  if (ran.length > 0) say("database", `ran ${ran.length} migrations`);
  if (!settings.demo || !(await isEmpty(database.url))) return;
  say("demo", "making people, filings and pictures; this happens once");
  writeFileSync(marker, "");
  await makeDemoData({ ...settings, databaseUrl: database.url });
  rmSync(marker);
}

/** A start that was killed while it made the demo's data left some of it: all of it is made anew. */
async function discardHalfDemo(database: Database, marker: string, say: Say): Promise<void> {
  if (!database.embedded)
    throw new CommandFailed(
      `making the demo data was interrupted: empty the database, then delete ${marker}`,
    );
  say("demo", "making its data was interrupted; starting over with an empty database");
  await recreateDatabase(database.url);
}
