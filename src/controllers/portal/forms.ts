import { Hono } from "hono";
import { gapNotes, missingFacts, printable, sheetPdf, signWords } from "../../documents/forms/index.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, staffMember } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { recordLook } from "../../models/audit/log.ts";
import { NotFound } from "../../models/errors.ts";
import { filingData } from "../../models/filing/findings.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { findIsp } from "../../models/isp/isp.ts";
import { slotsOf } from "../../models/material/slots.ts";
import { ruleInForce } from "../../models/province-rule/in-force.ts";
import { numberOfTarget } from "../../models/record/target-number.ts";
import { filingPath } from "../../view.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import type { FormName } from "../../vocabulary/form-names.ts";
import type { Deps } from "../deps.ts";
import { type Desk, type DeskFiling, deskFiling, desks } from "../desk.ts";
import { formPath } from "./form-links.ts";
import { formSheets } from "./form-sheets.ts";
import { sectionPath } from "./section-tasks.ts";

/** Who reads persons unmasked, see `seesPersons`: the papers hold names and numbers. */
const personRoles = ["initial_reviewer", "verifier", "submitter"] as const;

type Find = (c: Ctx, deps: Deps, form: string) => Promise<Filing | DeskFiling>;

const ENDING = ".pdf";

/**
 * 核验单, 授权委托书 and the other papers, filled in: as PDF to keep, and as a page to print. For the registrant, for staff who
 * write the filing, and for staff who read persons unmasked (客服 do not); their looks are written down.
 */
export function forms(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const places: (Desk & { find: Find })[] = [
    ...desks(deps).map((desk) => ({ ...desk, find: deskFiling })),
    {
      filing: "/console/filings/:id",
      who: [allow(...personRoles), (_, next) => next()],
      find: lookedAt,
    },
  ];
  for (const { filing, who, find } of places)
    app
      .get(`${filing}/forms/:pdf{[a-z-]+\\.pdf}`, ...who, (c) => send(c, deps, find))
      .get(`${filing}/forms/:form{[a-z-]+}`, ...who, (c) => show(c, deps, find));
  return app;
}

/** A filing of the provider, for staff; which form they opened stands in the audit log. */
async function lookedAt(c: Ctx, { db }: Deps, form: string): Promise<Filing & { at: string }> {
  const actor = staffMember(c);
  const filing = await findFiling(db, c.req.param("id") ?? "", actor);
  await recordLook(db, actor, "open-form", [filing.id], { form });
  return { ...filing, at: `/console/filings/${filing.number}` };
}

/** The sheet of the section that the address names, or of the first; only where the rules know a slot for it. */
async function sheetOf(c: Ctx, deps: Deps, name: string, find: Find) {
  const form = Object.hasOwn(formSheets, name) ? formSheets[name as FormName] : undefined;
  if (!form) throw new NotFound(`no form ${name}`);
  const filing = await find(c, deps, name);
  const [data, province, isp] = await Promise.all([
    filingData(deps, filing),
    ruleInForce(deps.db, filing.ispId, filing.province),
    findIsp(deps.db, filing.ispId),
  ]);
  const wanted = c.req.query("section");
  const place = (await slotsOf(deps, filing, data)).find(
    ({ forms, sectionId }) =>
      forms.includes(name as FormName) && (wanted === undefined || String(sectionId) === wanted),
  );
  if (!place) throw new NotFound(`no ${name} for section ${wanted}`);
  const website = data.websites.find(({ id }) => id === place.sectionId) ?? data.websites[0];
  const own = website?.id === place.sectionId;
  const sheet = form.fill({
    input: {
      ...{ number: filing.number, kind: filing.kind, isp: isp?.legalName ?? "", madeOn: new Date() },
      ...{ subject: data.subject.values, website: website?.values ?? {} },
      ...(!own && { websites: data.websites.map(({ values }) => values) }),
    },
    ...{ province, filing, cancellation: data.cancellation?.values ?? {} },
    number: filing.kind === "cancel" ? await numberOfTarget(deps.db, filing) : "",
  });
  return { filing, data, website, own, place, sheet, form, name: name as FormName };
}

async function send(c: Ctx, deps: Deps, find: Find): Promise<Response> {
  const name = (c.req.param("pdf") ?? "").slice(0, -ENDING.length);
  const { filing, data, website, own, sheet, form } = await sheetOf(c, deps, name, find);
  const bytes = await sheetPdf(sheet, new Date());
  const which = own && website && data.websites.length > 1 ? `-${website.position}` : "";
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="${form.file}-${filing.number}${which}.pdf"`,
    "cache-control": "no-store",
  });
}

async function show(c: Ctx, deps: Deps, find: Find): Promise<Response> {
  const found = await sheetOf(c, deps, c.req.param("form") ?? "", find);
  const { filing, place } = found;
  const sheet = await printable(found.sheet);
  c.header("cache-control", "no-store");
  return page(c, "portal/forms/page", {
    filing,
    title: filingTitle(filing),
    sheet,
    ...{ notes: gapNotes(sheet), signWords },
    missing: missingFacts(sheet),
    places: placesToFill(filing, found.data, found.website),
    pdf: `${formPath(filing, found.name)}.pdf?section=${place.sectionId}`,
    back: find === lookedAt ? null : `${filingPath(filing)}/materials#m-${place.slot}-${place.sectionId}`,
  });
}

/** Where what is missing can be filled in. */
const placesToFill = (
  filing: Filing,
  data: FilingData,
  website: FilingData["websites"][number] | undefined,
): { text: string; href: string }[] => [
  { text: "填写主体信息", href: sectionPath(filing, data, data.subject) },
  ...(website ? [{ text: "填写网站信息", href: sectionPath(filing, data, website) }] : []),
];
