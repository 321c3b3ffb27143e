import type { Operation } from "../../gateways/bureau/operations.ts";
import type { Scope } from "../../vocabulary/filing.ts";

/** 单独提交核验材料 goes beside the upload of a filing and decides nothing about it. */
export const SUPPLEMENT = 35;

/** 备案操作类型 (Czlx) of the cancellations, by what is cancelled (企业系统接口规范 V3.0, 4-2-1-6). */
export const cancellationCodes: Record<Scope, number> = { access: 5, subject: 6, website: 7 };

const codes: Record<Exclude<Operation["kind"], "cancel">, number> = {
  first: 1,
  add: 2,
  join: 3,
  change: 4,
  supplement: SUPPLEMENT,
};

/** Czlx of an operation. */
export const operationCode = (operation: Operation): number =>
  operation.kind === "cancel" ? cancellationCodes[operation.of] : codes[operation.kind];
