import { Hono } from "hono";
import { drawnRule } from "../../forms/province-drawn.ts";
import { type About, readRuleForm, type ShownRule, shownRule } from "../../forms/province-rule.ts";
import { text } from "../../lib/form-body.ts";
import { normalise } from "../../lib/text.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { addVersions, lastVersion } from "../../models/province-rule/change.ts";
import { ruleHistory, rulesToCome } from "../../models/province-rule/history.ts";
import { dayOfToday, type RuleInForce, rulesInForce } from "../../models/province-rule/in-force.ts";
import type { Problem } from "../../view.ts";
import { columnGroups, columnLabel } from "../../vocabulary/province-columns.ts";
import type { ColumnChange } from "../../vocabulary/province-diff.ts";
import { NATIONAL, ruleCodes } from "../../vocabulary/province-rules.ts";
import { columnSources } from "../../vocabulary/province-sources.ts";
import { linesOfColumn, textOfKey } from "../../vocabulary/province-values.ts";
import { conflictsOf, reviewTime } from "../../vocabulary/province-words.ts";
import type { Deps } from "../deps.ts";
import { changedMeanwhile } from "./meanwhile.ts";

const LIST = "/console/provinces";

/** 各省规则 of the provider: what is in force, the versions, and a new one from a day on. */
export const consoleProvinces = (deps: Deps) =>
  new Hono<Env>()
    .get(LIST, allow("administrator", "supervisor"), (c) => list(c, deps))
    .get(`${LIST}/:code`, allow("administrator", "supervisor"), (c) => show(c, deps))
    .get(`${LIST}/:code/change`, allow("administrator", "supervisor"), (c) => form(c, deps))
    .post(`${LIST}/:code/change`, allow("administrator", "supervisor"), (c) => save(c, deps))
    .get(`${LIST}/:code/reset`, allow("administrator", "supervisor"), (c) =>
      c.redirect(`${LIST}/${encodeURIComponent(c.req.param("code"))}`, 303),
    )
    .post(`${LIST}/:code/reset`, allow("administrator", "supervisor"), (c) => reset(c, deps));

async function list(c: Ctx, { db }: Deps): Promise<Response> {
  const found = await rulesInForce(db, staffMember(c).ispId, ruleCodes);
  const national = found.find(({ rule }) => rule.code === NATIONAL)?.rule;
  const rows = found.map((one) => ({ ...one, time: reviewTime(one.rule, national) }));
  return page(c, "console/provinces/list", { rows });
}

/** The row that the address names; NotFound where there is none. */
async function asked(c: Ctx, { db }: Deps): Promise<RuleInForce> {
  const code = c.req.param("code") ?? "";
  const [found] = ruleCodes.includes(code) ? await rulesInForce(db, staffMember(c).ispId, [code]) : [];
  if (!found) throw new NotFound(`no province ${code}`);
  return found;
}

const changeWords = (changes: readonly ColumnChange[]) =>
  changes.map(({ key, before, after }) => ({
    ...{ label: columnLabel(key), before: textOfKey(key, before), after: textOfKey(key, after) },
  }));

async function show(c: Ctx, deps: Deps): Promise<Response> {
  const found = await asked(c, deps);
  const { ispId } = staffMember(c);
  const { rule } = found;
  const [steps, coming] = await Promise.all([
    ruleHistory(deps.db, ispId, rule.code),
    rulesToCome(deps.db, ispId, rule.code, await dayOfToday(deps.db)),
  ]);
  const groups = columnGroups.map(({ title, columns }) => ({
    title,
    lines: columns
      .filter(({ key }) => !["origins", "conflicts"].includes(key))
      .map((column) => ({
        label: column.label,
        values: linesOfColumn(column, rule[column.key as keyof typeof rule]),
        sources: columnSources(rule, column.key),
      })),
  }));
  return page(c, "console/provinces/page", {
    ...{ found, rule, groups, conflicts: conflictsOf(rule), saved: c.req.query("saved") === "1" },
    steps: steps.map((step) => ({ ...step, changes: changeWords(step.changes) })),
    coming: coming.map((one) => ({ ...one, changes: changeWords(one.changes) })),
  });
}

type Typed = { shown: ShownRule; about: About; seen: number; problems?: Problem[]; meanwhile?: boolean };

async function form(c: Ctx, deps: Deps, typed?: Typed): Promise<Response> {
  const { rule } = await asked(c, deps);
  const today = await dayOfToday(deps.db);
  const {
    shown = shownRule(rule),
    about = { validFrom: today, note: "", source: "" },
    seen = await lastVersion(deps.db, staffMember(c).ispId, rule.code),
    problems = [],
    meanwhile = false,
  } = typed ?? {};
  const data = { rule, about, seen, problems, meanwhile, today, groups: drawnRule(shown) };
  return page(c, "console/provinces/change", data, meanwhile ? 409 : problems.length > 0 ? 422 : 200);
}

async function save(c: Ctx, deps: Deps): Promise<Response> {
  const { rule: base } = await asked(c, deps);
  const actor = staffMember(c);
  const read = readRuleForm(await readBody(c), base, await dayOfToday(deps.db));
  if (!read.rule) return form(c, deps, read);
  const { validFrom, note } = read.about;
  const version = { province: base.code, rule: read.rule, validFrom, note, seen: read.seen };
  if (await changedMeanwhile(addVersions(deps.db, actor, [version]))) {
    const seen = await lastVersion(deps.db, actor.ispId, base.code);
    return form(c, deps, { ...read, seen, meanwhile: true });
  }
  return c.redirect(`${LIST}/${base.code}?saved=1`, 303);
}

/** 恢复默认: the provider's own row ends today; twice is once. */
async function reset(c: Ctx, deps: Deps): Promise<Response> {
  const { rule, own } = await asked(c, deps);
  const note = normalise(text(await readBody(c), "note")).slice(0, 300);
  const validFrom = await dayOfToday(deps.db);
  if (own) await addVersions(deps.db, staffMember(c), [{ province: rule.code, rule: null, validFrom, note }]);
  return c.redirect(`${LIST}/${rule.code}?saved=1`, 303);
}
