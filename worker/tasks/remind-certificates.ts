import { remindCertificates as remind } from "../../src/models/reminder/certificates.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Tells owners of papers in 证件管理 that end within 30 days. */
export const remindCertificates =
  (store: RootStore): Task<"remind-certificates"> =>
  async (_payload, { progress }) =>
    progress(`${await remind(store)} reminded`);
