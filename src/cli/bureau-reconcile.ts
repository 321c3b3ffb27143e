import type { Command } from "commander";
import { recordOperator } from "../models/audit/operator.ts";
import { bureausOf } from "../models/bureau/rows.ts";
import { inCodesOf } from "../models/code-table/in-force.ts";
import { NotFound } from "../models/errors.ts";
import { completeReconciliation } from "../models/reconciliation/complete.ts";
import { decideDifferences } from "../models/reconciliation/decide.ts";
import { differenceFact } from "../models/reconciliation/facts.ts";
import { listDifferences } from "../models/reconciliation/list.ts";
import type { RepairDecision } from "../models/reconciliation/rows.ts";
import { type BureauReconciliation, reconciliationStatus } from "../models/reconciliation/status.ts";
import { askBureaus } from "./bureau-ask.ts";
import { bureauOf } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CalledWrongly, CommandFailed, printRows, type Row, table, wantsJson, write } from "./output.ts";
import { progressBar } from "./progress.ts";
import { type Store, withStore } from "./settings.ts";

type Options = {
  ask?: boolean;
  complete?: boolean;
  repair?: string;
  ids?: string;
  reason?: string;
  limit?: string;
  yes?: boolean;
};

const decisions: readonly RepairDecision[] = ["bureau", "ours", "keep"];

const differences = (count: number): string => `${count} difference${count === 1 ? "" : "s"}`;

const summary = {
  ...{ id: "ID", isp: "ISP", bureau: "BUREAU", copy: "LAST COPY", state: "STATE", same: "SAME" },
  ...{ differing: "DIFFERING", onlyBureau: "ONLY BUREAU", onlyHere: "ONLY HERE", open: "OPEN", kept: "KEPT" },
};

const found = {
  ...{
    id: "ID",
    kind: "KIND",
    number: "NUMBER",
    site: "SITE",
    place: "PLACE",
    ours: "OURS",
    theirs: "BUREAU",
  },
};

const openOf = ({ open }: BureauReconciliation): number => open.differs + open.only_bureau + open.only_here;

const summaryOf = (one: BureauReconciliation) => ({
  ...{ id: one.bureauId, isp: one.isp, bureau: one.bureau, copy: one.last?.lastAt ?? null },
  ...{ state: one.last?.state ?? "none", same: one.last?.same ?? 0, differing: one.last?.differing ?? 0 },
  ...{ onlyBureau: one.last?.onlyBureau ?? 0, onlyHere: one.last?.onlyHere ?? 0 },
  ...{ open: openOf(one), kept: one.kept },
});

async function complete(store: Store, bureaus: readonly BureauReconciliation[]): Promise<void> {
  for (const { ispId, last, bureau } of bureaus) {
    if (last?.state !== "collecting")
      throw new CommandFailed(`${bureau} sends no copy just now: there is nothing to call whole`);
    await completeReconciliation(store, ispId, last.id);
    const detail = { reconciliationId: last.id, act: "complete" };
    await recordOperator(store.db, "compare-records", { ispId, detail });
  }
}

async function repair(store: Store, bureau: BureauReconciliation, options: Options, command: Command) {
  const decision = decisions.find((one) => one === options.repair);
  if (!decision) throw new CalledWrongly("--repair takes bureau, ours or keep");
  const ids = (options.ids ?? "")
    .split(",")
    .filter(Boolean)
    .map((id) => wholeNumber(id, "--ids"));
  if (ids.length === 0)
    throw new CalledWrongly("--ids names the differences, such as --ids 3,4; see the list");
  const reason = options.reason ?? "";
  if (decision !== "ours" && reason === "")
    throw new CalledWrongly("--reason says why; it is kept sealed with the difference");
  if (!options.yes)
    throw new CommandFailed(`${differences(ids.length)} would be decided on; say --yes to do it`);
  const bar = progressBar(!wantsJson(command));
  try {
    const show = (done: number) => bar.show(done / ids.length, `${done} of ${ids.length}`);
    return await decideDifferences(
      store,
      bureau.ispId,
      { kind: "operator" },
      { ids, decision, reason },
      show,
    );
  } catch (error) {
    if (error instanceof NotFound) throw new CommandFailed("one of --ids is no difference of this provider");
    throw error;
  } finally {
    bar.end();
  }
}

