#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError, Help, type Option } from "commander";
import { ConfigError } from "../config.ts";
import { MigrationRefused } from "../db/migrate.ts";
import { projectPath } from "../lib/project.ts";
import { commands } from "./commands.ts";
import { CalledWrongly, CommandFailed } from "./output.ts";

/** Exit codes: 0 done, 1 failed, 2 called wrongly. */
const [FAILED, USAGE] = [1, 2];

async function main(args: string[]): Promise<void> {
  const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { version: string };
  const program = new Command("openbeian")
    .description("ICP filing system 备案系统: the command line of an installation")
    .version(version)
    .option("--json", "print JSON for programs")
    .exitOverride()
    .configureHelp({ optionDescription })
    .showHelpAfterError("(openbeian --help shows what there is)")
    .addHelpText("after", "\nExamples:\n  openbeian start\n  openbeian doctor\n  openbeian jobs ls --json");
  const wanted = args.find((arg) => arg in commands);
  const loaded = wanted ? [commands[wanted]] : Object.values(commands);
  for (const load of loaded) if (load) (await load())(program);
  for (const command of everyCommand(program))
    command
      .option("--json", "print JSON for programs")
      .showHelpAfterError(`(${pathOf(command)} --help shows what it takes)`)
      .exitOverride();
  await program.parseAsync(args, { from: "user" });
}

/** Says of an option what it is for, and whether it has to be there. */
const optionDescription = (option: Option): string =>
  new Help().optionDescription(option) + (option.mandatory ? " (required)" : "");

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

const everyCommand = (command: Command): Command[] =>
  command.commands.flatMap((child) => [child, ...everyCommand(child)]);

/** Errors an operator can act on are said in one sentence; others are bugs and show where they come from. */
const EXPECTED = [CommandFailed, ConfigError, MigrationRefused];

function exitCodeFor(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  const expected = EXPECTED.some((kind) => error instanceof kind) || isConnectionError(error);
  const text = expected ? (error as Error).message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`openbeian: ${text}\n`);
  return error instanceof CalledWrongly ? USAGE : FAILED;
}

const isConnectionError = (error: unknown): boolean =>
  error instanceof Error &&
  ["ECONNREFUSED", "ENOTFOUND", "28P01", "3D000"].includes((error as NodeJS.ErrnoException).code ?? "");

main(process.argv.slice(2)).then(
  () => undefined,
  (error) => {
    // A part that fails while it starts still has its line to the supervisor open, which would keep it alive.
    process.exit(exitCodeFor(error));
  },
);
