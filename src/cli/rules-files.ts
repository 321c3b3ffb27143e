import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import type { Sql } from "../db/client.ts";
import { length } from "../lib/text.ts";
import { checkRules, type RuleEntry, type RuleProblem } from "../models/province-rule/check.ts";
import { exportRules } from "../models/province-rule/export.ts";
import { importRules, type Planned, planImport } from "../models/province-rule/import.ts";
import { dayOfToday } from "../models/province-rule/in-force.ts";
import { textOfKey } from "../vocabulary/province-values.ts";
import { CommandFailed, printResult, table, wantsJson, write } from "./output.ts";
import { dayOf, levelOf, provinceOf } from "./rules-show.ts";
import { withStore } from "./settings.ts";

/** More than every rule there is a hundred times over. */
const MOST_BYTES = 20 * 1024 * 1024;

function readRules(path: string): unknown {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MOST_BYTES) throw new CommandFailed(`${path} is larger than 20 MB: no file of rules`);
    return JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    if (error instanceof SyntaxError) throw new CommandFailed(`${path} is no JSON: ${error.message}`);
    throw new CommandFailed(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

const problemTable = (problems: readonly RuleProblem[]): string =>
  table([...problems], { province: "PROVINCE", key: "KEY", problem: "WHAT TO DO" });

/** `openbeian rules check <file>`: exit code 1 when something is wrong. */
export function checkCommand(path: string, _options: unknown, command: Command): void {
  const { entries, problems } = checkRules(readRules(path));
  if (wantsJson(command)) write(JSON.stringify({ rows: entries.length, problems }, null, 2));
  else write(problems.length === 0 ? `${entries.length} rows, nothing is wrong` : problemTable(problems));
  if (problems.length > 0) process.exitCode = 1;
}

type ExportOptions = { province?: string; isp?: string; all?: boolean; out?: string };

/** `openbeian rules export` */
export async function exportCommand(options: ExportOptions, command: Command): Promise<void> {
  const province = options.province === undefined ? undefined : provinceOf(options.province);
  const file = await withStore(async ({ db }) =>
    exportRules(db, await levelOf(db, options.isp), { province, all: options.all === true }),
  );
  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (options.out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(options.out, text, { flag: "wx" });
  } catch (error) {
    throw new CommandFailed(`${options.out} can't be written (${(error as NodeJS.ErrnoException).code})`);
  }
  printResult(
    command,
    { file: options.out, rows: file.rules.length },
    `wrote ${file.rules.length} rows to ${options.out}; change it, then openbeian rules check ${options.out}`,
  );
}

type ImportOptions = { isp?: string; from?: string; note?: string; dryRun?: boolean; yes?: boolean };

function goodEntries(path: string): RuleEntry[] {
  const { entries, problems } = checkRules(readRules(path));
  if (problems.length > 0)
    throw new CommandFailed(
      `${path} has ${problems.length} faults, so nothing was changed:\n${problemTable(problems)}`,
    );
  return entries;
}

async function dayToHold(db: Sql, typed: string | undefined): Promise<string | undefined> {
  const from = dayOf(typed, "--from");
  const today = await dayOfToday(db);
  if (from !== undefined && from < today)
    throw new CommandFailed(`--from ${from} is over; what held then stays as it was, today is ${today}`);
  return from;
}

/** `openbeian rules import <file>` */
export async function importCommand(path: string, options: ImportOptions, command: Command): Promise<void> {
  const { dryRun = false, yes = false, note = "" } = options;
  if (length(note) > 300) throw new CommandFailed("--note has 300 characters at most");
  const entries = goodEntries(path);
  await withStore(async ({ db }) => {
    const ispId = await levelOf(db, options.isp);
    const from = await dayToHold(db, options.from);
    const planned = await planImport(db, ispId, entries, { from, note });
    const quiet = wantsJson(command);
    if (!quiet) for (const line of planned.flatMap(planLines)) write(line);
    if (planned.length === 0 || dryRun) return tell(command, planned, false);
    if (!yes && !(await agreed(planned.length, quiet))) throw new CommandFailed("nothing was changed");
    await importRules(db, { kind: "operator", ispId }, planned);
    tell(command, planned, true);
  });
}

const planLines = ({ province, name, validFrom, changes }: Planned): string[] => [
  `${name} ${province}, from ${validFrom}`,
  ...changes.map(
    ({ key, before, after }) => `  ${key}: ${textOfKey(key, before)} → ${textOfKey(key, after)}`,
  ),
];

function tell(command: Command, planned: readonly Planned[], written: boolean): void {
  const changes = planned.map(({ province, validFrom, changes }) => ({ province, validFrom, changes }));
  const sentence =
    planned.length === 0
      ? "nothing to change: every row reads so already"
      : written
        ? `wrote ${planned.length} versions; they hold at the next request`
        : `would write ${planned.length} versions`;
  printResult(command, { written, versions: planned.length, changes }, sentence);
}

/** Asks at a terminal; elsewhere nobody could answer. */
async function agreed(versions: number, quiet: boolean): Promise<boolean> {
  if (quiet || process.stdin.isTTY !== true)
    throw new CommandFailed(
      "nobody is there to ask, so nothing was changed; add --yes, or --dry-run to look",
    );
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await ask.question(`write ${versions} versions? [y/N] `)).trim());
  } finally {
    ask.close();
  }
}
