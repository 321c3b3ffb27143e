import { maybeSlot } from "../../rules/slots.ts";
import type { FilingEvent } from "./history.ts";
import { type Action, rowOf } from "./workflow.ts";

const outside: Record<FilingEvent["actorKind"], string> = {
  registrant: "您",
  staff: "审核员",
  system: "系统",
  bureau: "管局",
  operator: "系统管理员",
};

/** 管局审核通过 and 接入商取消接入 name who acts by themselves. */
const saysWho = (label: string): boolean =>
  [...Object.values(outside), "接入商"].some((who) => label.startsWith(who));

/** What staff do among themselves; it says nothing to a registrant. */
export const internalActions: readonly Action[] = [
  "claim",
  "release",
  "hand-over",
  "delay-upload",
  "miss-number",
  "fail-upload",
  "retry-upload",
  "give-back-upload",
];

/** The events that a registrant sees, newest first. */
export const eventsForRegistrant = <E extends Pick<FilingEvent, "action">>(events: readonly E[]): E[] =>
  events.filter(({ action }) => !internalActions.includes(action)).toReversed();

/** The material that an event is about: ：真实性核验单, and how it came. */
const ofMaterial = ({ slot, handover }: FilingEvent["detail"]): string => {
  const label = typeof slot === "string" ? maybeSlot(slot)?.label : undefined;
  return label ? `：${label}${handover ? "（用手机链接上传）" : ""}` : "";
};

/** What happened, in one sentence for the registrant: 审核员初审退回，2处要改. */
export function eventSentence(event: Pick<FilingEvent, "action" | "actorKind" | "detail">): string {
  const { label } = rowOf(event.action);
  const count =
    Array.isArray(event.detail.reasons) && event.detail.reasons.length > 0
      ? `，${event.detail.reasons.length}处要改`
      : "";
  return `${saysWho(label) ? "" : outside[event.actorKind]}${label}${ofMaterial(event.detail)}${count}`;
}

/** The same for staff, who see each other's names. */
export function eventSentenceForStaff(
  event: Pick<FilingEvent, "action" | "actorKind" | "detail">,
  name: string | null,
): string {
  const { label } = rowOf(event.action);
  const count = Array.isArray(event.detail.reasons) ? `${event.detail.reasons.length}处` : "";
  const who = name ?? { ...outside, registrant: "主办者" }[event.actorKind];
  return `${saysWho(label) ? "" : who}${label}${ofMaterial(event.detail)}${count}`;
}
