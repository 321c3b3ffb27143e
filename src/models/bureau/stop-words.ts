import { codeLabel, codeRow } from "../../vocabulary/code-tables.ts";
import type { Bureau } from "./rows.ts";

/** What a code means for whoever has to see to it; elsewhere the words of the bureau's own table do. */
const own: Record<string, string> = {
  4: "用户名错误，请核对本接入商在管局的账号",
  5: "密码错误，请核对本接入商在管局的账号，多次输错可能被锁",
  13: "管局说本接入商不属于该省：备案只能报给发放许可的管局或其分公司所在省的管局，请核对这一行管局的省份、地址和账号",
  1045: "管局说本接入商不属于该省：备案只能报给发放许可的管局或其分公司所在省的管局，请核对这一行管局的省份、地址和账号",
  sequence: "管局的序号和本系统的对不上，请先查明原因，再恢复上报",
  gap: "管局缺少以前的报文，本系统不能补报，请联系管局",
  key: "密钥或密钥偏移量的长度不对，请核对这一行管局的密钥",
};

/** Why a bureau stands still, in words: a msg_code, a result code, or a word of ours. */
export const stopWords = (reason: string): string =>
  own[reason] ??
  (["msg_code", "result_code"].find((table) => codeRow(table, reason)) === undefined
    ? `代码${reason}`
    : codeLabel(codeRow("msg_code", reason) ? "msg_code" : "result_code", reason));

/** Words of ours for a code, where the bureau's own say too little. */
export const ownWords = (code: number | string): string | undefined => own[code];

/** Names a stop, so that whoever tells of it first is the only one. */
export const stopCause = ({ id, stoppedAt }: Pick<Bureau, "id" | "stoppedAt">): string =>
  `stuck:${id}:stopped:${stoppedAt?.toISOString() ?? ""}`;
