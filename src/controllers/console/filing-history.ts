import type { Actor } from "../../models/actor.ts";
import { correctionWords } from "../../models/filing/corrections.ts";
import { eventSentenceForStaff } from "../../models/filing/event-words.ts";
import { eventsOf } from "../../models/filing/history.ts";
import { notesOf } from "../../models/filing/notes.ts";
import type { Filing } from "../../models/filing/rows.ts";
import { seesPersons } from "../../models/filing/subject-name.ts";
import { staffNames } from "../../models/staff/names.ts";
import type { Deps } from "../deps.ts";

/** One thing that happened, in words for staff; `note` is what a colleague wrote with it. */
export type HistoryLine = { at: Date; text: string; note: string | undefined };

/** The history of a filing with the names of staff, newest first; notes and corrected values are not for 客服. */
export async function historyOf(deps: Deps, actor: Actor, filing: Filing): Promise<HistoryLine[]> {
  const events = await eventsOf(deps.db, filing.id);
  const ids = events.flatMap(({ actorKind, actorId }) => (actorKind === "staff" && actorId ? [actorId] : []));
  const [names, notes, corrections] = await Promise.all([
    staffNames(deps.db, filing.ispId, ids),
    seesPersons(actor) ? notesOf(deps, filing) : new Map<number, string>(),
    seesPersons(actor) ? correctionWords(deps, filing) : new Map<number, string>(),
  ]);
  return events.toReversed().map((event) => {
    const name = event.actorKind === "staff" ? (names.get(event.actorId ?? 0) ?? "工作人员") : null;
    const said = [eventSentenceForStaff(event, name), corrections.get(event.id) ?? ""].filter(Boolean);
    return { at: event.createdAt, text: said.join("："), note: notes.get(event.id) };
  });
}
