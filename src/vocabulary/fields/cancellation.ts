import { define } from "./define.ts";
import type { Field } from "./types.ts";

/** Why a subject, a website or an access is taken off the record (注销备案). */
export const cancellationFields: readonly Field[] = define("cancellation", "cancellation", [
  {
    key: "reason",
    label: "注销原因",
    kind: "select",
    codeTable: "cancel_reason",
    width: "m",
    bureau: "Zxly",
    returnReasons: ["incomplete"],
  },
  {
    key: "explanation",
    label: "注销说明",
    hint: "网站以后怎么办，例如停办、转给别的单位、换到别的接入商。",
    kind: "area",
    sensitivity: "private",
    bureau: "Zxlybz",
    maxLength: 1000,
    returnReasons: ["incomplete"],
  },
  {
    key: "phoneLost",
    label: "备案时的手机号码已经不能接收短信",
    summaryLabel: "备案手机已停用",
    hint: "选了这一项，请在核验材料里上传证件和签字盖章的注销声明，由管局人工核对。",
    kind: "toggle",
    words: ["已停用", "能接收短信"],
    required: false,
    returnReasons: [],
  },
]);
