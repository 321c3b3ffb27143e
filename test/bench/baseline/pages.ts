import { codeTable } from "../../../src/vocabulary/code-tables.ts";
import { provinceShortName, provinces } from "../../../src/vocabulary/divisions.ts";

/** A row of a list as the hand-written server reads it. */
export type Line = {
  number: string;
  state: string;
  round: number;
  nature: number;
  province: string | null;
  dueAt: Date | null;
  stateSince: Date;
  subjectName: string | null;
  siteName: string | null;
  domain: string | null;
  errors: number;
  warnings: number;
  holder: string | null;
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const shortNames = new Map(provinces.map(({ code }) => [code, provinceShortName(code)]));
const natures = new Map(codeTable("unit_nature").rows.map(({ code, zh }) => [code, zh]));

/** Hours until the due time, or since it waits. */
const clock = ({ dueAt, stateSince }: Line): string =>
  dueAt
    ? `剩${Math.round((dueAt.getTime() - Date.now()) / 3_600_000)}小时`
    : `已${Math.round((Date.now() - stateSince.getTime()) / 3_600_000)}小时`;

const cells = (line: Line): string[] => [
  `<div class="sla"><span class="n">${clock(line)}</span></div>`,
  `<a data-open href="/filings/${line.number}?queue=bureau">${escaped(line.siteName ?? line.number)}</a> <span class="dim n">${escaped(line.domain ?? "")}</span>`,
  escaped(line.subjectName ?? "个人"),
  "首次备案",
  natures.get(String(line.nature)) ?? "",
  shortNames.get(line.province ?? "") ?? "",
  line.errors
    ? `<span class="bad n">${line.errors}处要改</span>`
    : line.warnings
      ? `<span class="warn n">${line.warnings}提示</span>`
      : '<span class="dim">无</span>',
  line.round > 1 ? `第${line.round}次` : '<span class="dim">首次</span>',
  line.holder ? escaped(line.holder) : '<span class="dim">未领取</span>',
];

export const queueLine = (line: Line): string =>
  `<tr data-row>${cells(line)
    .map((cell) => `<td>${cell}</td>`)
    .join("")}</tr>\n`;

const track = `<ol class="track mini" aria-hidden="true">${'<li class="done"></li>'.repeat(7)}</ol>`;

export const filingLine = (line: Line): string =>
  `<li><div><h3><a href="/filings/${line.number}">${escaped(line.siteName ?? line.number)}</a></h3>
<p class="small dim"><span class="n wide">${escaped(line.domain ?? "")}</span>，首次备案，<span class="n">${line.number}</span></p></div>
<div>${track}<p class="small">第6步，共7步 <span class="tag">${line.state}</span></p><p class="small dim">${clock(line)}</p></div></li>\n`;

const options = (entries: Iterable<[string, string]>): string =>
  [...entries].map(([code, text]) => `<option value="${code}">${text}</option>`).join("");

const side = [
  "我领取的",
  "新留言",
  "信息初审",
  "退回后重审",
  "信息核验",
  "待提交管局",
  "管局退回",
  "幕布申请",
]
  .map((text) => `<li><a href="/console/queue">${text}<span class="n">0</span></a></li>`)
  .join("");

/** What stands on every page, joined once when the server starts. */
const frame = `</title><link rel="stylesheet" href="/app.css"><script src="/htmx.js" defer></script></head>
<body class="con"><a class="skip" href="#main">跳到正文</a><header class="bartop"><a class="brand" href="/">备案审核台</a>
<form role="search" method="post" action="/search"><label class="vh" for="q">搜索</label><input class="in" type="search" id="q" name="q"></form>
<nav><a href="/">首页</a><a href="/filings">备案进度</a><a href="/records">备案信息</a><a href="/help">帮助</a></nav><b>`;

const filters = `<nav class="side"><ul>${side}</ul></nav><form class="filters" action="/queue"><select name="province">${options(shortNames)}</select>
<select name="nature">${options(natures)}</select><button class="btn two">筛选</button></form>`;

export const page = (name: string, title: string, body: string): string =>
  `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}${frame}${escaped(name)}</b></header><main id="main"><h1>${title}</h1>${body}</main></body></html>`;

/** The console's table with its side bar and filters. */
export const table = (name: string, title: string, lines: string): string =>
  page(name, title, `${filters}<table class="grid"><tbody>${lines}</tbody></table>`);
