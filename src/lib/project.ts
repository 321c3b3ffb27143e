import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function findRoot(from: string): string {
  if (existsSync(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("package.json of the project was not found above the running code");
  return findRoot(parent);
}

const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/**
 * An absolute path inside the project: `projectPath("views")`. Runtime files (views, static, migrations, JSON data)
 * are found this way because the code runs both from `src/` and from `dist/src/`.
 */
export const projectPath = (...segments: string[]): string => join(root, ...segments);
