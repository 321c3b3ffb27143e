import type { JobName, Jobs } from "../../src/jobs.ts";

/** What a task may ask and tell while it runs. */
export type TaskHelpers = {
  /** Says in a few words what was done, for `openbeian jobs run`; ids and counts only. */
  progress(step: string): void;
  /** Which try this is, from 1. */
  attempt: number;
  /** Aborted when the worker wants to stop: long work should end then and go on at its next try. */
  signal: AbortSignal | undefined;
};

/** One job: read, call, record. It may run twice. It throws what a retry may cure. */
export type Task<Name extends JobName> = (payload: Jobs[Name], helpers: TaskHelpers) => Promise<void>;

/** A job nobody handles does not compile. */
export type Tasks = { [Name in JobName]: Task<Name> };
