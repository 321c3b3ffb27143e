import { anchorHistory as anchor } from "../../src/models/audit/anchors.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

/** Folds the heads of all history chains of the day into one digest. */
export const anchorHistory =
  ({ db }: WorkerDeps): Task<"anchor-history"> =>
  async (_payload, { progress }) => {
    const made = await anchor(db, new Date());
    progress(made ? `${made.filings} filings anchored for ${made.day}` : "the day has its anchor already");
  };
