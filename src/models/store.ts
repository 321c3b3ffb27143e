import type { Vault } from "../crypto/vault.ts";
import type { Db, Sql } from "../db/client.ts";

/** What model functions take when they read or write sealed values; a transaction goes where the database goes. */
export type Store = { db: Db; vault: Vault };

/** A store that is not inside a transaction. */
export type RootStore = { db: Sql; vault: Vault };

/** Runs `work` in one transaction: all of it or none. */
export const inTransaction = <T>(store: RootStore, work: (store: Store) => Promise<T>): Promise<T> =>
  store.db.begin((tx) => work({ db: tx, vault: store.vault })) as Promise<T>;
