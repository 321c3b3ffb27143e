import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, readConfig } from "../../src/config.ts";
import { program } from "../../src/lib/project.ts";

export type WorkerProcess = {
  pid: number;
  /** SIGKILL: gives when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM: gives its exit code. */
  stop(): Promise<number | null>;
};

type Settings = {
  databaseUrl: string;
  secretKeys: string;
  smtpUrl?: string;
  demo?: boolean;
  dataDir?: string;
};

const environment = (settings: Settings): NodeJS.ProcessEnv => ({
  DATABASE_URL: settings.databaseUrl,
  SECRET_KEYS: settings.secretKeys,
  DATA_DIR: settings.dataDir ?? mkdtempSync(join(tmpdir(), "openbeian-worker-")),
  DEMO: settings.demo ? "1" : "0",
  PUBLIC_URL: "http://localhost:3000",
  LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
  ...(settings.smtpUrl ? { SMTP_URL: settings.smtpUrl } : {}),
});

/** Settings for a worker inside this process. */
export const workerConfig = (settings: Settings): Config => readConfig(environment(settings));

/** Starts a real worker process and waits until it takes jobs. */
export async function spawnWorker(settings: Settings): Promise<WorkerProcess> {
  const { execArgv, file } = program("test/support/worker-process.ts");
  const child = fork(file, {
    execArgv,
    env: { PATH: process.env.PATH ?? "", ...environment(settings) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await Promise.race([once(child, "message"), failedStart(child)]);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    }
    return child.exitCode;
  };
  return {
    pid: child.pid ?? 0,
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}

async function failedStart(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`the worker ended with ${code} before it started`);
}
