import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../src/lib/project.ts";
import { testWorld, type World } from "./support/app.ts";

const test = suite<{ world: World }>("the README");
test.before(async (shared) => {
  shared.world = await testWorld();
});
test.after(({ world }) => world.close());

/** Without the names of parameters: `/filings/:id/websites/:n` is `/filings/:/websites/:`. */
const shape = (path: string): string => path.replace(/:\w+(\{[^}]*\})?/g, ":");

test("names only addresses that there are, in its table of the manuals", ({ world }) => {
  const text = readFileSync(projectPath("README.md"), "utf8");
  const table = text.slice(text.indexOf("## What the manuals can do"));
  const rows = table
    .slice(0, table.indexOf("\n## ", 4))
    .split("\n")
    .filter((line) => line.startsWith("| "));
  const named = rows.flatMap((row) => [...row.matchAll(/`(\/[^`]*)`/g)].map(([, path = ""]) => path));
  const routes = new Set(world.app.routes.map(({ path }) => shape(path)));
  assert.ok(named.length > 50, `${named.length} addresses`);
  assert.equal(
    named.filter((path) => !routes.has(shape(path))),
    [],
  );
});

test.run();
