import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import { connect } from "../../src/db/client.ts";
import { startEmbedded } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openSession } from "../../src/models/session/sessions.ts";
import type { RootStore } from "../../src/models/store.ts";
import { manyFilings } from "../support/many-filings.ts";
import { type People, settle } from "../support/people.ts";

/** A database with so many filings and two people signed in. */
export type Scene = {
  url: string;
  store: RootStore;
  people: People;
  rows: number;
  /** Cookie headers of 李四, who reviews, and 张三, who files. */
  staff: string;
  registrant: string;
};

export type Server = {
  secretKeys: string;
  /** A new database on this server, filled. */
  scene(rows: number): Promise<Scene>;
  close(): Promise<void>;
};

/** A PostgreSQL of its own, with the settings that every installation of ours has: what is committed is on the disk. */
export async function benchServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), "openbeian-bench-"));
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir });
  const secretKeys = newSecretKeys();
  const pools: { end(options: { timeout: number }): Promise<void> }[] = [];
  const scene = async (rows: number): Promise<Scene> => {
    const admin = connect(server.url, { max: 1 });
    const name = `filings_${rows}`;
    await admin`create database ${admin(name)}`;
    await admin.end();
    const url = server.url.replace(/[^/]+$/, name);
    await migrate(url);
    const db = connect(url, { max: 4, name: "bench" });
    pools.push(db);
    return fill({ db, vault: openVault(secretKeys) }, url, rows);
  };
  const close = async () => {
    for (const pool of pools) await pool.end({ timeout: 1 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { secretKeys, scene, close };
}

async function fill(store: RootStore, url: string, rows: number): Promise<Scene> {
  const people = await settle(store, { first: "127.0.0.1", second: "er.example" });
  const { 李四, 赵六 } = people.staff;
  const { 张三 } = people.registrants;
  await manyFilings(store, {
    rows,
    isps: [people.isps.first, people.isps.second],
    accountId: 张三.id,
    staffIds: [李四.id, 赵六.id],
  });
  const origin = { place: "本机", device: null };
  const staff = `staff=${await openSession(store, "staff", 李四.id, origin)}`;
  const registrant = `session=${await openSession(store, "account", 张三.id, origin)}`;
  return { url, store, people, rows, staff, registrant };
}
