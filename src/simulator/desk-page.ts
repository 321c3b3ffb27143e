import { consoleTime } from "../lib/dates.ts";
import { codeLabel } from "../vocabulary/code-tables.ts";
import type { DeskRecord, DeskView } from "./desk.ts";
import { button, form, html, sendingForms, settingsForm } from "./desk-forms.ts";
import { FAULT_WORDS, FILES, STATES } from "./desk-words.ts";
import { OPERATION_WORDS } from "./operations.ts";
import type { QueuedFile, TaskAnswer } from "./state.ts";

type Shown = DeskView["filings"][number];

const returnForm = ({ id: filing }: Shown): string =>
  form(
    { action: "return", filing },
    '<label>退回理由 <input name="words" size="30" maxlength="500"></label><button class="bad">退回备案</button>',
  );

function actionsOf(filing: Shown): string {
  const { id } = filing;
  if (filing.state === "waiting")
    return (
      button({ action: "approve", filing: id }, "审核通过") +
      button({ action: "recall", filing: id }, "同意撤销") +
      returnForm(filing)
    );
  const withheld = filing.state === "approved" && !filing.numbered && filing.number !== undefined;
  return withheld ? button({ action: "numbers", filing: id }, "发送备案号") : "";
}

const answerLine = (answer: TaskAnswer): string =>
  answer.kind === "inquiry"
    ? `核实结果：${answer.correct ? "信息属实" : "信息有误"}，意见代码 ${answer.opinion} ${answer.faults}`
    : `未备案网站 ${answer.domain}：处理结果代码 ${answer.result}，${answer.opinion}`;

function filingCard(filing: Shown, now: Date): string {
  const [words, tone] = STATES[filing.state];
  const sites = filing.sites.map(({ name, domains }) => `${html(name)}（${html(domains.join("、"))}）`);
  return `<article><h3>${html(OPERATION_WORDS[filing.operation] ?? "")} · ${html(filing.name)} <span class="tag ${tone}">${words}</span></h3>
${sites.length > 0 ? `<p>${sites.join("；")}</p>` : ""}${filing.answer ? `<p>${html(answerLine(filing.answer))}</p>` : ""}
<p class="soft">${html(codeLabel("province", filing.province))} · 接入商 ${filing.ispId} · 第 ${filing.sequence} 号上报 · ${consoleTime(new Date(filing.receivedAt), now)}</p>
${filing.number ? `<p>${html(filing.number)}（演示）</p>` : ""}${filing.words ? `<p>${html(filing.words)}</p>` : ""}
${actionsOf(filing)}</article>`;
}

const fileRow = (file: QueuedFile, now: Date): string =>
  `<tr><td>${html(file.fileName)}</td><td>${FILES[file.kind]}</td><td>${file.ispId}</td><td>${consoleTime(new Date(file.availableAt), now)}</td><td>${file.acknowledgedAt === undefined ? "待下载" : "已确认"}</td></tr>`;

const SHOWN = 50;

const cancelButton = (of: string, bureauId: number, words: string): string =>
  button({ action: "cancel", of, bureauId }, words, "bad");

const siteLine = ({ bureauId, number, name, domains }: DeskRecord["websites"][number]): string =>
  `<p>${html(number)}　${html(name)}（${html(domains.join("、"))}）<span class="soft"> ID ${bureauId}</span></p>${cancelButton("website", bureauId, "注销网站")}`;

function recordCard(record: DeskRecord): string {
  const providers = new Set(record.websites.flatMap(({ accesses }) => accesses.map(({ ispId }) => ispId)));
  const head = `<article><h3>${html(record.number)}（演示） ${html(record.name)}${record.cancelled ? ' <span class="tag bad">已注销</span>' : ""}</h3>`;
  if (record.cancelled) return `${head}</article>`;
  return `${head}<p>备案密码 ${html(record.password)}</p>
<p class="soft">${html(codeLabel("province", record.province))} · 接入商 ${[...providers].join("、")} · ID ${record.bureauId}</p>
${record.websites.map(siteLine).join("")}${cancelButton("subject", record.bureauId, "注销主体")}</article>`;
}

