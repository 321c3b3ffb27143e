import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectPath } from "../../src/lib/project.ts";
import type { Order } from "./bureau-hand.ts";
import type { CutPoints } from "./cut-points.ts";

/** What became of a run: how many points it passed, and whether it was killed at the last of them. */
export type Run = { passed: number; killed: boolean };

/** Parts with files of their own beside them are loaded from where they are. */
const APART = ["libxml2-wasm", "sharp", "@node-rs/argon2", "pino"];

/** The process as one file: it starts four times as fast, and there is one for each point. */
async function bundle(): Promise<{ file: string; remove(): void }> {
  // Below node_modules, where the parts that are apart are found, and no check looks.
  const cache = projectPath("node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "bureau-hand-"));
  const file = join(folder, "hand.mjs");
  await build({
    ...{ entryPoints: [projectPath("test/support/bureau-hand.ts")], outfile: file, bundle: true },
    ...{ platform: "node", format: "esm", external: APART, logLevel: "error" },
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Processes that each talk to a bureau once; the next is started while one works, as starting takes the longest. */
export async function bureauHands(environment: NodeJS.ProcessEnv, points: CutPoints) {
  const { file, remove } = await bundle();
  const start = (): { child: ChildProcess; ready: Promise<unknown> } => {
    const child = fork(file, {
      env: { PATH: process.env.PATH ?? "", ...environment },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    return { child, ready: once(child, "message") };
  };
  let next = start();

  /** Runs an order in a process that is killed (SIGKILL) at the point `killAt`, or ends by itself before it. */
  async function run(order: Order, killAt: number): Promise<Run> {
    const { child, ready } = next;
    await ready;
    next = start();
    const gone = once(child, "exit");
    points.watch(killAt, async () => void child.kill("SIGKILL"));
    child.send(order);
    const ended = await Promise.race([once(child, "message").then(() => "done"), gone.then(() => "gone")]);
    if (ended === "done") child.kill("SIGKILL");
    const [, signal] = await gone;
    if (ended === "gone" && signal !== "SIGKILL") throw new Error("the process ended by itself");
    const { passed } = points;
    points.watch(Number.POSITIVE_INFINITY, async () => undefined);
    return { passed, killed: ended === "gone" };
  }

  const stop = async (): Promise<void> => {
    const gone = once(next.child, "exit");
    next.child.kill("SIGKILL");
    await gone;
    remove();
  };
  return { run, stop };
}
