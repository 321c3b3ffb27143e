import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startWeb } from "../src/server.ts";
import { testConfig } from "./support/app.ts";
import { type TestDatabase, testDatabase } from "./support/database.ts";

const test = suite("the web process");
let database: TestDatabase;
const dataDir = mkdtempSync(join(tmpdir(), "openbeian-web-"));
test.before(async () => {
  database = await testDatabase();
});
test.after(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await database.close();
});

const config = () =>
  testConfig({ databaseUrl: database.url, port: 0, host: "127.0.0.1", storageUrl: `file:${dataDir}/files` });

/** Waits until a query of the web process waits for the lock. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await database.db`select 1 from pg_stat_activity
      where wait_event_type = 'Lock' and application_name = 'openbeian web'`;
    if (waiting.length > 0) return;
  }
}

test("answers until it is stopped, and lets a request under way end", async () => {
  const web = await startWeb(config());
  assert.is((await fetch(`${web.url}/healthz`)).status, 200);
  const { answer, stopped } = await database.db.begin(async (tx) => {
    await tx`lock table isp_hosts in access exclusive mode`;
    const underWay = fetch(`${web.url}/login`);
    await somebodyWaits();
    return { answer: underWay, stopped: web.stop() };
  });
  assert.is((await answer).status, 200);
  await stopped;
  const after = await fetch(`${web.url}/healthz`).then(
    () => "answered",
    () => "closed",
  );
  assert.is(after, "closed");
});

test("does not start without a database or keys", async () => {
  for (const missing of [{ databaseUrl: undefined }, { secretKeys: undefined }]) {
    const started = await startWeb({ ...config(), ...missing }).then(
      () => "started",
      (error: Error) => error.message,
    );
    assert.match(started, /needs (DATABASE_URL|SECRET_KEYS)/);
  }
});

test("says when its port is taken", async () => {
  const first = await startWeb(config());
  const port = Number(new URL(first.url).port);
  const second = await startWeb({ ...config(), port }).then(
    () => "started",
    (error: NodeJS.ErrnoException) => error.code,
  );
  await first.stop();
  assert.is(second, "EADDRINUSE");
});

test.run();
