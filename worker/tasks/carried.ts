import type { Config } from "../../src/config.ts";
import type { Tasks } from "./types.ts";

/** The tasks that a worker takes from the queue: one that does not read pictures (RECOGNITION=0) leaves them to others. */
export function carried(tasks: Tasks, { recognition }: Pick<Config, "recognition">): Partial<Tasks> {
  const { "read-document": _, ...others } = tasks;
  return recognition ? tasks : others;
}
