import { operationCodes } from "../gateways/bureau/index.ts";
import type { Examination, Examiner } from "./examination.ts";
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

/** Looks at one operation as the bureau's machine does. */
export const examine = (bureau: Bureau, { tree, operation }: Entry): Examination =>
  (EXAMINERS[operation] ?? examineCancellation)(bureau, tree);
