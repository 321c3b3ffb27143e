import type { AnswerState } from "./answer-rows.ts";
import type { BureauResult, Outcome } from "./results.ts";
import { stopWords } from "./stop-words.ts";

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

const calls: Record<string, string> = {
  not_connected: "连不上管局，请核对地址和网络",
  no_description: "管局的地址上没有接口，请核对这一行管局的地址",
  time_ran_out: "管局没有在限定时间内答复，系统会继续试",
  connection_lost: "与管局的连接中断，系统会继续试",
  http_status: "管局的接口报错，系统会继续试；一直这样请联系管局",
  answer_too_large: "管局的答复超过限定的大小，请联系管局",
  answer_unreadable: "管局的答复读不懂，系统会继续试；一直这样请联系管局",
  too_many_unreadable: "读不出来的下载文件太多，请先处理它们",
  not_acknowledged: "管局不认我们对文件的确认，请联系管局",
};

/** Why nothing could be fetched, for staff: a file, a call, or what the bureau answered. */
export function downloadWords(problem: string): string {
  const [, code] = /^code_(\d+)$/.exec(problem) ?? [];
  return code ? stopWords(code) : (calls[problem] ?? problemWords(problem));
}
