import type { Config } from "../src/config.ts";
import { openVault, type Vault } from "../src/crypto/vault.ts";
import { connect, type Sql } from "../src/db/client.ts";
import { createReader, type Reader } from "../src/documents/recognition/index.ts";
import {
  type BureauGateway,
  type BureauLookups,
  createBureauGateway,
  createBureauLookups,
} from "../src/gateways/bureau/index.ts";
import { createFiles, type FileStore } from "../src/gateways/files/index.ts";
import { createHookGateway, type HookGateway } from "../src/gateways/hooks/index.ts";
import { createMail, type MailGateway } from "../src/gateways/mail/index.ts";
import { createSms, type SmsGateway } from "../src/gateways/sms/index.ts";
import type { Logger } from "../src/log.ts";
import type { LastHeard } from "./bureau/parts.ts";

/** What tasks work with. `db` and `vault` make it a store, so it can be given to models as it is. */
export type WorkerDeps = {
  db: Sql;
  vault: Vault;
  files: FileStore;
  mail: MailGateway;
  sms: SmsGateway;
  bureau: BureauGateway;
  lookups: BureauLookups;
  lastHeard: LastHeard;
  hooks: HookGateway;
  reader: Reader;
  config: Config;
  log: Logger;
};

/** Opens everything; throws when the settings name no database or no keys. `close` lets go of it. */
export function openDeps(
  config: Config,
  log: Logger,
): { deps: WorkerDeps; url: string; close(): Promise<void> } {
  const { databaseUrl, secretKeys } = config;
  if (!databaseUrl) throw new Error("the worker needs DATABASE_URL (openbeian start gives it one)");
  if (!secretKeys) throw new Error("the worker needs SECRET_KEYS");
  const db = connect(databaseUrl, { max: 6, name: "openbeian worker" });
  const mail = createMail(config);
  const deps: WorkerDeps = {
    db,
    vault: openVault(secretKeys),
    files: createFiles(config),
    mail,
    sms: createSms(config),
    bureau: createBureauGateway(),
    lookups: createBureauLookups(),
    lastHeard: new Map(),
    hooks: createHookGateway(),
    reader: createReader(),
    config,
    log,
  };
  const close = async (): Promise<void> => {
    mail.close();
    deps.reader.stop();
    await db.end({ timeout: 1 });
  };
  return { deps, url: databaseUrl, close };
}
