import { Hono } from "hono";
import { historyCursor, readHistoryCursor } from "../../forms/history-search.ts";
import { isoDate } from "../../lib/dates.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordExport } from "../../models/audit/export.ts";
import { NotFound } from "../../models/errors.ts";
import { answersOf } from "../../models/reported-site/answers.ts";
import { accessesAt, productsAt } from "../../models/reported-site/around.ts";
import { allSites, type SitePlace, sitePlaces, sitesOf } from "../../models/reported-site/list.ts";
import { findSite, type ReportedSite, type SiteKind } from "../../models/reported-site/rows.ts";
import { takeSite } from "../../models/reported-site/work.ts";
import { toUnicode } from "../../vocabulary/domain.ts";
import { siteActionWords } from "../../vocabulary/site-actions.ts";
import type { Deps } from "../deps.ts";
import { tableFile } from "../export.ts";

const LIST = "/console/unfiled-sites";
const PAGE = 50;

const kindWords: Record<SiteKind, string> = { unfiled: "未备案网站", illegal: "非法接入" };
const placeWords: Record<SitePlace, string> = {
  inside: "在我们的IP范围内",
  outside: "不在我们的IP范围内",
  answering: "正在答复管局",
  done: "已办理",
};

/** 未备案网站 and 非法接入: what bureaus found, what lies in our address ranges first. */
export const unfiledSites = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("submitter"), (c) => list(c, deps))
    .get(`${LIST}/export`, allow("submitter"), (c) => c.redirect(LIST, 303))
    .post(`${LIST}/export`, allow("submitter"), (c) => download(c, deps))
    .get(`${LIST}/:site`, allow("submitter"), async (c) => show(c, deps, await asked(c, deps)))
    .get(`${LIST}/:site/claim`, allow("submitter"), (c) => c.redirect(LIST, 303))
    .post(`${LIST}/:site/claim`, allow("submitter"), (c) => take(c, deps));

/** With the domain as people read it. */
export const asRead = (site: ReportedSite): ReportedSite => ({ ...site, domain: toUnicode(site.domain) });

const kindOf = (text: string | undefined): SiteKind => (text === "illegal" ? "illegal" : "unfiled");

/** The places of a kind: only what is unfiled is answered. */
const placesOf = (kind: SiteKind): SitePlace[] =>
  sitePlaces.filter((place) => kind === "unfiled" || place !== "answering");

const placeOf = (kind: SiteKind, text: string | undefined): SitePlace =>
  placesOf(kind).find((place) => place === text) ?? "inside";

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const kind = kindOf(c.req.query("kind"));
  const place = placeOf(kind, c.req.query("place"));
  const before = readHistoryCursor(c.req.query("before"));
  const found = await sitesOf(deps.db, actor, kind, place, { before, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  const here = `${LIST}?kind=${kind}&place=${place}`;
  return page(c, "console/unfiled-sites/page", {
    ...{ kind, place, rows: rows.map(asRead), title: kindWords[kind] },
    open: place === "inside" || place === "outside",
    noneTicked: c.req.query("ticked") === "none",
    kinds: Object.entries(kindWords).map(([code, words]) => ({ code, words, href: `${LIST}?kind=${code}` })),
    places: placesOf(kind).map((code) => ({
      ...{ code, words: placeWords[code], href: `${LIST}?kind=${kind}&place=${code}` },
    })),
    next: last && `${here}&before=${historyCursor({ at: last.checkedAt, id: last.id })}`,
  });
}

async function asked(c: Ctx, deps: Deps): Promise<ReportedSite> {
  const id = wholeNumber(c.req.param("site"));
  if (id === undefined) throw new NotFound("no such site");
  return findSite(deps.db, staffMember(c), id);
}

async function show(c: Ctx, deps: Deps, site: ReportedSite, refused?: string): Promise<Response> {
  const actor = staffMember(c);
  const [answers, products, accesses] = await Promise.all([
    answersOf(deps, actor, site.id),
    productsAt(deps.db, actor, site),
    accessesAt(deps.db, actor, site),
  ]);
  const data = {
    site: asRead(site),
    products,
    accesses,
    refused,
    title: kindWords[site.kind],
    words: siteActionWords,
  };
  const open = site.state === "open" && (site.takenBy === null || site.takenBy === actor.staffId);
  return page(
    c,
    "console/unfiled-sites/site",
    { ...data, answers, open, mine: site.takenBy === actor.staffId },
    refused === undefined ? 200 : 409,
  );
}

async function take(c: Ctx, deps: Deps): Promise<Response> {
  const site = await asked(c, deps);
  if (await takeSite(deps, staffMember(c), site.id)) return c.redirect(`${LIST}/${site.id}`, 303);
  return show(c, deps, await asked(c, deps), "这一条正由别人办理，或者已经办理过了。");
}

const heads = [
  "域名",
  "IP地址",
  "在我们范围内",
  "接入商",
  "运营商",
  "省",
  "最近查到",
  "次数",
  "我们的备案号",
  "备案单",
  "状态",
];

const stateWords = { open: "待办理", answering: "正在答复管局", done: "已办理" };

async function* rowsOf(sites: AsyncIterable<ReportedSite>): AsyncGenerator<string[]> {
  yield heads;
  for await (const site of sites)
    yield [
      ...[
        site.domain,
        site.ip ?? "",
        site.inside ? "是" : "否",
        site.accessProvider,
        site.operator,
        site.province,
      ],
      ...[isoDate(site.checkedAt), String(site.checks ?? ""), site.recordNumber ?? "", site.filing ?? ""],
      stateWords[site.state],
    ];
}

/** What a list shows, as a file; nothing in it is of a person. */
async function download(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const body = await readBody(c);
  const kind = kindOf(text(body, "kind"));
  const place = placeOf(kind, text(body, "place"));
  const format = text(body, "format") === "csv" ? "csv" : "xlsx";
  await recordExport(deps.db, actor, { what: "sites", format, full: false, by: [kind, place] });
  return tableFile(c, { format, name: kindWords[kind] }, rowsOf(allSites(deps.db, actor, kind, place)));
}
