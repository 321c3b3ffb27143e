import type { Command } from "commander";
import type { Db } from "../db/client.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { packagesOfFiling } from "../models/bureau/requests.ts";
import { inCodesOf } from "../models/code-table/in-force.ts";
import { NotFound } from "../models/errors.ts";
import { eventsOf } from "../models/filing/history.ts";
import { type Filing, findFiling } from "../models/filing/rows.ts";
import { type StoredSection, sectionsOf } from "../models/filing/sections.ts";
import { statusOf } from "../models/filing/states.ts";
import { rowOf } from "../models/filing/workflow.ts";
import { noticesOfFiling } from "../models/notice/log.ts";
import { displayValue, groupsOf, maskedValue, sectionNames } from "../vocabulary/fields/index.ts";
import { kindName } from "../vocabulary/filing.ts";
import { maskName } from "../vocabulary/masking.ts";
import { CommandFailed, type Row, table, wantsJson, write } from "./output.ts";
import { type Store, withStore } from "./settings.ts";

const operator = { kind: "operator" } as const;

async function filingOf(db: Db, number: string): Promise<Filing> {
  try {
    return await findFiling(db, number, operator);
  } catch (error) {
    if (error instanceof NotFound) throw new CommandFailed(`there is no filing ${number}`);
    throw error;
  }
}

/** Values of a section as an operator may read them: everything about persons masked, free text left out. */
const shownValues = ({ kind, values, before, open }: StoredSection): Row =>
  Object.fromEntries(
    groupsOf(kind, values)
      .flatMap(({ fields }) => fields)
      .map((field) => [
        field.summaryLabel,
        open && before ? moved(field, before, values) : shown(field, values),
      ]),
  );

/** What a change makes of a value on record: 旧名 → 新名; once where it stays. */
function moved(field: Shown[0], before: Shown[1], after: Shown[1]): string {
  if (displayValue(field, before) === displayValue(field, after)) return shown(field, after);
  return `${shown(field, before) || "-"} → ${shown(field, after) || "-"}`;
}

type Shown = Parameters<typeof maskedValue>;

function shown(field: Shown[0], values: Shown[1]): string {
  const text = maskedValue(field, values);
  if (field.sensitivity === "name")
    return field.key === "name" && values.nature !== "5" ? text : maskName(text);
  return field.sensitivity === "private" || field.sensitivity === "address"
    ? text === ""
      ? ""
      : "***"
    : text;
}

const kinds = ["cancellation", "subject", "website", "access"];
const inOrder = (sections: StoredSection[]): StoredSection[] =>
  sections.toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));

async function everythingOf(store: Store, filing: Filing) {
  const { db } = store;
  const sections = inOrder(await sectionsOf(store, filing));
  const history = await eventsOf(db, filing.id);
  const packages = await packagesOfFiling(db, filing.id);
  return {
    ...{
      number: filing.number,
      kind: kindName(filing),
      state: filing.state,
      status: statusOf(filing).label,
    },
    ...{ stateSince: filing.stateSince, dueAt: filing.dueAt, province: filing.province },
    sections: sections.map((section) => ({
      id: section.id,
      section: sectionNames[section.kind],
      ...shownValues(section),
    })),
    history: history.map(({ seq, createdAt, action, actorKind, actorId, toState }) => ({
      ...{
        seq,
        at: createdAt,
        action,
        label: rowOf(action).label,
        by: actorKind,
        id: actorId,
        state: toState,
      },
    })),
    packages: packages.map(({ sequence, state, fileName, bytes, tries, code, message, acceptedAt }) => ({
      ...{ sequence, state, fileName, bytes, tries, code, message, acceptedAt },
    })),
    notices: (await noticesOfFiling(db, filing.ispId, filing.id)).map(
      ({ createdAt, template, channel, state, tries, sentAt }) => ({
        createdAt,
        template,
        channel,
        state,
        tries,
        sentAt,
      }),
    ),
  };
}

const headings = (row: Row | undefined): Record<string, string> =>
  Object.fromEntries(Object.keys(row ?? {}).map((key) => [key, key.toUpperCase()]));

function printAll({
  sections,
  history,
  packages,
  notices,
  ...head
}: Awaited<ReturnType<typeof everythingOf>>): void {
  const pairs = (row: Row) => Object.entries(row).map(([key, value]) => ({ key, value }));
  write(table(pairs(head), { key: "FILING", value: head.number }));
  for (const { section, ...values } of sections)
    write(`\n${table(pairs(values), { key: String(section), value: "" })}`);
  for (const [title, rows] of Object.entries({ history, packages, notices })) {
    write(`\n${title}`);
    write(rows.length === 0 ? "none" : table(rows as Row[], headings(rows[0] as Row)));
  }
}

async function show(number: string, _options: unknown, command: Command): Promise<void> {
  await withStore(async (store) => {
    const filing = await filingOf(store.db, number);
    await recordOperator(store.db, "show-filing", { ispId: filing.ispId, filingId: filing.id });
    const wanted = { ispId: filing.ispId, about: { province: filing.province } };
    const all = await inCodesOf(store.db, wanted, () => everythingOf(store, filing));
    if (wantsJson(command)) write(JSON.stringify(all, null, 2));
    else printAll(all);
  });
}

/** `openbeian filing show`: one filing as far as an operator may see it. */
export const filing = (program: Command): void => {
  const group = program.command("filing").description("filings (备案单)");
  group
    .command("show <number>")
    .description(
      "a filing with persons masked: its values, history, packages and notices; the look is recorded",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian filing show 20261118-0042\n  openbeian filing show 20261118-0042 --json",
    )
    .action(show);
};
