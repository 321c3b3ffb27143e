import { roles } from "../actor.ts";
import { type State, stateNames, states } from "./states.ts";
import { type Action, actionNames, type Party, rowOf } from "./workflow.ts";

const parties: Record<Party, string> = { ...roles, registrant: "主办者", system: "系统", bureau: "管局" };

/** Where a choice may lead, for the diagram. */
const targets: Record<string, readonly State[]> = {
  former: ["draft", "returned"],
  afterInitialReview: ["photo_due", "ready"],
  returnedByPlace: ["returned"],
  uploadOrSms: ["sms_pending", "at_bureau"],
  beforeRecall: ["sms_pending", "at_bureau"],
};

/** `workflow.md`: the state diagram and the table, rendered from the transitions themselves. */
export const workflowDocument = (): string =>
  [
    "# States and transitions of a filing (备案单)",
    "",
    "Rendered from `workflow.ts` by `npm run docs`; a test fails when it is stale.",
    "",
    "```mermaid",
    "stateDiagram-v2",
    ...stateNames.map((state) => `  ${state} : ${state} ${states[state].label}`),
    "  [*] --> draft : create 新建备案单",
    ...arrows(),
    "  numbered --> [*]",
    "  cancelled --> [*]",
    "  closed --> [*]",
    "```",
    "",
    "| row | action | 操作 | who | from | to | guards | effects |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...actionNames.map(tableRow),
    "",
  ].join("\n");

/** One arrow for each pair of states, with all actions that go along it; what stays where it is is in the table. */
function arrows(): string[] {
  const along = new Map<string, string[]>();
  for (const action of actionNames) {
    const { from, to, label } = rowOf(action);
    for (const source of from)
      for (const target of targets[to] ?? (to === "same" ? [] : [to as State]))
        if (source !== target)
          along.set(`${source} --> ${target}`, [...(along.get(`${source} --> ${target}`) ?? []), label]);
  }
  return [...along].map(([arrow, labels]) => `  ${arrow} : ${labels.join(" / ")}`);
}

function tableRow(action: Action): string {
  const { row, label, by, from, to, guards = [], effects = [] } = rowOf(action);
  const who = by.map((party) => parties[party]).join(" ");
  return `| ${row} | \`${action}\` | ${label} | ${who} | ${from.join(" ") || "–"} | ${to} | ${guards.join(" ")} | ${effects.join(" ")} |`;
}
