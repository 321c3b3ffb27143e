import type { Registrant, Staff } from "../models/actor.ts";
import { eventSentence, eventSentenceForStaff, internalActions } from "../models/filing/event-words.ts";
import type { FoundEvent } from "../models/filing/history-search.ts";
import { staffNames } from "../models/staff/names.ts";
import { kindName } from "../vocabulary/filing.ts";
import type { Deps } from "./deps.ts";

/** One thing that happened, in words for whoever reads it. */
export type HistoryRow = {
  id: number;
  at: Date;
  text: string;
  /** 备案单号, what kind of filing it is, and what it is about in a list. */
  number: string;
  kind: string;
  title: string;
};

/** Events in words: staff read each other's names, a registrant reads who it was by role. */
export async function historyRows(
  deps: Deps,
  actor: Registrant | Staff,
  events: readonly FoundEvent[],
): Promise<HistoryRow[]> {
  const ids = events.flatMap(({ actorKind, actorId }) => (actorKind === "staff" && actorId ? [actorId] : []));
  const names =
    actor.kind === "staff" ? await staffNames(deps.db, actor.ispId, ids) : new Map<number, string>();
  const say = (event: FoundEvent): string => {
    if (actor.kind === "registrant") return eventSentence(event);
    return eventSentenceForStaff(
      event,
      event.actorKind === "staff" ? (names.get(event.actorId ?? 0) ?? "工作人员") : null,
    );
  };
  return events.map((event) => ({
    id: event.id,
    at: event.createdAt,
    text: say(event),
    number: event.number,
    kind: kindName(event),
    title: event.siteName || event.domain || "",
  }));
}

/** What staff do among themselves, and a registrant does not read. */
export const hiddenFrom = (actor: Registrant | Staff) => (actor.kind === "registrant" ? internalActions : []);
