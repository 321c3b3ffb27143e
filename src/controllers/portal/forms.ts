import { Hono } from "hono";
import {
  authorisationLetter,
  cancellationStatement,
  type FormInput,
  missingFacts,
  pledge,
  type Sheet,
  securityAgreement,
  securityPledge,
  sheetPdf,
  verificationForm,
} from "../../documents/forms/index.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { NotFound } from "../../models/errors.ts";
import { filingData } from "../../models/filing/findings.ts";
import { type Filing, filingTitle } from "../../models/filing/rows.ts";
import { findIsp } from "../../models/isp/isp.ts";
import { ruleInForce } from "../../models/province-rule/in-force.ts";
import { numberOfTarget } from "../../models/record/target-number.ts";
import { requiredMaterials } from "../../rules/materials.ts";
import type { SlotKey } from "../../rules/slots.ts";
import { filingPath } from "../../view.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import { kindName, type Values } from "../../vocabulary/filing.ts";
import type { ProvinceRule } from "../../vocabulary/province-rules.ts";
import type { Deps } from "../deps.ts";
import { deskFiling, desks } from "../desk.ts";
import { type FormName, formPath } from "./form-links.ts";
import { sectionPath } from "./section-tasks.ts";

type Form = { slot: SlotKey; file: string; fill: (facts: Facts) => Sheet };

/** What a form may be filled in with. */
type Facts = {
  input: FormInput;
  province: ProvinceRule;
  filing: Filing;
  cancellation: Values;
  /** 备案号 of what is cancelled. */
  number: string;
};

/** Nothing is known of the website where the whole subject is cancelled, and the line stays free for all. */
function cancellationOf({ input, filing, cancellation, number }: Facts): Sheet {
  const site = filing.scope === "subject" ? {} : input.website;
  return cancellationStatement({
    reference: `备案单号${filing.number}，${kindName(filing)}`,
    isp: input.isp,
    scope: filing.scope ?? undefined,
    subject: input.subject,
    number,
    siteName: textOf(site, "siteName"),
    domains: listOf(site, "domains"),
    reason: cancellation.reason ? codeLabel("cancel_reason", textOf(cancellation, "reason")) : "",
    explanation: textOf(cancellation, "explanation"),
  });
}

const filled: Record<FormName, Form> = {
  verification: {
    slot: "form",
    file: "verification-form",
    fill: ({ input, province }) => verificationForm(input, province.formVariant),
  },
  letter: { slot: "letter", file: "authorisation-letter", fill: ({ input }) => authorisationLetter(input) },
  cancellation: { slot: "cancelLetter", file: "cancellation-statement", fill: cancellationOf },
  pledge: { slot: "pledge", file: "pledge", fill: ({ input }) => pledge(input) },
  "security-pledge": {
    ...{ slot: "securityPledge", file: "security-pledge" },
    fill: ({ input }) => securityPledge(input),
  },
  "security-agreement": {
    ...{ slot: "securityAgreement", file: "security-agreement" },
    fill: ({ input }) => securityAgreement(input),
  },
};

const names = Object.keys(filled) as FormName[];

/** 核验单, 授权委托书 of one website, and the papers of the subject, filled in: as PDF to keep, and as a page to print. */
export function forms(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    for (const name of names)
      app
        .get(`${filing}/forms/${name}.pdf`, ...who, (c) => send(c, deps, name))
        .get(`${filing}/forms/${name}`, ...who, (c) => show(c, deps, name));
  return app;
}

/** The sheet of the section that the address names, or of the first; only where the rules know its slot. */
async function sheetOf(c: Ctx, deps: Deps, { slot, fill }: Form) {
  const filing = await deskFiling(c, deps);
  const [data, province, isp] = await Promise.all([
    filingData(deps, filing),
    ruleInForce(deps.db, filing.ispId, filing.province),
    findIsp(deps.db, filing.ispId),
  ]);
  const wanted = c.req.query("section");
  const place = requiredMaterials(data, province).find(
    (one) => one.slot === slot && (wanted === undefined || String(one.sectionId) === wanted),
  );
  if (!place) throw new NotFound(`no ${slot} for section ${wanted}`);
  const website = data.websites.find(({ id }) => id === place.sectionId) ?? data.websites[0];
  const input: FormInput = {
    number: filing.number,
    kind: filing.kind,
    isp: isp?.legalName ?? "",
    subject: data.subject.values,
    website: website?.values ?? {},
  };
  const number = filing.kind === "cancel" ? await numberOfTarget(deps.db, filing) : "";
  const cancellation = data.cancellation?.values ?? {};
  const sheet = fill({ input, province, filing, cancellation, number });
  return { filing, data, website, section: place.sectionId, sheet };
}

async function send(c: Ctx, deps: Deps, name: FormName): Promise<Response> {
  const { filing, data, website, section, sheet } = await sheetOf(c, deps, filled[name]);
  const bytes = await sheetPdf(sheet, new Date());
  const own = website?.id === section;
  const which = own && data.websites.length > 1 ? `-${website.position}` : "";
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="${filled[name].file}-${filing.number}${which}.pdf"`,
    "cache-control": "no-store",
  });
}

async function show(c: Ctx, deps: Deps, name: FormName): Promise<Response> {
  const { filing, data, website, section, sheet } = await sheetOf(c, deps, filled[name]);
  c.header("cache-control", "no-store");
  return page(c, "portal/forms/page", {
    filing,
    title: filingTitle(filing),
    sheet,
    missing: missingFacts(sheet),
    places: placesToFill(filing, data, website),
    pdf: `${formPath(filing, name)}.pdf?section=${section}`,
    back: `${filingPath(filing)}/materials#m-${filled[name].slot}-${section}`,
  });
}

/** Where what is missing can be filled in. */
const placesToFill = (
  filing: Filing,
  data: Parameters<typeof sectionPath>[1] & { subject: Parameters<typeof sectionPath>[2] },
  website: Parameters<typeof sectionPath>[2] | undefined,
): { text: string; href: string }[] => [
  { text: "填写主体信息", href: sectionPath(filing, data, data.subject) },
  ...(website ? [{ text: "填写网站信息", href: sectionPath(filing, data, website) }] : []),
];
