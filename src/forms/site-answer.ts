import type { UnfiledSiteAnswer } from "../gateways/bureau/operations.ts";
import { isDate, isoDate } from "../lib/dates.ts";
import { type FormBody, text, texts } from "../lib/form-body.ts";
import { notInGbk } from "../lib/gbk.ts";
import { wholeNumber } from "../lib/numbers.ts";
import { length, normalise } from "../lib/text.ts";
import type { AnswerContent, SiteAction } from "../models/reported-site/answers.ts";
import type { ReportedSite } from "../models/reported-site/rows.ts";
import type { Problem } from "../view.ts";
import { cleanEmail, isEmail } from "../vocabulary/email.ts";
import { parseIpRange } from "../vocabulary/ip-address.ts";
import { siteActionWords } from "../vocabulary/site-actions.ts";

/** Fields of the answer, in the order of the form. Those of the site are left empty where its own values hold. */
export const siteAnswerFields = [
  ...["action", "result", "words", "reportedOn", "dueOn", "ip", "operator", "accessProvider", "province"],
  ...["name", "phone", "email"],
] as const;
export type SiteAnswerValues = Record<string, string>;

/** What the answer takes from the bureau's row and from former answers. */
export type AnswerGround = {
  /** Number of the provider at the bureau, and the bureau's province. */
  unit: number;
  province: string;
  /** Code that was given for each action last. */
  former: Partial<Record<SiteAction, number>>;
  today: string;
};

export type SiteAnswerForm = {
  values: SiteAnswerValues;
  action: SiteAction | undefined;
  problems: Problem[];
  /** One for each site, in their order; only without problems. */
  contents: Map<number, AnswerContent>;
};

const MOST = 255;
/** Sites that are answered in one go. */
export const MOST_SITES = 200;

/** Ids of the sites that are ticked, each once. */
export const readSites = (ticked: readonly string[]): number[] =>
  [...new Set(ticked.flatMap((one) => wholeNumber(one) ?? []))].slice(0, MOST_SITES);

/** The sites that a posted form names. */
export const postedSites = (body: FormBody): number[] => readSites(texts(body, "site"));

const typed = (body: FormBody): SiteAnswerValues =>
  Object.fromEntries(siteAnswerFields.map((key) => [key, normalise(text(body, key))]));

const isAction = (value: string | undefined): value is SiteAction =>
  value !== undefined && Object.hasOwn(siteActionWords, value);

/** What was chosen and written, the words of the action where nothing was written. */
function read(body: FormBody) {
  const values = typed(body);
  const action = isAction(values.action) ? values.action : undefined;
  const words = values.words || (action && action !== "other" ? siteActionWords[action] : "");
  const problems: Problem[] = action ? [] : [{ field: "action", text: "请选怎样处理" }];
  const foreign = notInGbk(words);
  if (words === "" && action) problems.push({ field: "words", text: "请写明怎样处理的" });
  if (length(words) > MOST)
    problems.push({ field: "words", text: `最多${MOST}个字，现在是${length(words)}个字` });
  if (foreign.length > 0)
    problems.push({ field: "words", text: `管局的系统没有这些字符，请换一种写法：${foreign.join("")}` });
  return { values, action, words, problems };
}

/** A note about 非法接入: what was done, in words. */
export function readSiteNote(body: FormBody, sites: readonly ReportedSite[]): SiteAnswerForm {
  const { values, action, words, problems } = read(body);
  return { values, action, problems, contents: new Map(sites.map(({ id }) => [id, { words }])) };
}

/** 处理结果 (WBACLJG) for each of the sites. */
export function readSiteAnswer(
  body: FormBody,
  sites: readonly ReportedSite[],
  groundOf: (site: ReportedSite) => AnswerGround,
): SiteAnswerForm {
  const { values, action, words, problems } = read(body);
  problems.push(...daysWrong(values), ...contactWrong(values));
  const contents = new Map<number, AnswerContent>();
  for (const site of sites) {
    const { operation, missing } = operationFor(site, values, action, words, groundOf(site));
    if (operation) contents.set(site.id, { words, operation });
    for (const problem of missing)
      if (!problems.some(({ field }) => field === problem.field)) problems.push(problem);
  }
  return { values, action, problems, contents };
}

