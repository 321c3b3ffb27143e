import type { Command } from "commander";
import { knownVersions } from "../gateways/bureau/index.ts";
import type { BureauSettings } from "../models/bureau/settings.ts";
import { wholeNumber } from "./numbers.ts";
import { CalledWrongly, CommandFailed } from "./output.ts";

/** How a bureau takes files, as `add` and `change` both take it. */
export type TermOptions = {
  recordsPerFile?: string;
  hours?: string;
  workdays?: boolean;
  timeout?: string;
  stuckAfter?: string;
  versionOfInterface?: string;
};

const SPAN = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

function between(text: string, name: string, least: number, most: number): number {
  const number = wholeNumber(text, name);
  if (number < least || number > most)
    throw new CalledWrongly(`${name} must be ${least} to ${most}, not ${text}`);
  return number;
}

/** 08:30-12:00,13:00-17:30, in order; "always" takes them away. */
function hoursOf(text: string): BureauSettings["hours"] {
  if (text === "always") return [];
  const spans = text.split(",").map((span): [string, string] => {
    const [from = "", to = ""] = span.split("-");
    if (!SPAN.test(span) || from >= to)
      throw new CalledWrongly(`--hours must be such as 08:30-17:30 or 08:30-12:00,13:00-17:30, not ${text}`);
    return [from, to];
  });
  if (spans.some(([from], at) => at > 0 && from < (spans[at - 1]?.[1] ?? "")))
    throw new CalledWrongly(`--hours must be in order and must not overlap: ${text}`);
  return spans;
}

/** What was given, as settings; what was not given is left out. Throws the sentence that says what is wrong. */
export function settingsIn(options: TermOptions): Partial<BureauSettings> {
  const { recordsPerFile, hours, workdays, timeout, stuckAfter } = options;
  return {
    ...(recordsPerFile === undefined
      ? {}
      : { recordsPerFile: between(recordsPerFile, "--records-per-file", 1, 1000) }),
    ...(hours === undefined ? {} : { hours: hoursOf(hours) }),
    ...(workdays === undefined ? {} : { workdaysOnly: workdays }),
    ...(timeout === undefined ? {} : { timeoutMs: between(timeout, "--timeout", 1, 3600) * 1000 }),
    ...(stuckAfter === undefined
      ? {}
      : { stuckAfterMinutes: between(stuckAfter, "--stuck-after", 1, 10_080) }),
  };
}

/** The version, which must be one that can be spoken: nothing is ever guessed. */
export function versionIn({ versionOfInterface: version }: TermOptions): string | undefined {
  if (version === undefined || knownVersions().includes(version)) return version;
  throw new CommandFailed(
    `the version ${version} of the interface is not known; there are: ${knownVersions().join(", ")}`,
  );
}

export const withTerms = (command: Command): Command =>
  command
    .option("--records-per-file <n>", "records joined into one file, 1 to 1000 (usually 1)")
    .option("--hours <spans>", "when it takes files, such as 08:30-17:30; always: at any time (usual)")
    .option("--workdays", "these hours hold on working days only")
    .option("--no-workdays", "these hours hold every day (usual)")
    .option("--timeout <seconds>", "for a whole call (usually 60)")
    .option(
      "--stuck-after <minutes>",
      "within the hours, until a queue that gets nowhere is told of (usually 60)",
    )
    .option("--version-of-interface <version>", `one of ${knownVersions().join(", ")}`);
