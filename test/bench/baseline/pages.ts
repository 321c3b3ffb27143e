/** A row of a list as the hand-written server reads it. */
export type Line = {
  number: string;
  kind: string;
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

/** Hours until the due time, or since it waits. */
const clock = ({ dueAt, stateSince }: Line): string =>
  dueAt
    ? `剩${Math.round((dueAt.getTime() - Date.now()) / 3_600_000)}小时`
    : `已${Math.round((Date.now() - stateSince.getTime()) / 3_600_000)}小时`;

const cells = (line: Line): string[] => [
  clock(line),
  `<a href="/filings/${line.number}">${escaped(line.siteName ?? line.number)}</a> <span class="dim n">${escaped(line.domain ?? "")}</span>`,
  escaped(line.subjectName ?? "个人"),
  escaped(line.kind),
  String(line.nature),
  line.province ?? "",
  `${line.errors} ${line.warnings}`,
  String(line.round),
  escaped(line.holder ?? "未领取"),
];

export const queueLine = (line: Line): string =>
  `<tr>${cells(line)
    .map((cell) => `<td>${cell}</td>`)
    .join("")}</tr>\n`;

export const filingLine = (line: Line): string =>
  `<li><div><h3><a href="/filings/${line.number}">${escaped(line.siteName ?? line.number)}</a></h3>
<p class="small dim">${escaped(line.domain ?? "")}，${escaped(line.kind)}，${line.number}</p></div>
<p class="small">${line.state}</p><p class="small dim">${clock(line)}</p></li>\n`;

export const page = (name: string, lines: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>备案</title><link rel="stylesheet" href="/app.css"></head>
<body><header><nav><a href="/">首页</a><a href="/filings">备案进度</a></nav><b>${escaped(name)}</b></header>
<main><h1>备案单</h1><table><tbody>${lines}</tbody></table></main></body></html>`;
