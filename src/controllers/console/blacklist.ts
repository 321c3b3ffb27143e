import { Hono } from "hono";
import { readBlacklistSearch } from "../../forms/blacklist.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { hasRole, type Staff } from "../../models/actor.ts";
import { recordLook } from "../../models/audit/log.ts";
import type { Listed } from "../../models/blacklist/entries.ts";
import { type BlacklistEntry, blacklistOf } from "../../models/blacklist/list.ts";
import { recordMarks, recordsListed } from "../../models/blacklist/records.ts";
import { wholeRecords } from "../../models/record/whole.ts";
import { storedSearch, storeSearch } from "../../models/search/stored.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import { maskIdentity } from "../../vocabulary/masking.ts";
import type { Deps } from "../deps.ts";

const LIST = "/console/blacklist";
const PAGE = 50;

/** 黑名单: what stands in the lists of the bureaus and in the provider's own, and which records it is about. */
export const blacklist = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("submitter"), async (c) => {
      const found = readBlacklistSearch(c.req.query("q") ?? "");
      // A number in the address was written there by hand: nothing is looked up that way.
      if (found.personal) return list(c, deps, "", "", true);
      return list(c, deps, found.typed, found.any ? `q=${encodeURIComponent(found.typed)}` : "");
    })
    .post(LIST, allow("submitter"), async (c) => {
      const { typed, personal, any } = readBlacklistSearch(text(await readBody(c), "q"));
      if (!any) return c.redirect(LIST, 303);
      if (!personal) return c.redirect(`${LIST}?q=${encodeURIComponent(typed)}`, 303);
      return c.redirect(`${LIST}/search/${await storeSearch(deps, staffMember(c), typed)}`, 303);
    })
    .get(`${LIST}/search/:search`, allow("submitter"), async (c) => {
      const actor = staffMember(c);
      const id = c.req.param("search");
      const typed = await storedSearch(deps, actor, id);
      await recordLook(deps.db, actor, "search-personal", [null], { search: id });
      return list(c, deps, typed, "");
    })
    .get(`${LIST}/records`, allow("submitter"), (c) => records(c, deps));

async function list(c: Ctx, deps: Deps, typed: string, query: string, refused = false): Promise<Response> {
  const actor = staffMember(c);
  const { search, any } = readBlacklistSearch(typed);
  const before = wholeNumber(c.req.query("before"));
  const found = refused ? [] : await blacklistOf(deps, actor, search, { before, limit: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const last = found.length > PAGE ? rows.at(-1)?.id : undefined;
  return page(c, "console/blacklist/page", {
    ...{ typed, any, refused, mayChange: hasRole(actor, "supervisor") },
    rows: rows.map((row) => rowOf(actor, row)),
    next: last && `${c.req.path}?${query ? `${query}&` : ""}before=${last}`,
  });
}

/** The document masked, or the domains. */
export const keyShown = ({ certificate, domains }: Listed): string =>
  certificate
    ? `${codeLabel("cert_type", String(certificate.type))} ${maskIdentity(certificate.number)}`
    : domains.join("、");

function rowOf(actor: Staff, { listed, bureau, addedBy, ...entry }: BlacklistEntry) {
  return {
    ...entry,
    ...{ name: listed.name, key: keyShown(listed), reason: listed.reason ?? "" },
    kind: listed.kind === "subject" ? "主体" : "网站",
    from: bureau ?? `本公司，${addedBy ?? ""}`,
    mayRemove: bureau === null && hasRole(actor, "supervisor"),
  };
}

/** 已备案但在黑名单中. */
async function records(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const before = wholeNumber(c.req.query("before"));
  const ids = await recordsListed(deps.db, actor.ispId, { before, limit: PAGE + 1 });
  const shown = ids.slice(0, PAGE);
  const [whole, marks] = await Promise.all([
    wholeRecords(deps, shown, actor),
    recordMarks(deps.db, actor.ispId, shown),
  ]);
  const rows = whole.map(({ id, number, values }) => ({
    ...{ id, number, name: textOf(values, "name") },
    mark: marks.get(id) ?? { certificate: false, domains: [] },
  }));
  return page(c, "console/blacklist/records", {
    rows,
    next: ids.length > PAGE ? `${LIST}/records?before=${shown.at(-1)}` : undefined,
  });
}
