import { Hono } from "hono";
import { isPersonal, readSearch } from "../../forms/search.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { filingTitle } from "../../models/filing/rows.ts";
import { statusOf } from "../../models/filing/states.ts";
import { subjectNameFor } from "../../models/filing/subject-name.ts";
import { searchFilings, type Wanted } from "../../models/search/search.ts";
import { storedSearch, storeSearch } from "../../models/search/stored.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { provinceShortName } from "../../vocabulary/divisions.ts";
import type { Deps } from "../deps.ts";
import { filingRoles } from "./filing.ts";

const PAGE = 50;

/** Search: plain words stand in the address; what may be personal is stored and the address names only the row. */
export const search = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/search", allow(...filingRoles), (c) => {
      const typed = c.req.query("q") ?? "";
      const wanted = readSearch(typed);
      // Somebody wrote it into the address by hand: nothing is looked up that way.
      if (wanted && isPersonal(wanted)) return show(c, deps, undefined, "", "personal");
      return show(c, deps, wanted, typed, `q=${encodeURIComponent(typed)}`);
    })
    .post("/console/search", allow(...filingRoles), async (c) => {
      const typed = text(await readBody(c), "q");
      const wanted = readSearch(typed);
      if (wanted && isPersonal(wanted))
        return c.redirect(`/console/search/${await storeSearch(deps, staffMember(c), typed)}`, 303);
      return c.redirect(`/console/search?q=${encodeURIComponent(typed.trim())}`, 303);
    })
    .get("/console/search/:search", allow(...filingRoles), async (c) => {
      const actor = staffMember(c);
      const typed = await storedSearch(deps, actor, c.req.param("search"));
      const wanted = readSearch(typed);
      await recordLook(deps.db, actor, "search-personal", [null], { search: c.req.param("search") });
      return show(c, deps, wanted, typed, "");
    });

async function show(
  c: Ctx,
  deps: Deps,
  wanted: Wanted | undefined,
  typed: string,
  query: string,
): Promise<Response> {
  const actor = staffMember(c);
  const before = /^\d{1,15}$/.exec(c.req.query("before") ?? "")?.[0];
  const found = wanted
    ? await searchFilings(deps, actor, wanted, before ? Number(before) : undefined, PAGE + 1)
    : [];
  const shown = found.slice(0, PAGE);
  const rows = shown.map((filing) => ({
    number: filing.number,
    title: filingTitle(filing),
    domain: filing.siteName ? (filing.domain ?? "") : "",
    subject: subjectNameFor(deps, actor, filing),
    state: statusOf(filing),
    nature: codeLabel("unit_nature", String(filing.nature)),
    province: filing.province ? provinceShortName(filing.province) : "",
    since: filing.stateSince,
  }));
  const last = found.length > PAGE ? shown.at(-1)?.id : undefined;
  const next = last && `${c.req.path}?${query ? `${query}&` : ""}before=${last}`;
  const asked = wanted !== undefined;
  return page(c, "console/search/page", { rows, typed, next, asked, personal: query === "personal" });
}
