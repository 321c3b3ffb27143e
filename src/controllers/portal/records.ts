import { Hono } from "hono";
import { recordSearchFields, recordStates } from "../../forms/record-search.ts";
import { wholeNumber } from "../../lib/numbers.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { ruleInForce } from "../../models/province-rule/in-force.ts";
import { filingsOfRecord, openFilingOfRecord } from "../../models/record/filings.ts";
import {
  domainsOf,
  findWholeRecord,
  type WholeRecord,
  type WholeWebsite,
} from "../../models/record/whole.ts";
import { terminationsFacing } from "../../models/termination/rows.ts";
import { groupsOf, labelOf, maskedValue, textOf } from "../../vocabulary/fields/index.ts";
import { kindName, type SectionKind, type Values } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";
import { type AskedRecords, askedRecords, foundRecords, postedRecords, sendOn } from "../record-search.ts";
import { filingCard } from "./filing-card.ts";

/** Records, and websites of one record, of a page. */
const PAGE = 20;

/** 变更备案 and 注销备案 of the home page begin with choosing a record. */
const errands: Record<string, { title: string; action: string; href: string }> = {
  change: { title: "变更备案", action: "变更", href: "change" },
  cancellation: { title: "注销备案", action: "注销", href: "cancellation" },
};

const errandOf = (c: Ctx): string => {
  const named = c.req.query("for") ?? "";
  return Object.hasOwn(errands, named) ? named : "";
};

/** 备案信息: what of this account has a number, searched by what stands in it, and all that the bureau has of one. */
export const records = (deps: Deps) =>
  new Hono<Env>()
    .get("/records", allow("registrant"), async (c) =>
      list(c, deps, await askedRecords(deps, registrant(c), c.req.query())),
    )
    .post("/records", allow("registrant"), async (c) => {
      const search = await postedRecords(c);
      const errand = errandOf(c);
      if (search.problems.length > 0) return list(c, deps, { search, query: "", refused: false }, 422);
      return sendOn(c, deps, registrant(c), search, errand ? { for: errand } : {});
    })
    .get("/records/:id", allow("registrant"), (c) => showRecord(c, deps));

async function list(c: Ctx, deps: Deps, asked: AskedRecords, status: 200 | 422 = 200): Promise<Response> {
  const { rows, next } = await foundRecords(c, deps, registrant(c), asked, PAGE);
  const errand = errandOf(c);
  const address = (more: string) =>
    `/records?${[asked.query, errand && `for=${errand}`, more].filter(Boolean).join("&")}`;
  const data = {
    ...{ list: rows, values: asked.search.values, problems: asked.search.problems, any: asked.search.any },
    ...{ fields: recordSearchFields, states: recordStates, refused: asked.refused },
    ...{
      errand: errands[errand],
      query: asked.query,
      action: errand ? `/records?for=${errand}` : "/records",
    },
    older: next && address(`before=${next}`),
  };
  return page(c, "portal/records/page", data, status);
}

/** The id in the address of a record; throws NotFound for what is none. */
export function recordIdOf(c: Ctx): number {
  const id = wholeNumber(c.req.param("id"));
  if (id === undefined) throw new NotFound("no such record");
  return id;
}

export const subjectName = ({ values }: Pick<WholeRecord, "values">): string => textOf(values, "name");

async function showRecord(c: Ctx, deps: Deps): Promise<Response> {
  const actor = registrant(c);
  const record = await findWholeRecord(deps, recordIdOf(c), actor);
  const [{ footerNumber }, filings, open] = await Promise.all([
    ruleInForce(deps.db, record.ispId, record.province),
    filingsOfRecord(deps.db, actor, record.id),
    openFilingOfRecord(deps.db, actor, record.id),
  ]);
  const after = wholeNumber(c.req.query("after")) ?? 0;
  const rest = record.websites.filter(({ id }) => id > after);
  const shown = rest.slice(0, PAGE);
  const now = new Date();
  return page(c, "portal/records/record", {
    ...{ record, name: subjectName(record), groups: after ? [] : factsOf("subject", record.values) },
    websites: shown.map((website) =>
      websiteOf(website, footerNumber === "site" ? website.number : record.number),
    ),
    older: rest.length > PAGE ? `/records/${record.id}?after=${shown.at(-1)?.id}` : undefined,
    newer: after ? `/records/${record.id}` : undefined,
    filings: filings.map((filing) => ({ ...filingCard(filing, now), kind: kindName(filing) })),
    endings: await terminationsFacing(deps, registrant(c), record.id),
    open: open && { ...filingCard(open, now), kind: kindName(open) },
  });
}

const websiteOf = (website: WholeWebsite, footer: string) => ({
  ...{ id: website.id, number: website.number, name: website.name, cancelledAt: website.cancelledAt, footer },
  domains: domainsOf(website),
  groups: factsOf("website", website.values),
  accesses: website.accesses.map(({ id, values, cancelledAt }) => ({
    ...{ id, cancelledAt },
    facts: factsOf("access", values).flatMap(({ facts }) => facts),
  })),
});

/** What was filled in, under its legends; numbers of persons are masked. */
const factsOf = (kind: SectionKind, values: Values) =>
  groupsOf(kind, values)
    .map(({ legend, fields }) => ({
      legend,
      facts: fields
        .map((field) => ({ label: labelOf(field, values), text: maskedValue(field, values) }))
        .filter(({ text }) => text !== ""),
    }))
    .filter(({ facts }) => facts.length > 0);
