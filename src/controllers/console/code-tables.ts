import { Hono } from "hono";
import { text } from "../../lib/form-body.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { decideCodeTable } from "../../models/code-table/decide.ts";
import { codeDifference } from "../../models/code-table/difference.ts";
import { rowsInForce } from "../../models/code-table/in-force.ts";
import {
  type CodeTableVersion,
  codeRowsOf,
  findCodeTable,
  latestCodeTables,
} from "../../models/code-table/rows.ts";
import { NotFound } from "../../models/errors.ts";
import { bureauTableLabel, bureauTables } from "../../vocabulary/bureau-codes.ts";
import { DIVISIONS } from "../../vocabulary/code-tables.ts";
import type { Deps } from "../deps.ts";

const LIST = "/console/settings/codes";

/** Most rows of a table that one page shows; areas are thousands. */
const MOST = 300;

const may = allow("administrator", "supervisor");

/** 基础代码: tables that the bureau sent, compared with what is in force; adopted or dismissed after a look. */
export const consoleCodes = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, may, async (c) => {
      const tables = (await latestCodeTables(deps.db, staffMember(c).ispId)).map(named);
      return page(c, "console/codes/list", { tables, path: LIST, decided: c.req.query("decided") });
    })
    .get(`${LIST}/:table`, may, async (c) => show(c, deps, await asked(c, deps)))
    .post(`${LIST}/:table`, may, (c) => decide(c, deps));

const named = (table: CodeTableVersion) => ({
  ...table,
  label: bureauTableLabel(table.name),
  says: bureauTables[table.name]?.says ?? "",
  // What a list of areas does not name stays as it is.
  keepsMissing: bureauTables[table.name]?.ours === DIVISIONS,
});

function asked(c: Ctx, { db }: Deps): Promise<CodeTableVersion> {
  const id = wholeNumber(c.req.param("table"));
  if (id === undefined) throw new NotFound("no such table");
  return findCodeTable(db, staffMember(c).ispId, id);
}

async function show(
  c: Ctx,
  { db }: Deps,
  table: CodeTableVersion,
  refused: string | undefined = undefined,
): Promise<Response> {
  const [before, after] = await Promise.all([
    rowsInForce(db, table.bureauId, table.name),
    codeRowsOf(db, table.id),
  ]);
  const difference = codeDifference(before ?? [], after);
  const data = {
    ...{ table: named(table), difference, refused, path: LIST, most: MOST },
    isNew: before === undefined,
    rows: after.slice(0, MOST),
  };
  return page(c, "console/codes/page", data, refused ? 409 : 200);
}

async function decide(c: Ctx, deps: Deps): Promise<Response> {
  const table = await asked(c, deps);
  const act = text(await readBody(c), "act");
  if (act !== "adopted" && act !== "dismissed") return show(c, deps, table);
  const done = await decideCodeTable(deps, staffMember(c), table.id, act);
  const now = await asked(c, deps);
  // A double click finds what it asked for.
  if (done || now.state === act) return c.redirect(`${LIST}?decided=${act}`, 303);
  return show(c, deps, now, "这张代码表已经处理过，或者管局又送来了新的，没有按您的选择处理");
}
