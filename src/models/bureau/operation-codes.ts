import type { Operation } from "../../gateways/bureau/operations.ts";
import type { Scope } from "../../vocabulary/filing.ts";

/** 单独提交核验材料 goes beside the upload of a filing and decides nothing about it. */
export const SUPPLEMENT = 35;

/** Answers to tasks of the bureau (核实结果, 未备案网站处理结果) have no code: nothing comes back about them alone. */
export const ANSWER = 0;

/** 备案操作类型 (Czlx) of the cancellations, by what is cancelled (企业系统接口规范 V3.0, 4-2-1-6). */
export const cancellationCodes: Record<Scope, number> = { access: 5, subject: 6, website: 7 };

const codes: Record<Exclude<Operation["kind"], "cancel">, number> = {
  first: 1,
  add: 2,
  join: 3,
  change: 4,
  supplement: SUPPLEMENT,
  "inquiry-answer": ANSWER,
  "unfiled-site-answer": ANSWER,
};

/** Czlx of an operation. */
export const operationCode = (operation: Operation): number =>
  operation.kind === "cancel" ? cancellationCodes[operation.of] : codes[operation.kind];
