import { type InquiryRow, recordAsked, replyOf } from "../inquiry/rows.ts";
import { withScans } from "../inquiry/scans.ts";
import {
  bureausWithAnswers,
  claimAnswer,
  inquiriesToSend,
  putBack,
  putBackAlone,
  settleInquiry,
} from "../inquiry/send.ts";
import { ANSWER } from "./operation-codes.ts";
import type { Bureau } from "./rows.ts";
import type { Content, Sender, SenderParts, Waiting } from "./senders.ts";

async function contentOf(parts: SenderParts, bureau: Bureau, row: InquiryRow): Promise<Content> {
  const reply = replyOf(parts, row);
  if (!reply || "byHand" in reply) throw new Error("an inquiry that waits to be sent without an answer");
  const { correct, checkedBy, checkedOn, opinion, faults, subject, websites } = reply;
  return {
    operation: {
      ...{ kind: "inquiry-answer", correct, checkedBy, checkedOn, opinion, subject },
      unit: bureau.bureauIspId,
      ...(faults === "" ? {} : { faults }),
      websites: await withScans(parts, row.ispId, recordAsked(parts, row), websites),
    },
    labels: { operation: ANSWER, about: [], subject: null },
  };
}

const waitingAnswer = (bureau: Bureau, row: InquiryRow): Waiting => ({
  id: row.id,
  label: `answer to inquiry ${row.id}`,
  content: (parts) => contentOf(parts, bureau, row),
  claim: async ({ db }) => ((await claimAnswer(db, row)) ? { inquiryId: row.id } : undefined),
  unsendable: (root, problem) =>
    putBackAlone(root, { id: row.id, problem, cause: row.requestId ?? String(row.answeredAt) }),
});

/** What the bureau says of a file that it took in. Below these are answers of the method, which say nothing of the data. */
const FIRST_RESULT_CODE = 1000;

/** 核实结果 (HSJG): the answer to a 核实任务. */
export const inquirySender: Sender = {
  kind: "inquiry",
  waiting: async ({ db }, bureau, options) =>
    (await inquiriesToSend(db, bureau.id, options)).map((row) => waitingAnswer(bureau, row)),
  bureaus: bureausWithAnswers,
  accepted: ({ db }, { inquiryId, packageId }) => settleInquiry(db, inquiryId, packageId),
  failed: async (store, { id, inquiryId }, { code, message }, cause) => {
    await store.db`
      update bureau_requests set state = 'failed' where id = ${id} and state in ('open', 'settled')`;
    // The line or the account was at fault: the answer goes again when the queue does.
    if (typeof code === "string" || code < FIRST_RESULT_CODE || inquiryId === null) return;
    await putBack(store, { id: inquiryId, problem: `${code} ${message}`.trim(), cause });
  },
};