const listed = <T>(all: readonly T[], none: string, shown: (one: T) => string): string =>
  all.length === 0 ? `<p>${none}</p>` : all.slice(0, SHOWN).map(shown).join("");

const fileTable = (files: readonly QueuedFile[], now: Date): string =>
  files.length === 0
    ? "<p>没有文件。</p>"
    : `<table><thead><tr><th>文件名</th><th>内容</th><th>接入商</th><th>可下载时间</th><th>状态</th></tr></thead><tbody>${files
        .slice(0, SHOWN)
        .map((file) => fileRow(file, now))
        .join("")}</tbody></table>`;

/** What was told and what is to come: faults of a script, sites that nobody answered, the blacklist. */
function remarks({ settings, unfiled, blacklist, entityFetches }: DeskView): string[] {
  const open = unfiled.filter(({ answered }) => !answered).map(({ domain }) => domain);
  return [
    ...settings.script.map(({ fault, times }) => `故障剧本：${FAULT_WORDS[fault]}，${times} 次`),
    ...(open.length > 0 ? [`等待处理结果的未备案网站：${open.join("、")}`] : []),
    ...(blacklist.length > 0 ? [`黑名单：${blacklist.map(({ name }) => name).join("、")}`] : []),
    ...(entityFetches > 0 ? [`外部实体被读取 ${entityFetches} 次`] : []),
  ];
}

const accountLine = ({ ispId, lastSequence, standing }: DeskView["accounts"][number]): string =>
  `接入商 ${ispId} 已上报至第 ${lastSequence} 号${standing === "open" ? "" : "（已停用）"}`;

/** Decides everything that waits with one button. */
const allAtOnce = (waiting: number): string =>
  waiting > 1 ? button({ action: "approveAll" }, `全部审核通过（${waiting}）`) : "";

const PARTS = [
  ["filings", "收到的备案"],
  ["settings", "设置"],
  ["sendings", "下发"],
  ["files", "下载文件"],
  ["records", "备案信息"],
] as const;

const headings = Object.fromEntries(PARTS.map(([id, words]) => [id, `<h2 id="${id}">${words}</h2>`]));

/** The desk for people: what came, buttons to decide, the modes. Plain HTML without script. */
export function deskPage(view: DeskView, problem?: string): string {
  const { settings, accounts, filings, records, files } = view;
  const now = new Date();
  const lines = [accounts.map(accountLine).join("；"), ...remarks(view)];
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>管局模拟器（演示）</title><link rel="stylesheet" href="/desk.css"></head><body><main>
<h1>管局模拟器（演示）</h1>
<p class="soft">这里模拟省通信管理局的系统。所有结果和备案号仅供演示，没有效力。</p>
${problem ? `<p class="problem" role="alert">${html(problem)}</p>` : ""}
${lines.map((text) => `<p class="soft">${html(text)}</p>`).join("")}
<nav aria-label="本页">${PARTS.map(([id, words]) => `<a href="#${id}">${words}</a>`).join("　")}</nav>
${headings.filings}${allAtOnce(filings.filter(({ state }) => state === "waiting").length)}${listed(filings, "还没有收到备案。", (one) => filingCard(one, now))}
${headings.settings}${settingsForm(settings)}
<div>${button({ action: "down", seconds: 30 }, "停机 30 秒", "bad")}${button({ action: "restart" }, "重新启动", "bad")}</div>
${headings.sendings}<div class="sendings">${sendingForms(accounts.map(({ ispId }) => ispId))}</div>
${headings.files}${fileTable(files, now)}
${headings.records}${listed(records, "还没有备案信息。", recordCard)}
</main></body></html>`;
}
