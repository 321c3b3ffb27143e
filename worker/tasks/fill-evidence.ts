import { fillEvidence as fill } from "../../src/models/evidence/fill.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Makes up for the evidence of filings and records that are older than its table. */
export const fillEvidence =
  (store: RootStore): Task<"fill-evidence"> =>
  async (_payload, { progress, signal }) =>
    progress(`${await fill(store, signal)} filings and records`);
