import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { readConfig } from "../../src/config.ts";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import type { Sql } from "../../src/db/client.ts";
import { enqueue } from "../../src/jobs.ts";
import { freePort } from "../../src/lib/ports.ts";
import { until } from "../../src/lib/processes.ts";
import { readAll } from "../../src/lib/streams.ts";
import { createBureau } from "../../src/models/bureau/account.ts";
import type { RootStore } from "../../src/models/store.ts";
import { startWeb } from "../../src/server.ts";
import { demoAccounts, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { startWorker } from "../../worker/index.ts";
import { openBrowser } from "./browser.ts";
import { testDatabase } from "./database.ts";
import { type People, settle } from "./people.ts";
import { type Mailbox, openMailbox } from "./smtp.ts";

/** Milliseconds until a mail or a short message must have come. */
const PATIENCE = 30_000;

export type ShortMessages = { url: string; received: { to: string; text: string }[]; close(): Promise<void> };

/** All that runs at a provider, in this process: web, worker, a bureau, servers for mail and short messages; and a browser. */
export type JourneyWorld = {
  url: string;
  browser: Browser;
  db: Sql;
  store: RootStore;
  people: People;
  simulator: Simulator;
  mailbox: Mailbox;
  messages: ShortMessages;
  /** The text of the newest mail to an address whose subject or text has the words. */
  mailTo(address: string, words: RegExp): Promise<string>;
  smsTo(mobile: string, words: RegExp): Promise<string>;
  /** What 上报 may do at any time from the command line: asks the bureau for answers now instead of within a minute. */
  askBureau(): Promise<void>;
  close(): Promise<void>;
};

/** A provider of its own over a database of its own. Settings are those of a real installation, not of the demo. */
export async function startJourneyWorld(): Promise<JourneyWorld> {
  const database = await testDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "openbeian-journey-"));
  const [mailbox, messages] = [await openMailbox(), await openShortMessages()];
  const simulator = await startSimulator({ dataDir: join(dataDir, "bureau") });
  simulator.order({ action: "set", settings: { decisions: "hold" } });
  const port = await freePort();
  const config = readConfig({
    ...{ DATABASE_URL: database.url, SECRET_KEYS: newSecretKeys(), DATA_DIR: dataDir },
    ...{ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, LOG_LEVEL: "fatal" },
    ...{ SMTP_URL: mailbox.url, SMS_URL: messages.url },
  });
  const store: RootStore = { db: database.db, vault: openVault(config.secretKeys ?? "") };
  const people = await settleProvider(store, simulator.url);
  const web = await startWeb(config);
  const worker = await startWorker(config);
  const browser = await openBrowser();
  return {
    ...{ url: web.url, browser, db: database.db, store, people, simulator, mailbox, messages },
    mailTo: (address, words) =>
      arrival(`mail to ${address}`, words, () =>
        mailbox.received
          .filter(({ to }) => to.includes(address))
          .map(({ mail }) => `${mail.subject ?? ""}\n${mail.text ?? ""}`),
      ),
    smsTo: (mobile, words) =>
      arrival(`short message to ${mobile}`, words, () =>
        messages.received.filter(({ to }) => to === mobile).map(({ text }) => text),
      ),
    askBureau: () => enqueue(database.db, "poll-bureaus", {}, { key: "poll-bureaus", maxAttempts: 1 }),
    close: async () => {
      await browser.close();
      await worker.stop();
      await Promise.all([web.stop(), simulator.stop(), mailbox.close(), messages.close()]);
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function settleProvider(store: RootStore, endpoint: string): Promise<People> {
  const people = await settle(store, { first: "127.0.0.1", second: "er.example" });
  const [account] = demoAccounts;
  if (!account) throw new Error("the simulator has no account");
  const { ispId: bureauIspId, userName, password, aesKey = "", aesIv = "" } = account;
  await createBureau(store, {
    ...{ ispId: people.isps.first, province: "330000", name: "浙江省通信管理局", endpoint },
    ...{ bureauIspId, userName, secrets: { password, aesKey, aesIv }, isDefault: true },
  });
  await store.db`
    insert into isp_ip_ranges (isp_id, first_ip, last_ip) values (${people.isps.first}, '203.0.113.0', '203.0.113.255')`;
  return people;
}

/** A gateway for short messages that takes everything. */
async function openShortMessages(): Promise<ShortMessages> {
  const received: ShortMessages["received"] = [];
  const server = createServer((request, response) => {
    void readAll(request, 10_000).then((body) => {
      received.push(JSON.parse(body.toString()));
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://key:secret@127.0.0.1:${port}/messages`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function arrival(what: string, words: RegExp, texts: () => string[]): Promise<string> {
  const find = () => texts().findLast((text) => words.test(text));
  await until(() => find() !== undefined, PATIENCE);
  const found = find();
  if (found === undefined)
    throw new Error(`no ${what} with ${words}; there were:\n${texts().join("\n---\n")}`);
  return found;
}
