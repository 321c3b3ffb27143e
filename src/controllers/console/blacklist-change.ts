import { Hono } from "hono";
import { type BlacklistForm, readBlacklistEntry, readRemoval } from "../../forms/blacklist.ts";
import { isRequestId, newId } from "../../lib/ids.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody, text } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { type BlacklistEntry, findEntry } from "../../models/blacklist/list.ts";
import { addOwnEntry, removeOwnEntry } from "../../models/blacklist/own.ts";
import { NotFound } from "../../models/errors.ts";
import type { Problem } from "../../view.ts";
import { codeLabel, codeTable } from "../../vocabulary/code-tables.ts";
import type { Option } from "../../vocabulary/fields/index.ts";
import type { Deps } from "../deps.ts";
import { keyShown } from "./blacklist.ts";

const LIST = "/console/blacklist";

/** The provider's own 黑名单: 主管 put in and take out, with a reason. */
export const blacklistChange = (deps: Deps) =>
  new Hono<Env>()
    .get(`${LIST}/new`, allow("supervisor"), (c) => form(c, newId()))
    .post(`${LIST}/new`, allow("supervisor"), (c) => add(c, deps))
    .get(`${LIST}/:entry/removal`, allow("supervisor"), async (c) => removal(c, await asked(c, deps)))
    .post(`${LIST}/:entry/removal`, allow("supervisor"), (c) => remove(c, deps));

/** Kinds of documents; one that each 性质 has a code of its own for is told apart by it. */
function certTypes(): Option[] {
  const rows = codeTable("cert_type").rows;
  const several = (zh: string) => rows.filter((row) => row.zh === zh).length > 1;
  const of = (natures: string[] = []) => natures.map((one) => codeLabel("unit_nature", one)).join("、");
  return rows.map(({ code, zh, natures }) => ({
    code,
    label: several(zh) ? `${zh}（${of(natures)}）` : zh,
  }));
}

function form(
  c: Ctx,
  requestId: string,
  { values, problems }: Partial<BlacklistForm> = {},
): Response | Promise<Response> {
  const data = { requestId, certTypes: certTypes(), values: values ?? {}, problems: problems ?? [] };
  return page(c, "console/blacklist/new", data, data.problems.length > 0 ? 422 : 200);
}

const refusals: Record<"there" | "nobody", Problem> = {
  there: { field: "kind", text: "已经在本公司的黑名单里，不用再列入" },
  nobody: { field: "kind", text: "没有可以用来核对的证件或域名" },
};

async function add(c: Ctx, deps: Deps): Promise<Response> {
  const body = await readBody(c);
  const given = text(body, "requestId");
  const requestId = isRequestId(given) ? given : newId();
  const read = readBlacklistEntry(body);
  if (!read.listed) return form(c, requestId, read);
  const added = await addOwnEntry(deps, staffMember(c), read.listed, requestId);
  if (added !== "added") return form(c, requestId, { ...read, problems: [refusals[added]] });
  return c.redirect(LIST, 303);
}

/** An own entry of the provider. */
async function asked(c: Ctx, deps: Deps): Promise<BlacklistEntry> {
  const entry = await findEntry(deps, staffMember(c), wholeNumber(c.req.param("entry")) ?? 0);
  if (entry.bureau !== null) throw new NotFound("an entry of a bureau");
  return entry;
}

function removal(c: Ctx, entry: BlacklistEntry, { reason = "", problems = [] as Problem[] } = {}) {
  const { id, listed, removedAt } = entry;
  const data = { id, name: listed.name, key: keyShown(listed), over: removedAt !== null, reason, problems };
  return page(c, "console/blacklist/removal", data, problems.length > 0 ? 422 : 200);
}

async function remove(c: Ctx, deps: Deps): Promise<Response> {
  const entry = await asked(c, deps);
  const read = readRemoval(await readBody(c));
  if (read.problems.length > 0) return removal(c, entry, read);
  await removeOwnEntry(deps, staffMember(c), entry.id, read.reason);
  return c.redirect(LIST, 303);
}
