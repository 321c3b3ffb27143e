import type { Command } from "commander";
import { checkCommand, exportCommand, importCommand } from "./rules-files.ts";
import { historyCommand, showCommand } from "./rules-show.ts";

const PROVINCE = "a six-digit code or a name (330000, 浙江); 000000 is what holds everywhere";

/** `openbeian rules …`: what the bureau of each province asks for (各省规则), as versioned rows. */
export const rules = (program: Command): void => {
  const group = program.command("rules").description("what each bureau asks for (各省规则), in versions");
  group
    .command("show [province]")
    .description(
      "the rules in force: all provinces with their version, or one with every column and its source",
    )
    .option("--isp <slug>", "as this provider has them; default: the installation")
    .option("--on <day>", "as they hold on that day, such as 2027-01-01; default: today")
    .addHelpText(
      "after",
      `\nA province is ${PROVINCE}.\n\nExamples:\n  openbeian rules show\n  openbeian rules show 浙江 --json`,
    )
    .action(showCommand);
  group
    .command("history <province>")
    .description("the versions of one province, newest first, with who wrote them, why, and what changed")
    .option("--isp <slug>", "with the provider's own versions; default: the installation's")
    .addHelpText("after", "\nExample:\n  openbeian rules history 330000 --isp shili")
    .action(historyCommand);
  group
    .command("export")
    .description("write rules as JSON that `rules import` takes back")
    .option("--province <province>", `one alone: ${PROVINCE}`)
    .option("--isp <slug>", "as this provider has them; default: the installation")
    .option("--all", "every version that was written, not only what is in force")
    .option("--out <file>", "where to write; default: standard output")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian rules export --out rules.json\n  openbeian rules export --province 浙江 --isp shili",
    )
    .action(exportCommand);
  group
    .command("check <file>")
    .description("tell everything that is wrong with a file, and write nothing")
    .addHelpText(
      "after",
      "\nExit code 0: nothing is wrong; 1: something is.\n\nExample:\n  openbeian rules check rules.json",
    )
    .action(checkCommand);
  group
    .command("import <file>")
    .description("show what a file changes, ask, and write it as new versions; all of it or nothing")
    .option("--isp <slug>", "for this provider alone; default: the installation")
    .option(
      "--from <day>",
      "from when they hold, such as 2027-01-01; default: the file's days, none before today",
    )
    .option("--note <text>", "why, kept with the versions")
    .option("--dry-run", "show and write nothing")
    .option("--yes", "do not ask")
    .addHelpText(
      "after",
      "\nA file with a fault changes nothing (exit code 1); the same file twice changes nothing the second time.\n" +
        "The new rules hold at the next request, without a restart.\n\nExamples:\n" +
        "  openbeian rules import rules.json --dry-run\n" +
        '  openbeian rules import zhejiang.json --isp shili --from 2027-01-01 --note "管局12月通知" --yes',
    )
    .action(importCommand);
};
