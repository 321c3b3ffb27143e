import { operationCodes } from "../gateways/bureau/index.ts";
import type { Examination, Examiner } from "./examination.ts";
import { examineInquiryAnswer, examineUnfiledAnswer } from "./examine-answer.ts";
import { examineCancellation } from "./examine-cancellation.ts";
import { examineAdd, examineFirst } from "./examine-filing.ts";
import { examineChange, examineJoin } from "./examine-record.ts";
import { examineSupplement } from "./examine-supplement.ts";
import type { Entry } from "./operations.ts";
import type { Bureau } from "./permits.ts";

const { first, add, join, change, supplement } = operationCodes;

const EXAMINERS: Record<number, Examiner> = {
  [first]: examineFirst,
  [add]: examineAdd,
  [join]: examineJoin,
  [change]: examineChange,
  [supplement]: examineSupplement,
};

/** What answers a task has no operation code. */
const ANSWERS: Record<string, Examiner> = { HSJG: examineInquiryAnswer, WBACLJG: examineUnfiledAnswer };

/** Looks at one operation as the bureau's machine does. */
export const examine = (bureau: Bureau, { element, tree, operation }: Entry): Examination =>
  (ANSWERS[element] ?? EXAMINERS[operation] ?? examineCancellation)(bureau, tree);
