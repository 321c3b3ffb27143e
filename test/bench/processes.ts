import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { freePort } from "../../src/lib/ports.ts";
import { projectPath } from "../../src/lib/project.ts";

/** A server of its own process on the loopback, and how to end it. */
export type Server = { url: string; stop(): Promise<void> };

type Settings = Record<string, string>;

/** Compiles what stands here, as `npm ci` does: real installations run compiled code. */
export function compile(): void {
  const compiler = projectPath("node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", ".tsconfig.build.json"], {
    cwd: projectPath(),
    encoding: "utf8",
  });
  if (status !== 0) console.log(`compiled with errors:\n${stdout.split("\n").slice(0, 5).join("\n")}`);
}

async function start(
  script: string,
  args: string[],
  settings: Settings,
  execArgv: string[],
): Promise<Server> {
  const child: ChildProcess = fork(projectPath(script), args, {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...settings },
    execArgv,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.on("message", (message: { ready?: string }) => {
      if (message.ready !== undefined) resolve(message.ready);
    });
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code}`)));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.removeAllListeners("exit");
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
    });
  return { url, stop };
}

/** The web process of an installation, as `openbeian web` runs it. */
export async function startWeb(databaseUrl: string, secretKeys: string): Promise<Server> {
  const port = String(await freePort());
  const settings = { PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, DEMO: "0", LOG_LEVEL: "warn" };
  const all = { ...settings, DATABASE_URL: databaseUrl, SECRET_KEYS: secretKeys };
  return start("dist/src/cli/index.js", ["web"], all, []);
}

/** The hand-written server beside it. */
export const startBaseline = (databaseUrl: string): Promise<Server> =>
  start("test/bench/baseline/server.ts", [], { DATABASE_URL: databaseUrl }, ["--import", "tsx"]);
