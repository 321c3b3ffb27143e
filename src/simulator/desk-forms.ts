import { DECISIONS, FAULT_WORDS, NUMBERS, PASSWORDS } from "./desk-words.ts";
import { BASE_TABLES } from "./sent/codes.ts";
import type { Settings } from "./settings.ts";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text as it may stand in a page. */
export const html = (text: string | number): string =>
  String(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

const options = (words: Record<string, string>, chosen: string): string =>
  Object.entries(words)
    .map(([value, text]) => `<option value="${value}"${value === chosen ? " selected" : ""}>${text}</option>`)
    .join("");

const select = (label: string, name: string, words: Record<string, string>, chosen = ""): string =>
  `<label>${label} <select name="${name}">${options(words, chosen)}</select></label>`;

const input = (label: string, name: string, more = ""): string =>
  `<label>${label} <input name="${name}" ${more}></label>`;

/** A form with hidden fields; all of them go to the desk itself. */
export const form = (hidden: Record<string, string | number>, inside: string): string =>
  `<form method="post" action="/">${Object.entries(hidden)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${html(value)}">`)
    .join("")}${inside}</form>`;

/** A button alone. */
export const button = (hidden: Record<string, string | number>, words: string, tone = ""): string =>
  form(hidden, `<button${tone && ` class="${tone}"`}>${words}</button>`);

/** The modes of the bureau. */
export const settingsForm = (settings: Settings): string =>
  form(
    { action: "set" },
    `${select("审核方式", "decisions", DECISIONS, settings.decisions)}
${input("审核用时（秒）", "decisionSeconds", `inputmode="numeric" size="6" value="${settings.decisionDelayMs / 1000}"`)}
${select("发送备案号", "numbers", NUMBERS, settings.numbers)}
${select("备案密码", "passwords", PASSWORDS, settings.passwords)}
${select("接口状态", "fault", FAULT_WORDS, settings.fault)}
${input("报备时间，从", "hoursFrom", `type="time" value="${settings.hours?.from ?? ""}"`)}
${input("到", "hoursUntil", `type="time" value="${settings.hours?.until ?? ""}"`)}
${input("自动退回理由", "returnWords", `size="40" value="${html(settings.returnWords)}"`)}
<button>保存设置</button>`,
  );

const INSPECTED = { subject: "主体信息", access: "接入信息", website: "空壳网站", liveness: "网站存活" };
const CHANGED = { add: "增加", change: "修改", delete: "删除" };
const COPIED = { records: "备案信息", codes: "基础代码" };
const TABLES = { "": "全部", ...Object.fromEntries(BASE_TABLES.map(({ name }) => [name, name])) };

const ANY_ID = 'inputmode="numeric" size="9" placeholder="最新一条"';
const DOMAIN = 'required size="18" placeholder="example.cn"';
const IP = 'required size="14" placeholder="203.0.113.9"';

/** Everything that the bureau can send by itself, one form each. */
const SENDINGS: [title: string, action: string, fields: string][] = [
  ["核实任务", "inquire", input("主体 ID", "bureauId", ANY_ID)],
  [
    "核查结果",
    "inspect",
    select("核查", "of", INSPECTED) +
      input("记录 ID", "bureauId", ANY_ID) +
      input("原因", "reason", 'size="24"'),
  ],
  [
    "通知",
    "bulletin",
    input("内容", "words", 'required size="32" maxlength="255"') +
      input("主体或网站 ID", "bureauId", 'inputmode="numeric" size="9" placeholder="可不填"'),
  ],
  [
    "黑名单",
    "blacklist",
    select("操作", "change", CHANGED) +
      input("名称", "name", 'required size="18"') +
      input("主办者证件号码", "certNumber", 'size="20"') +
      input("或网站域名", "domains", 'size="18"'),
  ],
  ["非法接入", "illegal", input("域名", "domain", DOMAIN) + input("IP 地址", "ip", IP)],
  ["未备案网站", "unfiled", input("域名", "domain", DOMAIN) + input("IP 地址", "ip", IP)],
  ["基础代码", "codes", select("代码表", "tables", TABLES)],
  [
    "数据同步",
    "copy",
    select("内容", "of", COPIED) + input("每个文件", "perFile", 'inputmode="numeric" size="5" value="100"'),
  ],
];

/** The forms, each in a line that opens; `ispIds` can be told. */
export function sendingForms(ispIds: readonly number[]): string {
  const to = { "": "有关的接入商", ...Object.fromEntries(ispIds.map((one) => [String(one), String(one)])) };
  return SENDINGS.map(
    ([title, action, fields]) =>
      `<details><summary>${title}</summary>${form({ action }, `${fields}${select("发给", "ispId", to)}<button>下发${title}</button>`)}</details>`,
  ).join("");
}
