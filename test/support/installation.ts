import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newSecretKeys } from "../../src/crypto/vault.ts";
import { freePort } from "../../src/lib/ports.ts";
import { isRunning, until } from "../../src/lib/processes.ts";
import { program, projectPath } from "../../src/lib/project.ts";

/** A folder for one installation; the database's user may enter it. */
export function temporaryDataDir(): { dataDir: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "openbeian-installation-"));
  chmodSync(folder, 0o711);
  return { dataDir: join(folder, "data"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Settings of an installation that is no demo: nothing is seeded and no simulator runs. */
export async function realSettings(dataDir: string): Promise<Record<string, string>> {
  const port = await freePort();
  return {
    DATA_DIR: dataDir,
    PORT: String(port),
    DEMO: "0",
    SECRET_KEYS: newSecretKeys(),
    LOG_LEVEL: "warn",
  };
}

export type Finished = { code: number | null; out: string; err: string };

const { execArgv, file } = program("src/cli/index.ts");

/** A run of the command line. */
export class Cli {
  out = "";
  err = "";
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;

  constructor(args: string[], settings: Record<string, string>) {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings };
    this.process = spawn(process.execPath, [...execArgv, file, ...args], {
      cwd: projectPath(),
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process.stdout?.on("data", (text) => {
      this.out += text;
    });
    this.process.stderr?.on("data", (text) => {
      this.err += text;
    });
    this.finished = new Promise((resolve) => {
      this.process.once("close", (code) => resolve({ code, out: this.out, err: this.err }));
    });
  }

  /** Waits for words in what it says, from `start` on. */
  async says(words: RegExp, start = 0): Promise<void> {
    const said = await until(() => words.test(this.out.slice(start)), 30_000);
    if (!said) throw new Error(`it never said ${words}:\n${this.out}\n${this.err}`);
  }

  /** The process ids of its parts as last said: `web`, `worker`, `database` … */
  pids(): Record<string, number> {
    const said = this.out.matchAll(/^(\w+) +\| (?:started as|PostgreSQL runs as) process (\d+)/gm);
    return Object.fromEntries([...said].map(([, part, pid]) => [part, Number(pid)]));
  }
}

export const cli = (args: string[], settings: Record<string, string> = {}): Promise<Finished> =>
  new Cli(args, settings).finished;

/** Ends a process of ours at once and waits until it is gone. */
export async function killNow(pid: number | undefined): Promise<void> {
  if (!pid) throw new Error("no process to kill");
  process.kill(pid, "SIGKILL");
  await until(() => !isRunning(pid), 5000);
}
