import { type ServerType, serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { openVault } from "./crypto/vault.ts";
import { connect, type Sql } from "./db/client.ts";
import { createBureauLookups } from "./gateways/bureau/index.ts";
import { createFiles } from "./gateways/files/index.ts";
import { readOutbox } from "./gateways/outbox.ts";
import { createLog } from "./log.ts";

/** Milliseconds that requests under way may take to end when the process stops. */
const GRACE = 5000;

export type Web = { url: string; stop(): Promise<void> };

/** The application over the settings' database and files. Throws when they name no database or no keys. */
function openApp(config: Config): { fetch: ReturnType<typeof createApp>["fetch"]; db: Sql } {
  const { databaseUrl, secretKeys, dataDir } = config;
  if (!databaseUrl) throw new Error("the web process needs DATABASE_URL (openbeian start gives it one)");
  if (!secretKeys) throw new Error("the web process needs SECRET_KEYS");
  const db = connect(databaseUrl, { max: 10, name: "openbeian web" });
  const log = createLog({ level: config.logLevel, name: "web" });
  const files = createFiles(config);
  const lookups = createBureauLookups();
  const outbox = () => readOutbox(dataDir);
  const app = createApp({ db, vault: openVault(secretKeys), config, log, files, outbox, lookups });
  return { fetch: app.fetch, db };
}

/**
 * The web process: listens on HOST and PORT and answers until it is stopped. `stop` takes no new connections, lets
 * requests under way end for five seconds, then lets go of the database.
 */
export async function startWeb(config: Config): Promise<Web> {
  const { fetch, db } = openApp(config);
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port: config.port, hostname: config.host }, ({ port }) =>
      resolve({ url: `http://${config.host}:${port}`, stop }),
    );
    server.once("error", (error) => {
      void db.end({ timeout: 1 });
      reject(error);
    });
    const stop = async (): Promise<void> => {
      await closeServer(server);
      await db.end({ timeout: 1 });
    };
  });
}

/** Takes nothing new; a connection goes as soon as its request is answered, and all of them when the time is over. */
function closeServer(server: ServerType): Promise<void> {
  const ifHttp = "closeIdleConnections" in server ? server : undefined;
  const idle = setInterval(() => ifHttp?.closeIdleConnections(), 50);
  const end = setTimeout(() => ifHttp?.closeAllConnections(), GRACE);
  return new Promise((done) => {
    server.close(() => {
      clearInterval(idle);
      clearTimeout(end);
      done();
    });
  });
}
