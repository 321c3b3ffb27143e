import { readFileSync } from "node:fs";
import { projectPath } from "../lib/project.ts";

/** Reads one of our own data files, `src/vocabulary/data/<name>.json`; the caller knows its shape. */
export function readData(name: string): unknown {
  return JSON.parse(readFileSync(projectPath("src/vocabulary/data", `${name}.json`), "utf8"));
}
