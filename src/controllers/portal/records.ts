import { Hono } from "hono";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { ruleInForce } from "../../models/province-rule/in-force.ts";
import { recordContents } from "../../models/record/contents.ts";
import { findRecord, recordsOfAccount } from "../../models/record/rows.ts";
import { groupsOf, labelOf, maskedValue } from "../../vocabulary/fields/index.ts";
import type { SectionKind, Values } from "../../vocabulary/filing.ts";
import type { Deps } from "../deps.ts";

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

async function showRecord(c: Ctx, deps: Deps): Promise<Response> {
  const id = c.req.param("id") ?? "";
  if (!/^\d{1,15}$/.test(id)) throw new NotFound(`no record ${id}`);
  const record = await findRecord(deps, Number(id), registrant(c));
  const contents = await recordContents(deps, record);
  const { footerNumber } = await ruleInForce(deps.db, record.ispId, record.province);
  const websites = record.websites.map((website) => {
    const found = contents.websites.find((one) => one.id === website.id);
    return {
      ...website,
      footer: footerNumber === "site" ? website.number : record.number,
      groups: found ? factsOf("website", found.values) : [],
      accesses: (found?.accesses ?? []).flatMap((values) => factsOf("access", values)),
    };
  });
  const { filingNumber, subject } = contents;
  return page(c, "portal/records/record", {
    ...{ record, websites, filingNumber },
    groups: factsOf("subject", subject),
  });
}

/** 备案信息: what of this account has a number, and all that the bureau has of it. */
export const records = (deps: Deps) =>
  new Hono<Env>()
    .get("/records", allow("registrant"), async (c) =>
      page(c, "portal/records/page", { list: await recordsOfAccount(deps, registrant(c)) }),
    )
    .get("/records/:id", allow("registrant"), (c) => showRecord(c, deps));
