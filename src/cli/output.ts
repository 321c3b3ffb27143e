import type { Command } from "commander";

/** A command could not do what was asked; the message is for the operator. Exit code 1. */
export class CommandFailed extends Error {
  override name = "CommandFailed";
}

export type Cell = string | number | boolean | Date | null | undefined;
export type Row = Record<string, Cell>;

/** An option or argument that cannot be meant; the message is for the operator. Exit code 2. */
export class CalledWrongly extends CommandFailed {
  override name = "CalledWrongly";
}

/** Whether `--json` was given, before or after the command's name. */
export const wantsJson = (command: Command): boolean => command.optsWithGlobals().json === true;

export const write = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Prints rows: a table for people, an array of objects with `--json`. `columns` gives keys and headings in order;
 * JSON carries every key of the row.
 */
export function printRows(command: Command, rows: Row[], columns: Record<string, string>): void {
  if (wantsJson(command)) write(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) write("nothing to show");
  else write(table(rows, columns));
}

/** Prints one thing: `name  value` lines for people, an object with `--json`. */
export function printOne(command: Command, row: Row, labels: Record<string, string>): void {
  if (wantsJson(command)) {
    write(JSON.stringify(row, null, 2));
    return;
  }
  const width = Math.max(...Object.values(labels).map(displayWidth));
  for (const [key, label] of Object.entries(labels)) write(`${pad(label, width)}  ${cell(row[key])}`);
}

/** Prints a result: the sentence for people, the object with `--json`. */
export function printResult(command: Command, result: Record<string, unknown>, sentence: string): void {
  write(wantsJson(command) ? JSON.stringify(result) : sentence);
}

/** Columns as wide as their widest cell; a Chinese character counts two. */
export function table(rows: Row[], columns: Record<string, string>): string {
  const lines = [
    Object.values(columns),
    ...rows.map((row) => Object.keys(columns).map((key) => cell(row[key]))),
  ];
  const widths = Object.keys(columns).map((_, index) =>
    Math.max(...lines.map((line) => displayWidth(line[index] ?? ""))),
  );
  return lines
    .map((line) =>
      line
        .map((text, index) => pad(text, widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cell(value: Cell): string {
  if (value === null || value === undefined || value === "") return "-";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

const displayWidth = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

const pad = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - displayWidth(text)));
