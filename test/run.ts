import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { projectPath } from "../src/lib/project.ts";
import { cacheFolder } from "./support/cache.ts";
import { startTestServer } from "./support/server.ts";

/**
 * `npm test` runs everything: types, format, and every test file, each in a process of its own, two at a time;
 * journeys start whole installations, so of the two at most one is a journey. `npm test -- words` runs the files whose path has the words.
 * The files run compiled, since from source each would take seconds to start; by itself a file runs from source:
 * `node --import tsx test/app.test.ts`.
 * The last line is `N passed, N failed`, counted in tests.
 */
type Task = {
  name: string;
  command: string[];
  limit: number;
  count: (output: string, code: number) => Result;
};
type Result = { passed: number; failed: number; note?: string };

const MINUTE = 60_000;
const running = new Set<ChildProcess>();

const check = (name: string, ...command: string[]): Task => ({
  ...{ name, command, limit: 5 * MINUTE, count: countCheck },
});
/** Checks the types and compiles everything, the tests too. */
const types = check("types", "node_modules/typescript/bin/tsc", "-p", ".tsconfig.test.json");
const style = check("format and lint", "node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", ".");

function testFiles(words: string[]): string[] {
  const all = readdirSync(projectPath("test"), { recursive: true, encoding: "utf8" });
  const files = all.filter((file) => file.endsWith(".test.ts")).map((file) => join("test", file));
  return files.sort().filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
}

const isJourney = (file: string): boolean => file.includes(join("test", "journeys"));

/** A story in a browser, or a death at each of a hundred points. */
const isLong = (file: string): boolean => isJourney(file) || file.includes(join("bureau", "killed-"));

const fileTask = (file: string): Task => ({
  name: relative("test", file),
  command: ["--enable-source-maps", join("dist-test", file.replace(/\.ts$/, ".js"))],
  limit: (isLong(file) ? 10 : 4) * MINUTE,
  count: countTests,
});

function countCheck(_output: string, code: number): Result {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Reads the closing lines of uvu. A file that ran nothing, or ended badly after its tests, has failed. */
function countTests(output: string, code: number): Result {
  const number = (word: string) => Number(output.match(new RegExp(`${word}:\\s+(\\d+)`))?.[1] ?? 0);
  const [total, passed] = [number("Total"), number("Passed")];
  if (total === 0) return { passed: 0, failed: 1, note: "no test ran (is .run() missing?)" };
  if (total === passed && code !== 0) return { passed, failed: 1, note: `ended with ${code}` };
  return { passed, failed: total - passed };
}

function run(task: Task, env: NodeJS.ProcessEnv): Promise<Result> {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, task.command, {
      cwd: projectPath(),
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        output += text;
      });
    }
    const timer = setTimeout(() => {
      output += `\nstopped after ${task.limit / MINUTE} minutes`;
      child.kill("SIGKILL");
    }, task.limit);
    child.once("close", (code) => {
      clearTimeout(timer);
      running.delete(child);
      const result = task.count(output, code ?? 1);
      report(task, result, output, Date.now() - started);
      resolve(result);
    });
  });
}

function report(task: Task, { passed, failed, note }: Result, output: string, ms: number): void {
  const count = failed > 0 ? `${passed} passed, ${failed} FAILED` : `${passed} passed`;
  console.log(`${failed > 0 ? "✘" : "✔"} ${task.name}: ${count} (${(ms / 1000).toFixed(1)} s)`);
  if (failed > 0) console.log(`${output.trim()}\n${note ? `${note}\n` : ""}`);
}

/** Runs all tasks, two at a time: `single` one after the other, the rest beside them in its order. */
async function runAll(single: Task[], rest: Task[], env: NodeJS.ProcessEnv): Promise<Result[]> {
  const results: Result[] = [];
  const lane = async (...queues: Task[][]) => {
    for (const queue of queues)
      for (let task = queue.shift(); task; task = queue.shift()) results.push(await run(task, env));
  };
  const shared = [...rest];
  await Promise.all([lane([...single], shared), lane(shared)]);
  return results;
}

/** The settings of whoever runs the tests must not reach them. */
function testEnvironment(server: string, temporary: string): NodeJS.ProcessEnv {
  const settings =
    /^(PORT|HOST|PUBLIC_URL|TRUST_PROXY|DATA_DIR|DATABASE_URL|STORAGE_URL|STORAGE_ACCESS_KEY|STORAGE_SECRET_KEY|SMTP_URL|SMS_URL|SECRET_KEYS|DEMO|SIMULATOR_PORT|METRICS_TOKEN|CAPTCHA|LOGIN_CODE|LOG_LEVEL)$/;
  const kept = Object.entries(process.env).filter(([name]) => !settings.test(name));
  const own = { OPENBEIAN_TEST_SERVER: server, OPENBEIAN_TEST_CACHE: cacheFolder(), TMPDIR: temporary };
  return { ...Object.fromEntries(kept), ...own, FORCE_COLOR: "0", NODE_ENV: "test" };
}

async function main(words: string[]): Promise<void> {
  const files = testFiles(words);
  const server = await startTestServer();
  const temporary = mkdtempSync(join(tmpdir(), "openbeian-run-"));
  chmodSync(temporary, 0o711);
  const env = testEnvironment(server.url, temporary);
  const others = files.filter((file) => !isJourney(file));
  // The long ones first, so that none is left over alone at the end.
  const ordered = [...others.filter(isLong), ...others.filter((file) => !isLong(file))];
  const checked = await Promise.all(
    [types, ...(words.length === 0 ? [style] : [])].map((one) => run(one, env)),
  );
  const results = await runAll(files.filter(isJourney).map(fileTask), ordered.map(fileTask), env);
  await server.stop();
  rmSync(temporary, { recursive: true, force: true });
  const sum = (key: "passed" | "failed") =>
    [...checked, ...results].reduce((total, result) => total + result[key], 0);
  const failed = sum("failed") + (results.length === 0 ? 1 : 0);
  if (results.length === 0) console.log(`no test file has ${words.join(" or ")} in its path`);
  console.log(`${sum("passed")} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => {
    for (const child of running) child.kill("SIGKILL");
    process.exit(130);
  });

await main(process.argv.slice(2));
