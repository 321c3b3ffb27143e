import { Hono } from "hono";
import { disclosureReasons, readDisclosure } from "../../forms/disclosure.ts";
import { readDifferenceQuery, repairDecisions } from "../../forms/reconciliation.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { readBody } from "../../middleware/body.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import { differenceFact } from "../../models/reconciliation/facts.ts";
import { type Difference, findDifference, listDifferences } from "../../models/reconciliation/list.ts";
import { reconciliationStatus } from "../../models/reconciliation/status.ts";
import { differencePlaces, kindWords, stateWords } from "../../models/reconciliation/words.ts";
import type { Deps } from "../deps.ts";

/** Differences of a page. */
const PAGE = 50;
/** Most differences that the page of one record shows. */
const OF_RECORD = 200;

/** 对账: how the records of each bureau agree with ours, what differs, and one record with both sides. */
export const reconciliation = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/reconciliation", allow("submitter"), (c) => list(c, deps))
    .get("/console/reconciliation/:difference", allow("submitter"), (c) => show(c, deps))
    .get("/console/reconciliation/:difference/disclosures", allow("submitter"), (c) =>
      c.redirect(`/console/reconciliation/${c.req.param("difference")}`, 303),
    )
    .post("/console/reconciliation/:difference/disclosures", allow("submitter"), async (c) => {
      const one = await asked(c, deps);
      const { reason } = readDisclosure(await readBody(c));
      const detail = { differenceId: one.id, recordId: one.subjectId, place: one.place, reason };
      await recordLook(deps.db, staffMember(c), "show-difference", [null], detail);
      return show(c, deps, one.id);
    });

const asked = (c: Ctx, deps: Deps): Promise<Difference> => {
  const id = wholeNumber(c.req.param("difference"));
  if (id === undefined) throw new NotFound("no such difference");
  return findDifference(deps, staffMember(c), id);
};

async function list(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const filter = readDifferenceQuery(c.req.query());
  const before = wholeNumber(c.req.query("before"));
  const [bureaus, found] = await Promise.all([
    reconciliationStatus(deps.db, { ispId: actor.ispId }),
    listDifferences(deps, actor.ispId, filter, { before, limit: PAGE + 1 }),
  ]);
  const shown = found.slice(0, PAGE);
  const { bureauId, kind, place, state } = filter;
  const chosen = { bureau: bureauId, kind, place, state: state === "open" ? undefined : state };
  const query = Object.entries(chosen).flatMap(([key, value]) => (value ? [`${key}=${value}`] : []));
  const last = found.length > PAGE ? shown.at(-1)?.id : undefined;
  return page(c, "console/reconciliation/page", {
    ...{ bureaus, filter, kinds: kindWords, states: stateWords, places: differencePlaces },
    rows: shown.map((one) => differenceFact(one, actor)),
    ...{ query: query.join("&"), decisions: repairDecisions },
    older: last && `/console/reconciliation?${[...query, `before=${last}`].join("&")}`,
    newer: before ? `/console/reconciliation?${query.join("&")}` : undefined,
  });
}

/** The record of a difference with everything that is open of it, the one that was asked for on top. */
async function show(c: Ctx, deps: Deps, opened?: number): Promise<Response> {
  const actor = staffMember(c);
  const one = await asked(c, deps);
  const { subjectId } = one;
  const others =
    subjectId === null ? [] : await listDifferences(deps, actor.ispId, { subjectId }, { limit: OF_RECORD });
  const rows = [one, ...others.filter(({ id }) => id !== one.id).reverse()];
  await recordLook(deps.db, actor, "open-record", [null], { recordId: subjectId, differenceId: one.id });
  return page(c, "console/reconciliation/record", {
    ...{
      one: differenceFact(one, actor),
      subjectId,
      reason: one.reason,
      by: one.by,
      settledAt: one.settledAt,
    },
    ...{ foundAt: one.foundAt, seenAt: one.seenAt, decision: one.decision },
    rows: rows.map((row) => ({
      ...differenceFact(row, actor, row.id === opened),
      open: row.state === "open",
    })),
    ...{ decisions: repairDecisions, reasons: disclosureReasons },
    mayChange: one.accountId !== null,
  });
}