const dayNames: Record<string, string> = { reportedOn: "日报时间", dueOn: "处理时限" };

const daysWrong = (values: SiteAnswerValues): Problem[] =>
  Object.keys(dayNames)
    .filter((field) => values[field] && !isDate(values[field] ?? ""))
    .map((field) => ({ field, text: `${dayNames[field]}应写成2026-11-20这样` }));

const PHONE = /^[\d-]{11,128}$/;

function contactWrong({ name = "", phone = "", email = "" }: SiteAnswerValues): Problem[] {
  const problems: Problem[] = [];
  if (length(name) > 128 || notInGbk(name).length > 0)
    problems.push({ field: "name", text: "请写管局系统能显示的姓名，最多128个字" });
  if (phone && !PHONE.test(phone))
    problems.push({ field: "phone", text: "电话只写数字和短横线，例如0571-88888888，至少11位" });
  if (email && !isEmail(cleanEmail(email)))
    problems.push({ field: "email", text: "邮箱应写成name@example.cn这样" });
  return problems;
}

/** A counting number: what was typed, where nothing was typed that of the list, else what we know. */
const unitOf = (typed = "", ...known: readonly string[]): number | undefined =>
  (typed === "" ? known : [typed])
    .map((one) => wholeNumber(one || undefined))
    .find((one) => one !== undefined && one > 0);

/** What is wrong with the address that is answered about: none was typed, or one that is none of version 4. */
const addressWrong = (typed = ""): Problem => ({
  field: "ip",
  text: typed === "" ? "管局没有给IPv4地址，请填一个" : "IP地址应是IPv4的，写成203.0.113.9这样",
});

const contactOf = ({ name, phone, email }: SiteAnswerValues) => ({
  ...(name ? { name } : {}),
  ...(phone ? { phone } : {}),
  ...(email ? { email: cleanEmail(email) } : {}),
});

function operationFor(
  site: ReportedSite,
  values: SiteAnswerValues,
  action: SiteAction | undefined,
  words: string,
  { unit, province, former, today }: AnswerGround,
): { operation?: UnfiledSiteAnswer; missing: Problem[] } {
  const result = unitOf(values.result, String((action && former[action]) ?? ""));
  const operator = unitOf(values.operator, site.operator);
  const accessProvider = unitOf(values.accessProvider, site.accessProvider, site.inside ? String(unit) : "");
  const ofProvince = unitOf(values.province, site.province, province);
  const ip = parseIpRange(values.ip || site.ip || "");
  const missing = [
    ...(result === undefined || result > 999
      ? [{ field: "result", text: "请填管局代码表“未备案网站处理”里的代码，1到999" }]
      : []),
    ...(operator === undefined ? [{ field: "operator", text: "请填运营商在管局的单位编号，是数字" }] : []),
    ...(accessProvider === undefined
      ? [{ field: "accessProvider", text: "请填接入商在管局的单位编号，是数字" }]
      : []),
    ...(ofProvince === undefined ? [{ field: "province", text: "省的代码是数字，例如330000" }] : []),
    ...(ip.ok && ip.version === 4 ? [] : [addressWrong(values.ip)]),
  ];
  if (missing.length > 0 || !ip.ok || !result || !operator || !accessProvider || !ofProvince)
    return { missing };
  const contact = contactOf(values);
  const operation: UnfiledSiteAnswer = {
    ...{ kind: "unfiled-site-answer", domain: site.domain, ip: ip.first, result, opinion: words },
    ...{ operator: String(operator), accessProvider: String(accessProvider) },
    province: ofProvince,
    reportedOn: values.reportedOn || isoDate(site.checkedAt),
    dueOn: values.dueOn || today,
    ...(Object.keys(contact).length > 0 ? { contact } : {}),
  };
  return { operation, missing };
}
