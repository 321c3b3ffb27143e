import { makeBatch as make } from "../../src/models/batch/make.ts";
import type { WorkerDeps } from "../deps.ts";
import type { Task } from "./types.ts";

/** Tries after which a row that fails is given up, so that those behind it are made. */
const TRIES = 4;

/** Makes the drafts of an uploaded table (批量备案). */
export const makeBatch =
  (deps: Pick<WorkerDeps, "db" | "vault">): Task<"make-batch"> =>
  async ({ batchId }, { attempt, signal, progress }) =>
    progress(`${await make(deps, batchId, { lastTry: attempt >= TRIES, signal })} filings`);
