/**
 * Views: Eta templates under `views/`, set up once.
 *
 * A page is `views/<area>/<noun>/page.eta`; its first line names its layout and says what the frame needs:
 *
 *   <% layout("/layouts/portal", { title: "登录", current: "filings", crumbs: [{ href: "/", text: "首页" }, { text: "登录" }] }) %>
 *   <% layout("/layouts/console", { title: "信息初审", current: "initial_review" }) %>     `current` is the `id` of a queue
 *
 * The title is shown as `登录 - 示例云网站备案`; where the page's data has `problems: { field, text }[]` it begins with
 * their count (有3处要改：). In every template stand, beside `it` (the page's data):
 *
 * - `part("components/field", { … })`: a partial, always named from `views/`. It gets exactly the keys it is given (Eta's own
 *   `include` merges the page's data, so that a forgotten key shows the page's value: do not use it). Print with `<%~ … %>`.
 * - `csrf`: the hidden input that every POST form must have: `<form method="post" …><%~ csrf %>`.
 * - `page`: what the request is (`PageContext` below): `page.actor`, `page.isp`, `page.demo`, `page.now`, `page.path` …
 * - `h`: helpers (below): dates, masking, labels.
 *
 * Components (the keys of each stand in the first comment of its file): error-summary, field, track, tag, time, rows,
 * pagination, captcha, back.
 */
import { Eta } from "eta";
import type { Assets } from "./lib/assets.ts";
import * as dates from "./lib/dates.ts";
import { projectPath } from "./lib/project.ts";
import {
  children,
  type Division,
  division,
  divisionName,
  isMunicipality,
  parentOf,
  provinceShortName,
  provinces,
} from "./vocabulary/divisions.ts";
import {
  approvalNumberKey,
  type Field,
  hintOf,
  isRequired,
  labelOf,
  listOf,
  optionsOf,
  textOf,
  type Values,
} from "./vocabulary/fields/index.ts";
import { kindName } from "./vocabulary/filing.ts";
import * as masking from "./vocabulary/masking.ts";

/** One line of the console's side bar; `overdue` counts those past their time. */
export type QueueLink = { id: string; href: string; text: string; count?: number; overdue?: number };
export type QueueGroup = { title: string; links: readonly QueueLink[] };

/** The provider whose name and telephone stand on every page; undefined on a neutral host. */
export type Provider = {
  name: string;
  legalName: string;
  icpNumber: string | null;
  phone: string;
  qq: string | null;
  serviceHours: string;
};

/** What every template may know of the request. */
export type PageContext = {
  csrf: string;
  requestId: string;
  path: string;
  /** Id of the part of a page that htmx replaces, "" for a nameless one; undefined: a whole page is shown. */
  part: string | undefined;
  now: Date;
  demo: boolean;
  actor: { kind: string; name?: string; roles?: readonly string[] } | undefined;
  isp: Provider | undefined;
  queues: readonly QueueGroup[];
  assets: Assets;
};

/** Something to correct: `field` is the id of the control. */
export type Problem = { field: string; text: string };

/** Text that may stand in HTML and in an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `<time datetime="…">` around a text made of the same moment. */
const timeTag = (when: dates.When, text: string): string =>
  `<time datetime="${typeof when === "string" && when.length === 10 ? when : dates.isoTime(when)}">${text}</time>`;

type Select = { key: string; label: string; value: string; options: { code: string; label: string }[] };

/** The three selects of a place (所在地): each step offers what lies below the one before; 直辖市 have no cities. */
export function divisionSelects(chosen: { province: string; city: string; county: string }): Select[] {
  const { province, city, county } = chosen;
  const options = (codes: readonly { code: string; name: string }[]) =>
    codes.map(({ code, name }) => ({ code, label: name }));
  const cities = isMunicipality(province) ? [] : offered(province, city);
  const above = isMunicipality(province) ? province : cities.some(({ code }) => code === city) ? city : "";
  return [
    { key: "province", label: "省", value: province, options: options(provinces) },
    { key: "city", label: "市", value: city, options: options(cities) },
    { key: "county", label: "区县", value: county, options: options(above ? offered(above, county) : []) },
  ];
}

/** What lies below a place, and the chosen one too where the bureau has ended it: it is kept until another is chosen. */
function offered(parent: string, chosen: string): readonly Division[] {
  const rows = children(parent);
  const ended = rows.some(({ code }) => code === chosen) ? undefined : division(chosen);
  return ended && parentOf(chosen) === parent ? [...rows, ended] : rows;
}

const placeIn = (values: Values) => ({
  province: textOf(values, "province"),
  city: textOf(values, "city"),
  county: textOf(values, "county"),
});

/**
 * What the component `field` needs to draw an entry of the dictionary. `more` carries `error`, `attributes`, `note` …,
 * and `value` where another one is shown than the stored one (masked).
 */
function control(field: Field, values: Values, more: Record<string, unknown> = {}): Record<string, unknown> {
  const isList = field.parts[0]?.list === true;
  return {
    key: field.key,
    label: labelOf(field, values),
    hint: hintOf(field, values),
    kind: field.kind,
    width: field.width,
    optional: field.kind !== "fixed" && !isRequired(field, values),
    value: isList ? listOf(values, field.key) : textOf(values, field.key),
    input: field.input,
    options: optionsOf(field, values).map((option) => ({
      ...option,
      numberKey: approvalNumberKey(option.code),
      number: textOf(values, approvalNumberKey(option.code)),
    })),
    selects: field.kind === "division" ? divisionSelects(placeIn(values)) : undefined,
    ...more,
  };
}

/** Where the pages of a filing stand; `at` says it where that is not the portal. */
export const filingPath = ({ number, at }: { number: string; at?: string }): string =>
  at ?? `/filings/${number}`;

/** `h` in the templates. */
export const helpers = {
  ...dates,
  ...masking,
  divisionName,
  provinceShortName,
  kindName,
  escape: escapeHtml,
  control,
  filingPath,
  divisionSelects,
  timeTag,
  /** 1 → 第1步 is written in the views; this is for counts of a thousand and more: 12,345. */
  number: (value: number): string => value.toLocaleString("zh-CN"),
};

const header = `const page = it.page, h = it.h;
const csrf = { toString: () => (page ? '<input type="hidden" name="csrf" value="' + page.csrf + '">' : "") };
const part = (name, data) => this.render("/" + name, { page, h, ...data }, options);
`;

/** Renders a template named from `views/`. Templates are compiled once; a developer's change needs a new start. */
export type Renderer = (name: string, data: Record<string, unknown>) => string;

function makeEta(): Eta {
  const views = projectPath("views");
  const made = new Eta({ views, cache: true, functionHeader: header, autoTrim: [false, "nl"] });
  // Names are whole, from `views/`, so each is one file; Eta would work that out anew for every part of every page.
  made.resolvePath = (name) => `${views}${name}.eta`;
  return made;
}

let eta: Eta | undefined;

/** Any template, also mails and short messages, which have no `page`. */
export const render: Renderer = (name, data) => {
  eta ??= makeEta();
  return eta.render(`/${name}`, { h: helpers, ...data });
};

/** A whole page, or a part of one, with what it may know of the request. */
export const renderPage = (name: string, data: Record<string, unknown>, page: PageContext): string =>
  render(name, { ...data, page });
