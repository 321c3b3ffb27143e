import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
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

/** The same for many small files: whole or not at all after the process was killed, but not after the power went. */
export function writeWhole(folder: string, name: string, bytes: Uint8Array): void {
  const part = join(folder, `${name}.part`);
  writeFileSync(part, bytes, { mode: 0o600 });
  renameSync(part, join(folder, name));
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

/** How much of a journal is read at a time. */
const CHUNK = 1024 * 1024;
const LINE_END = 10;

/** Gives each whole line, and how many bytes they are together: what comes after is a line without its end. */
function readLines(path: string, take: (line: string) => void): number {
  const handle = openSync(path, "r");
  const chunk = Buffer.alloc(CHUNK);
  let [rest, whole] = [Buffer.alloc(0), 0];
  for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) {
    let bytes = Buffer.concat([rest, chunk.subarray(0, size)]);
    for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END)) {
      if (end > 0) take(bytes.toString("utf8", 0, end));
      whole += end + 1;
      bytes = bytes.subarray(end + 1);
    }
    rest = Buffer.from(bytes);
  }
  closeSync(handle);
  return whole;
}

/**
 * Opens a file of JSON lines and gives what it holds, one after the other. A last line without its end was never confirmed
 * to anybody, as the process died while writing it, so it is cut off.
 */
export function openJournal<Event>(
  folder: string,
  name: string,
  take: (event: Event) => void,
): Journal<Event> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  if (existsSync(path)) {
    const whole = readLines(path, (text) => take(JSON.parse(text) as Event));
    if (whole < statSync(path).size) truncateSync(path, whole);
  }
  const handle = openSync(path, "a", 0o600);
  syncFolder(folder);
  return {
    append(event) {
      writeSync(handle, `${JSON.stringify(event)}\n`);
      fsyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}
