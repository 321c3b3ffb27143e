import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import type { Sql } from "../../src/db/client.ts";
import type { RootStore } from "../../src/models/store.ts";
import { testDatabase } from "./database.ts";
import { type People, settle } from "./people.ts";

/** A database of its own with the people of `people.ts`, without pages. */
export type TaskBench = {
  store: RootStore;
  db: Sql;
  url: string;
  secretKeys: string;
  people: People;
  close(): Promise<void>;
};

export async function taskBench(): Promise<TaskBench> {
  const { db, url, close } = await testDatabase();
  const secretKeys = newSecretKeys();
  const store: RootStore = { db, vault: openVault(secretKeys) };
  const people = await settle(store, { first: "yi.example", second: "er.example" });
  return { store, db, url, secretKeys, people, close };
}
