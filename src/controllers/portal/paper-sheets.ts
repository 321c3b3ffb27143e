import { Hono } from "hono";
import {
  gapNotes,
  type Label,
  labelsOf,
  labelsPdf,
  paperCover,
  printable,
  type Sheet,
  sheetPdf,
} from "../../documents/forms/index.ts";
import { allow } from "../../middleware/access.ts";
import { type Ctx, type Env, registrant } from "../../middleware/env.ts";
import { page } from "../../middleware/page.ts";
import { filingData } from "../../models/filing/findings.ts";
import { type Filing, filingTitle, findFiling } from "../../models/filing/rows.ts";
import { findIsp } from "../../models/isp/isp.ts";
import { neededPapers } from "../../models/paper/needed.ts";
import { openPlaces } from "../../models/place/place.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import { subjectPerson } from "../../vocabulary/persons.ts";
import type { Deps } from "../deps.ts";

/** What goes with paper originals: a sheet on top of them (寄送单) and a label on the parcel, each as PDF and as a page. */
export const paperSheets = (deps: Deps) =>
  new Hono<Env>()
    .get("/filings/:id/papers/cover.pdf", allow("registrant"), async (c) => {
      const { filing, sheet } = await coverOf(c, deps);
      return pdf(c, await sheetPdf(sheet, new Date()), `papers-${filing.number}.pdf`);
    })
    .get("/filings/:id/papers/cover", allow("registrant"), async (c) => {
      const { filing, ...found } = await coverOf(c, deps);
      const sheet = await printable(found.sheet);
      return shown(c, "portal/papers/cover", { filing, sheet, notes: gapNotes(sheet) });
    })
    .get("/filings/:id/papers/label.pdf", allow("registrant"), async (c) => {
      const { filing, labels } = await labelOf(c, deps);
      return pdf(c, await labelsPdf(labels, 0, new Date()), `label-${filing.number}.pdf`);
    })
    .get("/filings/:id/papers/label", allow("registrant"), async (c) =>
      shown(c, "portal/papers/label", await labelOf(c, deps)),
    );

const pdf = (c: Ctx, bytes: Buffer, filename: string): Response =>
  c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="${filename}"`,
    "cache-control": "no-store",
  });

function shown(c: Ctx, view: string, data: { filing: Filing } & Record<string, unknown>): Response {
  c.header("cache-control", "no-store");
  return page(c, view, { title: filingTitle(data.filing), ...data });
}

const filingOf = (c: Ctx, { db }: Deps): Promise<Filing> =>
  findFiling(db, c.req.param("id") ?? "", registrant(c));

async function coverOf(c: Ctx, deps: Deps): Promise<{ filing: Filing; sheet: Sheet }> {
  const filing = await filingOf(c, deps);
  const [[to], isp, papers] = await Promise.all([
    openPlaces(deps.db, filing.ispId, "post"),
    findIsp(deps.db, filing.ispId),
    neededPapers(deps, filing),
  ]);
  const { number } = filing;
  const sheet = paperCover({ number, title: filingTitle(filing), isp: isp?.legalName ?? "", to, papers });
  return { filing, sheet };
}

async function labelOf(c: Ctx, deps: Deps): Promise<{ filing: Filing; labels: Label[] }> {
  const filing = await filingOf(c, deps);
  const [[to], isp, { subject }] = await Promise.all([
    openPlaces(deps.db, filing.ispId, "post"),
    findIsp(deps.db, filing.ispId),
    filingData(deps, filing),
  ]);
  const labels = await labelsOf([
    {
      reference: `备案材料　备案单号${filing.number}`,
      to: {
        name: [isp?.legalName, to?.name].filter(Boolean).join(" "),
        phone: to?.phone ?? "",
        address: to?.address ?? "",
      },
      from: {
        name: textOf(subject.values, "name"),
        phone: subjectPerson(subject.values).mobile,
        address: textOf(subject.values, "address"),
      },
      remark: "",
    },
  ]);
  return { filing, labels };
}
