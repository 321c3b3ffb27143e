import type { Db } from "../../db/client.ts";
import type { Registrant, Staff } from "../actor.ts";
import type { RootStore } from "../store.ts";
import { writeNote } from "./notes.ts";
import { type Filing, filingColumns } from "./rows.ts";
import { transition } from "./transition.ts";

type Act<A> = { filingId: number; actor: A; requestId: string };

/** Row 29: the registrant asks for a filing back from the bureau (撤销申请); why is kept for staff. */
export const askRecall = (store: RootStore, act: Act<Registrant>, why: string): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "ask-recall",
    within: async (context, eventId) => {
      if (why !== "") await writeNote(context.store, context.filing, eventId, why);
    },
  });

/**
 * What the bureau said: version V3.0 of its interface has no call for it, so 上报 writes it down with where it is from.
 * `words` are for the registrant and stand in the notice.
 */
export type RecallAnswer = { granted: boolean; evidence: string; words: string };

/** Row 29: granted, the filing is over; refused, it goes on where it was. Throws TransitionRefused when it was decided otherwise. */
export const answerRecall = (store: RootStore, act: Act<Staff>, answer: RecallAnswer): Promise<Filing> =>
  transition(store, {
    ...act,
    action: answer.granted ? "grant-recall" : "refuse-recall",
    input: { justification: answer.evidence, words: answer.words },
    within: (context, eventId) => writeNote(context.store, context.filing, eventId, answer.evidence.trim()),
  });

/** Filings whose recall waits for the bureau's word, the longest waiting first. */
export const recallsAsked = (db: Db, { ispId }: Staff): Promise<Filing[]> => db<Filing[]>`
  select ${filingColumns(db)} from filings f
  where f.isp_id = ${ispId} and f.state = 'recall_requested' order by f.state_since, f.id limit 100`;
