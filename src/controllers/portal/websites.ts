import { Hono } from "hono";
import { readBody, text } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import {
  addAccess,
  addWebsite,
  dropSection,
  MOST_SIBLINGS,
  takesSections,
} from "../../models/filing/change-sections.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { arrange, sectionsOf } from "../../models/filing/sections.ts";
import { editable } from "../../models/filing/states.ts";
import { filingPath } from "../../view.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import type { WebsiteSection } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";
import { deskFiling, desks, writer } from "../desk.ts";
import { headOf } from "./section-page.ts";
import { findSection } from "./section-place.ts";

const removals = ["/websites/:n/removal", "/websites/:n/accesses/:m/removal"] as const;

/** Further websites of a filing and further accesses of a website, and their removal. Stands before the forms. */
export function websites(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps)) {
    app
      .get(`${filing}/websites/new`, ...who, (c) => ask(c, deps, undefined))
      .get(`${filing}/websites/:n/accesses/new`, ...who, (c) => ask(c, deps, c.req.param("n")))
      .post(`${filing}/websites/new`, ...who, (c) => add(c, deps))
      .post(`${filing}/websites/:n/accesses/new`, ...who, (c) => addBelow(c, deps));
    for (const path of removals)
      app
        .get(filing + path, ...who, (c) => askRemoval(c, deps))
        .post(filing + path, ...who, (c) => remove(c, deps));
  }
  return app;
}

async function add(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await deskFiling(c, deps);
  const at = await addWebsite(deps, writer(c), { filingId: filing.id, seen: await seenIn(c) });
  return c.redirect(`${filingPath(filing)}/websites/${at}`, 303);
}

async function addBelow(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await deskFiling(c, deps);
  const n = c.req.param("n") ?? "";
  const { id: websiteId } = await websiteAt(deps, filing, n);
  const wanted = { filingId: filing.id, websiteId, seen: await seenIn(c) };
  const at = await addAccess(deps, writer(c), wanted);
  return c.redirect(`${filingPath(filing)}/websites/${n}/accesses/${at}`, 303);
}

/** How many there were when the page was drawn: a form sent twice adds one. */
const seenIn = async (c: Ctx): Promise<number> => Number(text(await readBody(c), "seen")) || 0;

async function websiteAt(deps: Deps, filing: Filing, n: string): Promise<WebsiteSection> {
  const website = arrange(await sectionsOf(deps, filing)).websites[Number(n) - 1];
  if (!website) throw new NotFound("no such website");
  return website;
}

async function ask(c: Ctx, deps: Deps, n: string | undefined): Promise<Response> {
  const filing = await deskFiling(c, deps);
  const back = filingPath(filing);
  if (!editable.includes(filing.state) || !takesSections(filing)) return c.redirect(back, 303);
  const website = n === undefined ? undefined : await websiteAt(deps, filing, n);
  const seen = website ? website.accesses.length : arrange(await sectionsOf(deps, filing)).websites.length;
  const siteName = website && (textOf(website.values, "siteName") || listOf(website.values, "domains")[0]);
  const data = { filing, title: filingTitle(filing), path: c.req.path, back, seen, most: MOST_SIBLINGS };
  return page(c, "portal/section/new", {
    ...data,
    isAccess: website !== undefined,
    siteName: siteName ?? "",
  });
}

/** What goes away with it stands on the page that asks. */
async function askRemoval(c: Ctx, deps: Deps): Promise<Response> {
  const place = await findSection(c, deps);
  const head = await headOf(place);
  if (!editable.includes(place.filing.state) || !takesSections(place.filing))
    return c.redirect(filingPath(place.filing), 303);
  const { kind, values } = place.section;
  const domains = listOf(values, kind === "website" ? "domains" : "ips").join("、");
  return page(c, "portal/section/removal", { ...head, kind, sectionId: place.section.id, domains });
}

/** The form names the section itself: after a removal the same address is another website's. */
async function remove(c: Ctx, deps: Deps): Promise<Response> {
  const filing = await deskFiling(c, deps);
  const sectionId = Number(text(await readBody(c), "section")) || 0;
  await dropSection(deps, writer(c), { filingId: filing.id, sectionId });
  return c.redirect(filingPath(filing), 303);
}
