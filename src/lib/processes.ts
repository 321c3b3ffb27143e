import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process with this id runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  return processState(pid)?.state === "Z";
}

/** State letter and start time (clock ticks since boot) from /proc; undefined where there is no /proc. */
function processState(pid: number): { state: string; startedAt: string } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return { state: fields[0] ?? "", startedAt: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}

/** Tells a process from a later one with the same id: its id and, where known, when it started. */
export const processMark = (pid: number): string => `${pid} ${processState(pid)?.startedAt ?? ""}`.trim();

/** Ids of the processes whose working folder is `folder` (a PostgreSQL process works in its data folder); Linux only. */
export function processesIn(folder: string): number[] {
  const ids = safely(() => readdirSync("/proc"), []).filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => safely(() => readlinkSync(`/proc/${id}/cwd`), "") === folder).map(Number);
}

function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** Waits until `done` says true; false when that did not happen within `limit` milliseconds. */
export async function until(
  done: () => boolean | Promise<boolean>,
  limit: number,
  step = 25,
): Promise<boolean> {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    if (await done()) return true;
    await sleep(step);
  }
  return done();
}

/** Sends the signals one after another until the process is gone; each gets its time in milliseconds. */
export async function stopProcess(pid: number, signals: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, limit] of signals) {
    if (!isRunning(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await until(() => !isRunning(pid), limit)) return;
  }
}
