import type { Fault, Settings } from "./settings.ts";
import { FIXED_PASSWORD } from "./settings.ts";
import type { FileKind, Filing } from "./state.ts";

/** Words of the desk, with the tone in which a state is shown. */
export const STATES: Record<Filing["state"], [words: string, tone: string]> = {
  waiting: ["待审核", "soft"],
  rejected: ["系统校验未通过", "bad"],
  returned: ["已退回", "bad"],
  recalled: ["已撤销", "soft"],
  approved: ["已通过", "ok"],
};

/** What a file holds. */
export const FILES: Record<FileKind, string> = {
  result: "审核结果",
  numbers: "备案号",
  news: "入库通知",
  cancelled: "注销通知",
  inquiry: "核实任务",
  inspection: "核查结果",
  bulletin: "通知",
  blacklist: "黑名单",
  illegal: "非法接入",
  unfiled: "未备案网站",
  codes: "基础代码",
  copy: "数据同步",
};

/** Settings, in words. */
export const DECISIONS: Record<Settings["decisions"], string> = {
  approve: "自动通过",
  return: "自动退回",
  hold: "人工处理",
};

/** When numbers are sent. */
export const NUMBERS: Record<Settings["numbers"], string> = {
  after: "在审核结果之后",
  before: "在审核结果之前",
  withheld: "人工发送",
};

/** 备案密码. */
export const PASSWORDS: Record<Settings["passwords"], string> = {
  issued: "每个备案单独生成",
  fixed: `统一为 ${FIXED_PASSWORD}`,
};

/** Faults. */
export const FAULT_WORDS: Record<Fault, string> = {
  none: "正常",
  down: "停机（503）",
  busy: "待处理文件已达上限（15）",
  hours: "不在报备时间（20）",
  wrong_password: "密码错误（5）",
  maintenance: "系统维护（901、902）",
  garbage: "返回内容无法识别",
  garbage_http: "返回网页",
  drop_before: "处理前断开连接",
  timeout_after_accept: "接收后断开连接",
  hang_after_accept: "接收后不再答复",
  closed: "报备权限未开放（19）",
  other: "其他错误（999）",
  slow: "逐字节答复",
  endless: "答复没有结尾",
  xml_bomb: "返回内容含实体炸弹",
  xml_bomb_soap: "SOAP 报文含实体炸弹",
  external_entity: "返回内容含外部实体",
  wrong_hash: "下载文件哈希值不符",
  wrong_padding: "下载文件填充错误",
  truncated: "下载文件不完整",
  garbage_file: "下载文件无法识别",
  huge: "下载文件超过 50 MB",
  lying: "下载文件谎报大小",
  xml_bomb_file: "下载文件含实体炸弹",
  external_entity_file: "下载文件含外部实体",
  answer_twice: "同一结果下发两次",
  reordered: "下载顺序颠倒",
};
