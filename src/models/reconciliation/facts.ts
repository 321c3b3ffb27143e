import { isIndividual } from "../../vocabulary/code-tables.ts";
import { displayValue, fieldOfPart, listOf, textOf, type Values } from "../../vocabulary/fields/index.ts";
import { maskName } from "../../vocabulary/masking.ts";
import type { Staff } from "../actor.ts";
import { readable } from "../filing/readable.ts";
import { seesPersons } from "../filing/subject-name.ts";
import type { Difference } from "./list.ts";
import { decisionWords, isStanding, kindWords, placeWords, sectionOf, stateWords } from "./words.ts";

/** A difference as pages, tables and the command line show it. */
export type DifferenceFact = {
  id: number;
  kind: string;
  bureau: string;
  /** 主体备案号 */
  number: string;
  name: string;
  site: string;
  place: string;
  ours: string;
  theirs: string;
  state: string;
  decision: string;
  /** Masked, and may be asked for. */
  hidden: boolean;
};

const standing: Record<string, string> = { valid: "有效", cancelled: "已注销", absent: "没有" };

type Whole = {
  name?: string;
  number?: string;
  subject?: { name?: string; number?: string };
  ips?: { from?: string }[];
};

/** What only the bureau has, in a few words; of a person's record the number alone. */
function wholeText(place: string, value: Whole): string {
  if (place === "record") return value.subject?.number ?? "";
  if (place === "access") return (value.ips ?? []).map(({ from }) => from ?? "").join("、");
  return [value.name, value.number].filter(Boolean).join(" ");
}

/** One side as text; `open` in full, else as whoever sees persons, or does not, may read it. */
function sideText(one: Difference, side: "ours" | "theirs", how: { open: boolean; sees: boolean }): string {
  const value = one[side];
  if (value === null) return one.kind === "only_bureau" ? "没有" : "";
  if (one.kind === "only_bureau") return wholeText(one.place, value as Whole);
  const values = value as Values;
  if (isStanding(one.place)) return standing[textOf(values, "state")] ?? "";
  const field = fieldOfPart(sectionOf(one), one.place);
  if (!field || one.place === "number") return listOf(values, one.place).join("；");
  const around = { nature: one.nature, ...values };
  const text = how.open ? displayValue(field, around) : readable(field, around, how.sees);
  return text.replaceAll("\n", "；");
}

/** A difference as this member of staff may read it; the operator reads as 客服 does. */
export function differenceFact(one: Difference, actor: Staff | undefined, open = false): DifferenceFact {
  const sees = actor !== undefined && seesPersons(actor);
  const how = { open: open && sees, sees };
  const masked = (side: "ours" | "theirs") => sideText(one, side, how);
  const full = (side: "ours" | "theirs") => sideText(one, side, { open: true, sees: true });
  const name = isIndividual(one.nature) && !sees ? maskName(one.name) : one.name;
  return {
    ...{
      id: one.id,
      kind: kindWords[one.kind],
      bureau: one.bureau,
      number: one.number,
      name,
      site: one.site ?? "",
    },
    place: placeWords(one.place, sectionOf(one)),
    ...{ ours: masked("ours"), theirs: masked("theirs") },
    state: stateWords[one.state],
    decision: one.decision ? decisionWords[one.decision] : "",
    hidden: sees && !open && (masked("ours") !== full("ours") || masked("theirs") !== full("theirs")),
  };
}
