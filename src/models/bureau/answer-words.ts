import type { AnswerState } from "./answer-rows.ts";
import type { BureauResult, Outcome } from "./results.ts";

type Tone = "ok" | "warn" | "bad" | "info" | "";

/** What each kind of result is called on the console, with the tone of its tag. */
export const kindWords: Record<BureauResult["kind"], readonly [words: string, tone: Tone]> = {
  approved: ["审核通过", "ok"],
  refused: ["退回", "bad"],
  news: ["提示", ""],
  file_rejected: ["报文退回", "bad"],
  numbers: ["备案号", "ok"],
  cancelled: ["管局注销", "bad"],
  inquiry: ["核实任务", "warn"],
  inspection: ["核查结果", "warn"],
  bulletin: ["管局通知", "info"],
  blacklist: ["黑名单", "bad"],
  illegal_access: ["非法接入", "bad"],
  unfiled_site: ["未备案网站", "warn"],
  codes: ["基础代码", "info"],
  copy: ["数据同步", "info"],
  other: ["其他", ""],
};

export const outcomeWords: Record<Outcome, readonly [words: string, tone: Tone]> = {
  applied: ["已办", "ok"],
  repeated: ["重复", ""],
  parked: ["待人工处理", "warn"],
};

export const stateWords: Record<AnswerState, readonly [words: string, tone: Tone]> = {
  stored: ["已收到，还没有读取", "info"],
  unreadable: ["读不出来", "bad"],
  applied: ["已处理，等待确认", "info"],
  acknowledged: ["已确认", "ok"],
};

const problems: Record<string, string> = {
  file_base64: "内容不是有效的base64文字",
  file_algorithm: "用了本系统不认识的加密、校验或压缩方式",
  file_key: "本系统里的密钥或偏移量长度不对",
  file_decryption: "解密失败，请核对管局给的密钥和偏移量",
  file_hash: "校验值对不上，文件可能在管局或传输中损坏，也可能是密钥不对",
  file_zip: "压缩包损坏",
  file_file_count: "压缩包里的文件不是一个",
  file_too_large: "解开后超过接口规定的50 MB",
  file_encoding: "文字不是接口规定的GBK编码",
  file_xml: "内容不是规范的XML，或含有接口不允许的内容",
};

/** Why an answer cannot be read, for staff. */
export const problemWords = (code: string): string => problems[code] ?? `原因代码${code}`;