async function reconcile(id: string | undefined, options: Options, command: Command): Promise<void> {
  await withStore(async (store) => {
    const which = id === undefined ? {} : { bureauId: (await bureauOf(store.db, id)).id };
    const before = await reconciliationStatus(store.db, which);
    const [only] = before;
    if ((options.complete || options.repair) && (id === undefined || !only))
      throw new CalledWrongly("name the bureau; see openbeian bureau status");
    if (options.complete) await complete(store, before);
    if (options.repair && only) {
      const wanted = { ispId: only.ispId, about: { bureauId: only.bureauId } };
      const done = await inCodesOf(store.db, wanted, () => repair(store, only, options, command));
      printRows(command, done, { id: "ID", outcome: "OUTCOME" });
      if (done.some(({ outcome }) => outcome !== "done"))
        throw new CommandFailed("not every difference could be decided on");
      return;
    }
    const asked = options.ask ? await ask(store, id, options, command) : undefined;
    await report(store, await reconciliationStatus(store.db, which), { options, command, asked });
  });
}

const limitOf = ({ limit }: Options): number | undefined =>
  limit === undefined ? undefined : wholeNumber(limit, "--limit");

async function ask(store: Store, id: string | undefined, options: Options, command: Command) {
  const bureaus = id === undefined ? await bureausOf(store.db) : [await bureauOf(store.db, id)];
  return askBureaus(store, bureaus, limitOf(options), command);
}

/** Differences of a bureau that are shown where nobody says how many. */
const SHOWN = 50;

/** The counts, then the newest differences, masked; exit code 1 where some are open. */
async function report(
  store: Store,
  bureaus: readonly BureauReconciliation[],
  { options, command, asked }: { options: Options; command: Command; asked: Row[] | undefined },
): Promise<void> {
  const limit = (options.ask ? undefined : limitOf(options)) ?? SHOWN;
  const lists = await Promise.all(
    bureaus.map(({ ispId, bureauId }) =>
      inCodesOf(store.db, { ispId, about: { bureauId } }, async () => {
        const listed = await listDifferences(store, ispId, { bureauId }, { limit });
        return listed.map((one) => ({ ...differenceFact(one, undefined) }));
      }),
    ),
  );
  const rows = lists.flat();
  const counts = bureaus.map(summaryOf);
  if (wantsJson(command)) write(JSON.stringify({ asked, bureaus: counts, differences: rows }, null, 2));
  else {
    write(table(counts, summary));
    if (rows.length > 0) write(`\n${table(rows, found)}`);
  }
  const open = bureaus.reduce((sum, one) => sum + openOf(one), 0);
  if (open > 0) throw new CommandFailed(`${differences(open)} ${open === 1 ? "is" : "are"} open`);
}

export const reconcileCommand = (group: Command): void => {
  group
    .command("reconcile [bureau]")
    .description("how our records agree with the bureau's (对账): the newest full copy, and what differs")
    .option(
      "--ask",
      "ask the bureau for each website of ours in force there, and note what it says otherwise",
    )
    .option("--complete", "the copy is whole: what it does not hold is only here")
    .option("--repair <whose>", "decide on differences: bureau (its value holds), ours, or keep (known)")
    .option("--ids <list>", "the differences that --repair is about, such as 3,4")
    .option("--reason <words>", "why, for bureau and keep")
    .option(
      "--limit <n>",
      `differences to show of each bureau (${SHOWN}); with --ask, websites to ask for (all)`,
    )
    .option("--yes", "do it: without it --repair only says how many there are")
    .addHelpText(
      "after",
      "\nVersion V.3.0 of the interface has no call that asks for a full copy (数据同步): ask the bureau by telephone or\n" +
        "letter. Its files come by the usual download and are compared as they come; say --complete when all are there.\n" +
        "--ask looks sooner, at the standing and the numbers of websites alone, one question at a time; it goes on where it\n" +
        "was broken off, and leaves a bureau alone that is busy, closed or out of reach.\n" +
        "Exit code 1 where differences are open, or where --ask was broken off.\n" +
        "\nExamples:\n  openbeian bureau reconcile\n  openbeian bureau reconcile 1 --complete\n" +
        "  openbeian bureau reconcile 1 --ask --limit 500\n" +
        '  openbeian bureau reconcile 1 --repair bureau --ids 3,4 --reason "checked with the bureau" --yes',
    )
    .action(reconcile);
};
