import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** Appends one event, whole and on the disk before it returns; `close` ends it. */
export type Journal<Event> = { append(event: Event): void; close(): void };

/** Writes bytes so that they are there whole or not at all, also after the power went. */
export function writeDurably(folder: string, name: string, bytes: Uint8Array): void {
  const part = join(folder, `${name}.part`);
  const handle = openSync(part, "w", 0o600);
  writeSync(handle, bytes);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(part, join(folder, name));
  syncFolder(folder);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

/**
 * Opens a file of JSON lines and gives what it holds. A last line without its end was never confirmed to anybody, as
 * the process died while writing it, so it is cut off.
 */
export function openJournal<Event>(
  folder: string,
  name: string,
): { events: Event[]; journal: Journal<Event> } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
  if (whole.length < bytes.length) truncateSync(path, whole.length);
  const lines = whole.toString("utf8").split("\n").filter(Boolean);
  const events = lines.map((line) => JSON.parse(line) as Event);
  const handle = openSync(path, "a", 0o600);
  syncFolder(folder);
  return {
    events,
    journal: {
      append(event) {
        writeSync(handle, `${JSON.stringify(event)}\n`);
        fsyncSync(handle);
      },
      close: () => closeSync(handle),
    },
  };
}
