import {
  type AnswerToSend,
  answersToSend,
  bureausWithSiteAnswers,
  claimAnswer,
  operationOf,
  putSiteBack,
  putSiteBackAlone,
  settleSite,
} from "../reported-site/send.ts";
import { ANSWER } from "./operation-codes.ts";
import type { Sender, Waiting } from "./senders.ts";

const waitingAnswer = (answer: AnswerToSend): Waiting => ({
  id: answer.id,
  label: `answer to unfiled site ${answer.siteId}`,
  content: async (parts) => ({
    operation: operationOf(parts, answer),
    labels: { operation: ANSWER, about: [], subject: null },
  }),
  claim: async ({ db }) => ((await claimAnswer(db, answer)) ? { unfiledSiteId: answer.siteId } : undefined),
  unsendable: (root, problem) =>
    putSiteBackAlone(root, { siteId: answer.siteId, problem, cause: `unsendable:${answer.id}` }),
});

/** What the bureau says of a file that it took in. Below these are answers of the method, which say nothing of the data. */
const FIRST_RESULT_CODE = 1000;

/** 未备案网站处理结果 (WBACLJG): the answer to an entry of 未备案网站. */
export const unfiledSiteSender: Sender = {
  kind: "unfiled-site",
  waiting: async ({ db }, bureau, options) =>
    (await answersToSend(db, bureau.id, options)).map(waitingAnswer),
  bureaus: bureausWithSiteAnswers,
  accepted: async ({ db }, { unfiledSiteId }) => {
    if (unfiledSiteId !== null) await settleSite(db, unfiledSiteId);
  },
  failed: async (store, { id, state, unfiledSiteId }, { code, message }, cause) => {
    await store.db`
      update bureau_requests set state = 'failed' where id = ${id} and state in ('open', 'settled')`;
    // The line or the account was at fault: the answer goes again when the queue does.
    if (typeof code === "string" || code < FIRST_RESULT_CODE || unfiledSiteId === null) return;
    const problem = `${code} ${message}`.trim();
    await putSiteBack(store, { siteId: unfiledSiteId, problem, cause }, state === "settled");
  },
};
