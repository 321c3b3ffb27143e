import type { Db } from "../../src/db/client.ts";
import type { JobName, Jobs } from "../../src/jobs.ts";
import { inCodesOf } from "../../src/models/code-table/in-force.ts";
import { codesForJob } from "../../src/models/code-table/of-job.ts";
import type { TaskHelpers, Tasks } from "./types.ts";

type AnyTask = (payload: Jobs[JobName], helpers: TaskHelpers) => Promise<void>;

const inCodes =
  (db: Db, task: AnyTask): AnyTask =>
  async (payload, helpers) => {
    const wanted = await codesForJob(db, payload);
    return wanted ? inCodesOf(db, wanted, () => task(payload, helpers)) : task(payload, helpers);
  };

/** The tasks, each at work with the codes that its provider adopted, as a page of the same filing is. */
export const withAdoptedCodes = (db: Db, tasks: Tasks): Tasks =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, inCodes(db, task as AnyTask)]),
  ) as Tasks;
