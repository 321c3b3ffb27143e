import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../src/lib/project.ts";

const test = suite("the layers");

/**
 * In dependency order: what a folder (or file) may import, beside itself. A type-only import may come from any line
 * above: it is gone at run time and reaches nothing.
 */
const LAYERS: Record<string, string[]> = {
  "src/lib": [],
  "src/config": ["src/lib"],
  "src/vocabulary": ["src/lib"],
  "src/rules": ["src/vocabulary", "src/lib"],
  "src/documents": ["src/vocabulary", "src/lib"],
  "src/gateways": ["src/config", "src/vocabulary", "src/lib"],
  "src/log": ["src/config", "src/lib"],
  "src/crypto": ["src/config", "src/lib"],
  "src/db": ["src/config", "src/log", "src/lib"],
  "src/jobs": ["src/db"],
  "src/models": ["src/db", "src/jobs", "src/crypto", "src/rules", "src/vocabulary", "src/lib"],
  "src/view": ["src/config", "src/vocabulary", "src/lib"],
  "src/forms": ["src/rules", "src/vocabulary", "src/lib"],
  "src/middleware": ["src/models", "src/view", "src/crypto", "src/log", "src/config", "src/lib"],
  "src/controllers": [
    ...["src/models", "src/forms", "src/view", "src/middleware", "src/documents", "src/rules"],
    ...["src/gateways/files", "src/gateways/products", "src/vocabulary", "src/lib"],
    // What a page shows of a file that was sent: hidden values only, nothing that speaks with a bureau.
    ...["src/gateways/bureau/masked", "src/gateways/bureau/masked-file"],
  ],
  "src/app": ["src/controllers", "src/middleware"],
  "src/server": ["src/app", "src/db", "src/gateways", "src/crypto", "src/log", "src/config"],
  "src/simulator": ["src/gateways/bureau", "src/vocabulary", "src/config", "src/lib"],
  "src/demo": [
    "src/models",
    "src/rules",
    "src/documents",
    "src/gateways/files",
    "src/vocabulary",
    "src/db",
    "src/lib",
  ],
  "src/supervisor": ["src/config", "src/db", "src/log", "src/lib"],
  worker: [
    ...["src/models", "src/gateways", "src/documents", "src/jobs", "src/view"],
    ...["src/db", "src/crypto", "src/log", "src/config", "src/lib"],
  ],
  "src/cli": ["everything"],
};

const NOT_FOR_CLI = "src/controllers";

/** The whole of the top level, dotfiles aside. */
const TOP = [
  ...["package.json", "package-lock.json", "tsconfig.json", "LICENSE", "README.md"],
  ...["src", "views", "static", "migrations", "worker", "test"],
];

type Import = { from: string; to: string; typeOnly: boolean };

const files = (folder: string): string[] =>
  readdirSync(projectPath(folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));

const IMPORT =
  /^(?:import|export)\s+(type\s)?([^;"']*?)\s*(?:from\s*)?["'](\.[^"']+)["']|import\(\s*["'](\.[^"']+)["']\s*\)/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(projectPath(file), "utf8");
  return [...text.matchAll(IMPORT)].map(([, typeWord, names = "", target, lazy]) => {
    const listed = names
      .replace(/[{}]/g, "")
      .split(",")
      .filter((name) => name.trim() !== "");
    const allTypes = listed.length > 0 && listed.every((name) => /^\s*type\s/.test(name));
    const to = normalize(join(dirname(file), target ?? lazy ?? ""));
    return { from: file, to, typeOnly: typeWord !== undefined || (lazy === undefined && allTypes) };
  });
}

const isIn = (file: string, layer: string): boolean => file === `${layer}.ts` || file.startsWith(`${layer}/`);

const layerOf = (file: string): string | undefined => Object.keys(LAYERS).find((layer) => isIn(file, layer));

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const [layer, target] = [layerOf(from), layerOf(to)];
  if (layer === undefined || target === undefined) return false;
  if (layer === target) return true;
  const allowed = LAYERS[layer] ?? [];
  if (allowed.includes("everything")) return target !== NOT_FOR_CLI;
  const order = Object.keys(LAYERS);
  return allowed.some((name) => isIn(to, name)) || (typeOnly && order.indexOf(target) < order.indexOf(layer));
}

const sources = [...files("src"), ...files("worker")];

test("import only what their line in the table names", () => {
  const wrong = sources.flatMap(importsOf).filter((found) => !isAllowed(found));
  assert.equal(
    wrong.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test("have a line for every file", () => {
  assert.equal(
    sources.filter((file) => layerOf(file) === undefined),
    [],
  );
});

test("refuse a model that reaches a gateway", () => {
  const reach = { from: "src/models/filing/transition.ts", to: "src/gateways/mail/smtp.ts" };
  assert.not(isAllowed({ ...reach, typeOnly: false }));
  assert.ok(isAllowed({ ...reach, typeOnly: true }));
});

test("refuse a command that reaches a controller, and a type from a later line", () => {
  assert.not(isAllowed({ from: "src/cli/jobs.ts", to: "src/controllers/console/queue.ts", typeOnly: false }));
  assert.not(isAllowed({ from: "src/rules/types.ts", to: "src/models/errors.ts", typeOnly: true }));
});

test("of the tests end every file by running its suite", () => {
  const tests = files("test").filter((file) => file.endsWith(".test.ts"));
  const silent = tests.filter(
    (file) =>
      !/^\s*[\w.]*\.run\(\);\s*$/.test(
        readFileSync(projectPath(file), "utf8").trim().split("\n").at(-1) ?? "",
      ),
  );
  assert.equal(silent, []);
});

test("stand under a top level that stays as it is", () => {
  const listed = execFileSync("git", ["ls-files"], { cwd: projectPath(), encoding: "utf8" });
  const names = new Set(listed.split("\n").map((file) => file.split("/")[0] ?? ""));
  assert.equal(
    [...names].filter((name) => name !== "" && !name.startsWith(".") && !TOP.includes(name)),
    [],
  );
});

test.run();
