import type { Command } from "commander";
import { decideCodeTable } from "../models/code-table/decide.ts";
import { codeDifference } from "../models/code-table/difference.ts";
import { rowsInForce } from "../models/code-table/in-force.ts";
import { codeRowsOf, findCodeTable, latestCodeTables } from "../models/code-table/rows.ts";
import { NotFound } from "../models/errors.ts";
import { bureauTableLabel } from "../vocabulary/bureau-codes.ts";
import { ispOf } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printResult, printRows } from "./output.ts";
import { withStore } from "./settings.ts";

type Isp = { isp: string };

const columns = {
  ...{ id: "ID", bureau: "BUREAU", name: "TABLE", label: "NAME", version: "VERSION", rows: "ROWS" },
  ...{ state: "STATE", receivedAt: "RECEIVED" },
};

async function list({ isp }: Isp, command: Command): Promise<void> {
  const tables = await withStore(async ({ db }) => latestCodeTables(db, (await ispOf(db, isp)).id));
  printRows(
    command,
    tables.map((table) => ({ ...table, label: bureauTableLabel(table.name) })),
    columns,
  );
}

async function show(id: string, { isp }: Isp, command: Command): Promise<void> {
  const difference = await withStore(async ({ db }) => {
    const { id: ispId } = await ispOf(db, isp);
    const table = await findCodeTable(db, ispId, wholeNumber(id, "the id of the table")).catch(absent(isp));
    const before = await rowsInForce(db, table.bureauId, table.name);
    return codeDifference(before ?? [], await codeRowsOf(db, table.id));
  });
  const { relabelled, ...rest } = difference;
  const rows = [
    ...Object.entries(rest).flatMap(([what, found]) =>
      found.map(({ code, label }) => ({ what, code, label, before: "" })),
    ),
    ...relabelled.map(({ code, before, after }) => ({ what: "relabelled", code, label: after, before })),
  ];
  printRows(command, rows, { what: "WHAT", code: "CODE", label: "LABEL", before: "BEFORE" });
}

const absent = (isp: string) => (error: unknown) => {
  if (!(error instanceof NotFound)) throw error;
  throw new CommandFailed(`there is no such table; see openbeian bureau codes ls --isp ${isp}`);
};

const decide =
  (decision: "adopted" | "dismissed") =>
  async (id: string, { isp }: Isp, command: Command): Promise<void> => {
    await withStore(async (store) => {
      const { id: ispId } = await ispOf(store.db, isp);
      const table = wholeNumber(id, "the id of the table");
      const decider = { kind: "operator", ispId } as const;
      const done = await decideCodeTable(store, decider, table, decision).catch(absent(isp));
      if (!done) throw new CommandFailed(`table ${id} does not wait any more; see openbeian bureau codes ls`);
      printResult(command, { id: table, state: decision }, `table ${id} is ${decision}`);
    });
  };

/** `openbeian bureau codes …`: tables of codes (基础代码) that the bureaus sent. */
export const codesCommand = (bureau: Command): void => {
  const group = bureau.command("codes").description("tables of codes (基础代码) that the bureaus sent");
  const of = (name: string, says: string, example: string) =>
    group
      .command(name)
      .description(says)
      .requiredOption("--isp <slug>", "the provider")
      .addHelpText("after", `\nExample:\n  openbeian bureau codes ${example} --isp shili`);
  of("ls", "the newest version of every table, what waits for a look first", "ls").action(list);
  of("show <id>", "what it would change of what is in force", "show 7").action(show);
  of("adopt <id>", "from now on in force for its bureau", "adopt 7").action(decide("adopted"));
  of("dismiss <id>", "everything stays as it is", "dismiss 7").action(decide("dismissed"));
};
