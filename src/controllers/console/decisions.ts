import { type Actor, hasRole, type Staff } from "../../models/actor.ts";
import { type QueueName, queueNames, queues } from "../../models/filing/queues.ts";
import type { State } from "../../models/filing/states.ts";
import { type Action, actionsFor, isParty, rowOf } from "../../models/filing/workflow.ts";

/** How a decision is drawn: its button, its key, what it needs. */
export type DecisionButton = {
  action: Action;
  text: string;
  key: string;
  /** A return names its reasons, a pass may need a justification. */
  kind: "pass" | "return";
};

/** What staff decide on the review page, in the order of the buttons. */
const buttons: readonly DecisionButton[] = [
  { action: "return-initial", text: "退回", key: "q", kind: "return" },
  { action: "approve", text: "通过", key: "a", kind: "pass" },
  { action: "return-verification", text: "退回", key: "q", kind: "return" },
  { action: "verify", text: "核验通过", key: "a", kind: "pass" },
  { action: "return-bureau", text: "退回", key: "q", kind: "return" },
  { action: "resubmit-ready", text: "再次待提交", key: "a", kind: "pass" },
];

/** The decisions that the table offers this person on a filing in this state. */
export function decisionsFor(state: State, actor: Actor): DecisionButton[] {
  const offered = actionsFor(state, actor);
  return buttons.filter(({ action }) => offered.includes(action));
}

/** What moves a filing out of a queue, besides the decisions of the review page. */
const moving: readonly Action[] = [...buttons.map(({ action }) => action), "upload", "retry-upload"];

/** The state of the filings in a queue; undefined for 我领取的, which has several. */
const stateOf = (name: QueueName): State | undefined => (queues[name] as { state?: State }).state;

/** Whether this person decides on the filings of a queue. */
export function worksOn(name: QueueName, actor: Staff): boolean {
  const state = stateOf(name);
  if (state === undefined) return false;
  return moving.some((action) => rowOf(action).from.includes(state) && isParty(rowOf(action).by, actor));
}

/** The queue in which a filing is looked for when the address names none. */
export function queueOf(filing: { state: State; round: number }): QueueName {
  const fitting = queueNames.filter((name) => stateOf(name) === filing.state);
  return (filing.state === "initial_review" && filing.round > 1 ? "again" : fitting[0]) ?? "initial";
}

/** 主管 closes for good and hands over claims. */
export const isSupervisor = (actor: Actor): boolean => hasRole(actor, "supervisor");
