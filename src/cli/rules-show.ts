import type { Command } from "commander";
import type { Db } from "../db/client.ts";
import { isDate } from "../lib/dates.ts";
import { ruleHistory } from "../models/province-rule/history.ts";
import { rulesInForce } from "../models/province-rule/in-force.ts";
import { provinceShortName, provinces } from "../vocabulary/divisions.ts";
import { columns } from "../vocabulary/province-columns.ts";
import { NATIONAL, ruleCodes } from "../vocabulary/province-rules.ts";
import { columnSources } from "../vocabulary/province-sources.ts";
import { textOfColumn, textOfKey } from "../vocabulary/province-values.ts";
import { ispOf } from "./find.ts";
import { CommandFailed, printRows, wantsJson, write } from "./output.ts";
import { withStore } from "./settings.ts";

/** The code of a province as typed: six digits, its full or its short name. */
export function provinceOf(typed: string): string {
  if (ruleCodes.includes(typed)) return typed;
  if (["全国", "national"].includes(typed)) return NATIONAL;
  const found = provinces.find(({ code, name }) => name === typed || provinceShortName(code) === typed);
  if (!found) throw new CommandFailed(`there is no province ${typed}; see openbeian rules show`);
  return found.code;
}

/** A day as typed; undefined stays so. */
export function dayOf(typed: string | undefined, option: string): string | undefined {
  if (typed !== undefined && !isDate(typed))
    throw new CommandFailed(`${option} is a day such as 2027-01-01, not ${typed}`);
  return typed;
}

/** The id of the provider of `--isp`, null for the installation. */
export const levelOf = async (db: Db, slug: string | undefined): Promise<number | null> =>
  slug === undefined ? null : (await ispOf(db, slug)).id;

type ShowOptions = { isp?: string; on?: string };

const whose = (own: boolean, version: number): string =>
  own ? "provider" : version > 0 ? "installation" : "program";

/** `openbeian rules show [province]` */
export async function showCommand(
  typed: string | undefined,
  options: ShowOptions,
  command: Command,
): Promise<void> {
  const on = dayOf(options.on, "--on") ?? null;
  const codes = typed === undefined ? ruleCodes : [provinceOf(typed)];
  const found = await withStore(async ({ db }) =>
    rulesInForce(db, await levelOf(db, options.isp), codes, on),
  );
  if (typed !== undefined && wantsJson(command)) {
    write(JSON.stringify(found[0], null, 2));
    return;
  }
  const rows = found.map(({ rule, version, validFrom, own }) => ({
    ...{ province: rule.code, name: rule.name, version, since: validFrom, by: whose(own, version) },
  }));
  printRows(command, rows, { province: "CODE", name: "NAME", version: "VERSION", since: "SINCE", by: "BY" });
  if (typed !== undefined && found[0]) showColumns(found[0].rule);
}

function showColumns(rule: Parameters<typeof columnSources>[0]): void {
  const shown = columns.filter(({ key }) => !["origins", "sources", "conflicts", "notes"].includes(key));
  for (const column of shown) {
    const value = textOfColumn(column, rule[column.key as keyof typeof rule]);
    write(
      `${column.label}　${value}${columnSources(rule, column.key)
        .map((text) => `（${text}）`)
        .join("")}`,
    );
  }
  for (const { text, source } of rule.notes) write(`说明　${text}（${source}）`);
  for (const { newer, older } of rule.conflicts)
    write(`说法不同　${newer.says}（${newer.source}），以前说${older.says}（${older.source}）`);
}

/** `openbeian rules history <province>` */
export async function historyCommand(
  typed: string,
  options: { isp?: string },
  command: Command,
): Promise<void> {
  const code = provinceOf(typed);
  const steps = await withStore(async ({ db }) => ruleHistory(db, await levelOf(db, options.isp), code));
  if (wantsJson(command)) {
    write(JSON.stringify(steps, null, 2));
    return;
  }
  if (steps.length === 0) write(`${code} has no version of its own: the program's row holds`);
  for (const { version, validFrom, own, note, writer, byOperator, createdAt, changes, rule } of steps) {
    const who = byOperator ? "operator" : writer || "-";
    const head = `version ${version}, ${own ? "provider" : "installation"}, from ${validFrom}`;
    write(`${head}, written ${createdAt.toISOString()} by ${who}${note && `: ${note}`}`);
    if (rule === null) write("  given back: what is below holds again");
    for (const { key, before, after } of changes)
      write(`  ${key}: ${textOfKey(key, before)} → ${textOfKey(key, after)}`);
  }
}
