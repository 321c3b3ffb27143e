import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { storageKeys } from "../config.ts";
import {
  areOne,
  type FileStore,
  folderOf,
  type Moved,
  moveFiles,
  openFileStore,
} from "../gateways/files/index.ts";
import { s3Problems, withKeys } from "../lib/s3-address.ts";
import { CommandFailed, printResult } from "./output.ts";
import { progressBar } from "./progress.ts";

type MoveOptions = { from: string; to: string; verify?: true; remove?: true; yes?: true };

const EXAMPLES = `
Examples:
  openbeian files move --from file:/var/lib/openbeian/files --to 's3://s3.cn-north-1.amazonaws.com.cn/beian?region=cn-north-1'
  openbeian files move --from env:OLD_STORAGE --to env:STORAGE_URL --verify
  openbeian files move --from file:/var/lib/openbeian/files --to env:STORAGE_URL --remove --yes

env:NAME takes the address from an environment variable, so that its credentials stand in no list of processes.
STORAGE_ACCESS_KEY and STORAGE_SECRET_KEY serve an s3: address that has none. Ctrl-C stops it; run it again to go on.`;

/** The address that `--from` or `--to` means, with its credentials. */
function addressOf(given: string, option: string): string {
  const name = /^env:(\w+)$/.exec(given)?.[1];
  const address = name === undefined ? given : process.env[name]?.trim();
  if (!address) throw new CommandFailed(`${option} names the variable ${name}, which is not set`);
  if (!/^(file|s3):/.test(address))
    throw new CommandFailed(`${option} must be an address that starts with file: or s3:`);
  if (address.startsWith("file:")) return address;
  const whole = withKeys(address, storageKeys(process.env));
  const problems = s3Problems(whole, option);
  if (problems.length > 0) throw new CommandFailed(problems.join("; "));
  return whole;
}

function openStore(given: string, option: "--from" | "--to"): FileStore {
  const address = addressOf(given, option);
  const dataDir = resolve(process.env.DATA_DIR?.trim() || "data");
  if (option === "--from" && address.startsWith("file:") && !existsSync(folderOf(address, dataDir)))
    throw new CommandFailed("--from names a folder that does not exist");
  return openFileStore(address, dataDir);
}

/** Ctrl-C lets the files under way end; the second one ends the process at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

async function move(options: MoveOptions, command: Command): Promise<void> {
  const { verify = false, remove = false } = options;
  if (remove && !options.yes)
    throw new CommandFailed("--remove deletes every file at --from that is safe at --to: add --yes");
  const [from, to] = [openStore(options.from, "--from"), openStore(options.to, "--to")];
  const bar = progressBar(true);
  const onFile = (part: number, moved: Moved) => bar.show(part, counts(moved));
  try {
    if (await areOne(from, to)) throw new CommandFailed("--from and --to are the same place");
    const moved = await moveFiles(from, to, { verify, remove, signal: stopSignal(), onFile });
    bar.end();
    report(moved, command);
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(`${(error as Error).message}; run it again to go on`);
  } finally {
    bar.end();
  }
}

function report(moved: Moved, command: Command): void {
  for (const { id, why } of moved.failed) process.stderr.write(`failed ${id}: ${why}\n`);
  printResult(
    command,
    moved,
    `${moved.stopped ? `stopped (${moved.stopped}), run it again to go on: ` : ""}${counts(moved)}`,
  );
  if (moved.stopped || moved.failed.length > 0) process.exitCode = 1;
}

/** `12 copied, 3 there already`; what there was none of is left out. */
function counts({ copied, there, gone, removed, failed }: Moved): string {
  const parts: [number, string][] = [
    [there, "there already"],
    [gone, "gone meanwhile"],
    [removed, "removed at the source"],
    [failed.length, "failed"],
  ];
  return [[copied, "copied"] as const, ...parts.filter(([count]) => count > 0)]
    .map(([count, words]) => `${count} ${words}`)
    .join(", ");
}

/** `openbeian files …`: where the sealed files lie. */
export const files = (program: Command): void => {
  const group = program.command("files").description("the sealed files of materials and packages");
  group
    .command("move")
    .description("copy every file from one store to another, under the same ids, and compare what arrived")
    .requiredOption("--from <address>", "where they lie now: file:/folder, s3://host/bucket or env:NAME")
    .requiredOption("--to <address>", "where they shall lie")
    .option("--verify", "read and compare also what lies at the target already")
    .option("--remove", "remove from the source what was compared; needs --yes")
    .option("--yes", "yes, remove them")
    .addHelpText("after", EXAMPLES)
    .action(move);
};
