import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A mail or short message of the demo, which leaves this machine never. `at` is ISO time. */
export type OutboxMessage =
  | {
      id: string;
      channel: "mail";
      to: string;
      from: string;
      subject: string;
      text: string;
      html: string;
      at: string;
    }
  | { id: string; channel: "sms"; to: string; text: string; at: string };

const folderOf = (dataDir: string): string => join(dataDir, "outbox");

/** Writes a message as `<time>-<id>.json`; a reader sees all of it or nothing. */
export async function writeOutbox(dataDir: string, message: OutboxMessage): Promise<void> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${message.at.replace(/[-:.]/g, "")}-${message.id}.json`);
  const half = `${file}.${process.pid}.half`;
  await writeFile(half, JSON.stringify(message, null, 2), { mode: 0o600 });
  await rename(half, file);
}

/** The newest messages, newest first; an empty list when nothing was ever sent. */
export async function readOutbox(dataDir: string, limit = 100): Promise<OutboxMessage[]> {
  const names = await readdir(folderOf(dataDir)).catch(() => [] as string[]);
  const newest = names.filter((name) => name.endsWith(".json")).sort();
  const files = newest.slice(-limit).reverse();
  const texts = await Promise.all(files.map((name) => readFile(join(folderOf(dataDir), name), "utf8")));
  return texts.map((text) => JSON.parse(text) as OutboxMessage);
}
