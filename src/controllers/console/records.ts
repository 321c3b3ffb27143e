import { Hono } from "hono";
import { recordSearchFields, recordStates } from "../../forms/record-search.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { hasRole, type Staff } from "../../models/actor.ts";
import { recordLook } from "../../models/audit/log.ts";
import { recordMarks } from "../../models/blacklist/records.ts";
import { NotFound } from "../../models/errors.ts";
import { statusOf } from "../../models/filing/states.ts";
import { seesPersons } from "../../models/filing/subject-name.ts";
import { listDifferences } from "../../models/reconciliation/list.ts";
import { placeWords } from "../../models/reconciliation/words.ts";
import { filingsOfRecord } from "../../models/record/filings.ts";
import type { ListedRecord } from "../../models/record/list.ts";
import { domainsOf, findWholeRecord } from "../../models/record/whole.ts";
import { codeLabel, isIndividual } from "../../vocabulary/code-tables.ts";
import { provinceShortName } from "../../vocabulary/divisions.ts";
import { groupsOf, labelOf, textOf } from "../../vocabulary/fields/index.ts";
import { kindName, type SectionKind, type Values } from "../../vocabulary/filing.ts";
import { maskName } from "../../vocabulary/masking.ts";
import type { Deps } from "../deps.ts";
import { type AskedRecords, askedRecords, foundRecords, postedRecords, sendOn } from "../record-search.ts";
import { filingRoles } from "./filing.ts";
import { readable } from "./filing-facts.ts";

const PAGE = 50;
/** Websites of one record that its page shows at a time. */
const WEBSITES = 20;
/** Open differences with the bureau that it names. */
const DIFFERENCES = 10;

/** 备案信息: what the provider has on record, searched by any of its fields, and one record with its filings. */
export const consoleRecords = (deps: Deps) =>
  new Hono<Env>()
    .get("/console/records", allow(...filingRoles), async (c) => {
      const actor = staffMember(c);
      const asked = await askedRecords(deps, actor, c.req.query());
      const { persons } = asked.search.filter;
      if (persons)
        await recordLook(deps.db, actor, "search-personal", [null], { search: c.req.query("search") ?? "" });
      return list(c, deps, asked);
    })
    .post("/console/records", allow(...filingRoles), async (c) => {
      const search = await postedRecords(c);
      if (search.problems.length > 0) return list(c, deps, { search, query: "", refused: false }, 422);
      return sendOn(c, deps, staffMember(c), search);
    })
    .get("/console/records/:id", allow(...filingRoles), (c) => show(c, deps));

/** The name of a subject; a person's is masked for whoever sees no persons. */
const nameFor = (actor: Staff, name: string, nature: string): string =>
  isIndividual(nature) && !seesPersons(actor) ? maskName(name) : name;

const rowOf = (actor: Staff, record: ListedRecord) => ({
  ...{ id: record.id, number: record.number, more: record.more, cancelledAt: record.cancelledAt },
  name: nameFor(actor, record.name, String(record.nature)),
  nature: codeLabel("unit_nature", String(record.nature)),
  province: provinceShortName(record.province),
  websites: record.websites.slice(0, 3).map(({ name, domains }) => `${name} ${domains.join("、")}`),
  count: record.websites.length + record.more,
  numberedAt: record.numberedAt,
});

async function list(c: Ctx, deps: Deps, asked: AskedRecords, status: 200 | 422 = 200): Promise<Response> {
  const actor = staffMember(c);
  const { rows, next } = await foundRecords(c, deps, actor, asked, PAGE);
  const { values, problems, any } = asked.search;
  const data = {
    ...{ values, problems, any, fields: recordSearchFields, states: recordStates, refused: asked.refused },
    ...{ rows: rows.map((record) => rowOf(actor, record)), query: asked.query },
    next: next && `/console/records?${[asked.query, `before=${next}`].filter(Boolean).join("&")}`,
  };
  return page(c, "console/records/page", data, status);
}

async function show(c: Ctx, deps: Deps): Promise<Response> {
  const actor = staffMember(c);
  const id = wholeNumber(c.req.param("id"));
  if (id === undefined) throw new NotFound("no such record");
  const record = await findWholeRecord(deps, id, actor);
  const filings = await filingsOfRecord(deps.db, actor, record.id);
  const listed = (await recordMarks(deps.db, record.ispId, [record.id])).get(record.id);
  await recordLook(deps.db, actor, "open-record", [null], { recordId: record.id });
  const after = wholeNumber(c.req.query("after")) ?? 0;
  const rest = record.websites.filter((website) => website.id > after);
  const shown = rest.slice(0, WEBSITES);
  const facts = factsFor(actor);
  return page(c, "console/records/record", {
    ...{ record, listed },
    name: nameFor(actor, textOf(record.values, "name"), String(record.nature)),
    nature: codeLabel("unit_nature", String(record.nature)),
    province: provinceShortName(record.province),
    mayTransfer: hasRole(actor, "supervisor") && !record.cancelledAt,
    facts: facts("subject", record.values),
    websites: shown.map((website) => ({
      ...{ id: website.id, number: website.number, name: website.name, cancelledAt: website.cancelledAt },
      domains: domainsOf(website).join("、"),
      facts: facts("website", website.values),
      accesses: website.accesses.map(({ id: accessId, values, cancelledAt }) => ({
        ...{ id: accessId, cancelledAt, facts: facts("access", values) },
      })),
    })),
    mayEnd: hasRole(actor, "submitter") && record.cancelledAt === null,
    differences: hasRole(actor, "submitter")
      ? await listDifferences(deps, actor.ispId, { subjectId: record.id }, { limit: DIFFERENCES })
      : [],
    placeWords,
    next: rest.length > WEBSITES ? `/console/records/${record.id}?after=${shown.at(-1)?.id}` : undefined,
    filings: filings.map((filing) => ({
      ...{
        number: filing.number,
        kind: kindName(filing),
        state: statusOf(filing),
        since: filing.stateSince,
      },
    })),
  });
}

/** Values as this person may read them: numbers masked for everybody. */
const factsFor =
  (actor: Staff) =>
  (kind: SectionKind, values: Values): { label: string; text: string }[] =>
    groupsOf(kind, values)
      .flatMap(({ fields }) => fields)
      .map((field) => ({ label: labelOf(field, values), text: readable(field, values, seesPersons(actor)) }))
      .filter(({ text }) => text !== "");
