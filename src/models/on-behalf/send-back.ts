import type { Registrant } from "../actor.ts";
import type { Filing } from "../filing/rows.ts";
import { transition } from "../filing/transition.ts";
import { insertMessage } from "../message/message.ts";
import type { RootStore } from "../store.ts";

/** The registrant gives a draft back to the staff who wrote it; what is to be changed stands among the messages. */
export const sendBackDraft = (
  store: RootStore,
  act: { filingId: number; actor: Registrant; requestId: string },
  words: string,
): Promise<Filing> =>
  transition(store, {
    ...act,
    action: "send-back-draft",
    within: (context) => insertMessage(context, words),
  });
