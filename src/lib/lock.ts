import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isRunning, processMark } from "./processes.ts";

/** Another process holds the lock. */
export class Locked extends Error {
  override name = "Locked";
  readonly pid: number;

  constructor(pid: number) {
    super(`process ${pid} holds the lock`);
    this.pid = pid;
  }
}

/**
 * Takes a lock file for this process and gives the function that gives it back. A lock whose process is gone, also
 * one whose id now belongs to another process, is taken over. Throws `Locked`.
 */
export function takeLock(path: string): () => void {
  const mark = processMark(process.pid);
  const own = `${path}.${process.pid}`;
  writeFileSync(own, mark, { mode: 0o600 });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        // A link appears whole or not at all, and fails when the name is taken.
        linkSync(own, path);
        return () => release(path, mark);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 3) throw error;
        removeIfStale(path);
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
}

const read = (path: string): string => {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
};

function removeIfStale(path: string): void {
  const holder = read(path);
  const pid = Number(holder.split(" ")[0]);
  if (pid > 0 && isRunning(pid) && processMark(pid) === holder) throw new Locked(pid);
  rmSync(path, { force: true });
}

function release(path: string, mark: string): void {
  if (read(path) === mark) rmSync(path, { force: true });
}
