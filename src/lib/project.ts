import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("package.json of the project was not found above the running code");
  return findRoot(parent);
}

const here = fileURLToPath(import.meta.url);
const root = findRoot(dirname(here));
/** The folder that holds `src`: the project's, or the one that it was compiled into. */
const code = dirname(dirname(dirname(here)));
const isSource = here.endsWith(".ts");

/**
 * An absolute path inside the project: `projectPath("views")`. Runtime files (views, static, migrations, JSON data)
 * are found this way because the code runs both from `src/` and from `dist/src/`.
 */
export const projectPath = (...segments: string[]): string => join(root, ...segments);

/**
 * How node runs a module of the project (`"src/cli/index.ts"`) the way this one runs, from source or compiled: the options
 * of node, and the file.
 */
export const program = (module: string): { execArgv: string[]; file: string } => ({
  execArgv: isSource ? ["--import", "tsx"] : [],
  file: join(code, isSource ? module : module.replace(/\.ts$/, ".js")),
});
