import { consoleTime } from "../lib/dates.ts";
import { codeLabel } from "../vocabulary/code-tables.ts";
import type { DeskRecord, DeskView } from "./desk.ts";
import { OPERATION_WORDS } from "./operations.ts";
import { type Fault, FIXED_PASSWORD, type Settings } from "./settings.ts";
import type { Filing, QueuedFile } from "./state.ts";

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const html = (text: string | number): string => String(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

const STATES: Record<Filing["state"], [words: string, tone: string]> = {
  waiting: ["待审核", "soft"],
  rejected: ["系统校验未通过", "bad"],
  returned: ["已退回", "bad"],
  recalled: ["已撤销", "soft"],
  approved: ["已通过", "ok"],
};

const FILES: Record<QueuedFile["kind"], string> = {
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

const DECISIONS: Record<Settings["decisions"], string> = {
  approve: "自动通过",
  return: "自动退回",
  hold: "人工处理",
};

const NUMBERS: Record<Settings["numbers"], string> = {
  after: "在审核结果之后",
  before: "在审核结果之前",
  withheld: "人工发送",
};

const PASSWORDS: Record<Settings["passwords"], string> = {
  issued: "每个备案单独生成",
  fixed: `统一为 ${FIXED_PASSWORD}`,
};

const FAULT_WORDS: Record<Fault, string> = {
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

const options = (words: Record<string, string>, chosen: string): string =>
  Object.entries(words)
    .map(([value, text]) => `<option value="${value}"${value === chosen ? " selected" : ""}>${text}</option>`)
    .join("");

const select = (label: string, name: string, words: Record<string, string>, chosen: string): string =>
  `<label>${label} <select name="${name}">${options(words, chosen)}</select></label>`;

const settingsForm = (settings: Settings): string => `<form method="post" action="/">
<input type="hidden" name="action" value="set">
${select("审核方式", "decisions", DECISIONS, settings.decisions)}
<label>审核用时（秒） <input name="decisionSeconds" inputmode="numeric" size="6" value="${settings.decisionDelayMs / 1000}"></label>
${select("发送备案号", "numbers", NUMBERS, settings.numbers)}
${select("备案密码", "passwords", PASSWORDS, settings.passwords)}
${select("接口状态", "fault", FAULT_WORDS, settings.fault)}
<label>自动退回理由 <input name="returnWords" size="40" value="${html(settings.returnWords)}"></label>
<button>保存设置</button></form>`;

const button = (filing: Filing | DeskView["filings"][number], action: string, words: string): string =>
  `<form method="post" action="/"><input type="hidden" name="action" value="${action}"><input type="hidden" name="filing" value="${filing.id}"><button>${words}</button></form>`;

const returnForm = ({ id }: { id: number }): string =>
  `<form method="post" action="/"><input type="hidden" name="action" value="return"><input type="hidden" name="filing" value="${id}">
<label>退回理由 <input name="words" size="30" maxlength="500"></label><button class="bad">退回备案</button></form>`;

function actionsOf(filing: DeskView["filings"][number]): string {
  if (filing.state === "waiting")
    return button(filing, "approve", "审核通过") + button(filing, "recall", "同意撤销") + returnForm(filing);
  return filing.state === "approved" && !filing.numbered ? button(filing, "numbers", "发送备案号") : "";
}

function filingCard(filing: DeskView["filings"][number], now: Date): string {
  const [words, tone] = STATES[filing.state];
  const sites = filing.sites.map(({ name, domains }) => `${html(name)}（${html(domains.join("、"))}）`);
  return `<article><h3>${html(OPERATION_WORDS[filing.operation] ?? "")} · ${html(filing.name)} <span class="tag ${tone}">${words}</span></h3>
<p>${sites.join("；")}</p>
<p class="soft">${html(codeLabel("province", filing.province))} · 接入商 ${filing.ispId} · 第 ${filing.sequence} 号上报 · ${consoleTime(new Date(filing.receivedAt), now)}</p>
${filing.number ? `<p>${html(filing.number)}（演示）</p>` : ""}${filing.words ? `<p>${html(filing.words)}</p>` : ""}
${actionsOf(filing)}</article>`;
}

const fileRow = (file: QueuedFile, now: Date): string =>
  `<tr><td>${html(file.fileName)}</td><td>${FILES[file.kind]}</td><td>${file.ispId}</td><td>${consoleTime(new Date(file.availableAt), now)}</td><td>${file.acknowledgedAt === undefined ? "待下载" : "已回执"}</td></tr>`;

const SHOWN = 50;

const cancelButton = (of: string, bureauId: number, words: string): string =>
  `<form method="post" action="/"><input type="hidden" name="action" value="cancel"><input type="hidden" name="of" value="${of}"><input type="hidden" name="bureauId" value="${bureauId}"><button class="bad">${words}</button></form>`;

const siteLine = ({ bureauId, number, name, domains }: DeskRecord["websites"][number]): string =>
  `<p>${html(number)}　${html(name)}（${html(domains.join("、"))}）</p>${cancelButton("website", bureauId, "注销网站")}`;

function recordCard(record: DeskRecord): string {
  const providers = new Set(record.websites.flatMap(({ accesses }) => accesses.map(({ ispId }) => ispId)));
  const head = `<article><h3>${html(record.number)}（演示） ${html(record.name)}${record.cancelled ? ' <span class="tag bad">已注销</span>' : ""}</h3>`;
  if (record.cancelled) return `${head}</article>`;
  return `${head}<p>备案密码 ${html(record.password)}</p>
<p class="soft">${html(codeLabel("province", record.province))} · 接入商 ${[...providers].join("、")}</p>
${record.websites.map(siteLine).join("")}${cancelButton("subject", record.bureauId, "注销主体")}</article>`;
}

const listed = <T>(all: readonly T[], none: string, shown: (one: T) => string): string =>
  all.length === 0 ? `<p>${none}</p>` : all.slice(0, SHOWN).map(shown).join("");

/** The desk for people: what came, buttons to decide, the modes. Plain HTML without script. */
export function deskPage(
  { settings, accounts, filings, records, files }: DeskView,
  problem?: string,
): string {
  const now = new Date();
  const counted = accounts.map(({ ispId, lastSequence }) => `接入商 ${ispId} 已上报至第 ${lastSequence} 号`);
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>管局模拟器（演示）</title><link rel="stylesheet" href="/desk.css"></head><body><main>
<h1>管局模拟器（演示）</h1>
<p class="soft">这里模拟省通信管理局的系统。所有结果和备案号仅供演示，没有效力。</p>
${problem ? `<p class="problem" role="alert">${html(problem)}</p>` : ""}
<h2>设置</h2>${settingsForm(settings)}<p class="soft">${html(counted.join("；"))}</p>
<h2>收到的备案</h2>${listed(filings, "还没有收到备案。", (one) => filingCard(one, now))}
<h2>备案信息</h2>${listed(records, "还没有备案信息。", recordCard)}
<h2>待下载的文件</h2>${
    files.length === 0
      ? "<p>没有文件。</p>"
      : `<table><thead><tr><th>文件名</th><th>内容</th><th>接入商</th><th>可下载时间</th><th>状态</th></tr></thead><tbody>${files
          .slice(0, SHOWN)
          .map((file) => fileRow(file, now))
          .join("")}</tbody></table>`
  }
</main></body></html>`;
}
