import { Hono } from "hono";
import { type BlankForm, blankForms, gapNotes, printable, sheetPdf } from "../../documents/forms/index.ts";
import { memory } from "../../lib/memory.ts";
import { allow } from "../../middleware/access.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { NotFound } from "../../models/errors.ts";
import type { Deps } from "../deps.ts";
import { KEPT, keptPage } from "./kept.ts";

/** A sheet takes a tenth of a second to draw and seldom changes. */
const drawn = () => memory<Buffer>(KEPT * 1_000, 50);

const ENDING = ".pdf";

/** 表单下载: forms without data. Those filled in stand at the filing. */
export function blankFormPages(_deps: Deps): Hono<Env> {
  const sheets = drawn();
  const list = Object.entries(blankForms).map(([name, { title, hint }]) => ({ name, title, hint }));
  return new Hono<Env>()
    .get("/forms", allow("anyone"), (c) => keptPage(c, "public/forms/page", { list }))
    .get("/forms/:blank{[a-z-]+}", allow("anyone"), show)
    .get("/forms/:form{.+\\.pdf}", allow("anyone"), (c) => send(c, sheets));
}

function formNamed(name: string): BlankForm {
  const form = Object.hasOwn(blankForms, name) ? blankForms[name] : undefined;
  if (!form) throw new NotFound(`no form ${name}`);
  return form;
}

/** The host alone says whose name stands on the sheet, so that it is the same for everybody there. */
const ispOf = (c: Ctx): string => (c.var.ispByHost ? (c.var.isp?.legalName ?? "") : "");

/** A form as a page, to be printed without a PDF. */
async function show(c: Ctx): Promise<Response> {
  const name = c.req.param("blank") ?? "";
  const sheet = await printable(formNamed(name).draw(ispOf(c)));
  return keptPage(c, "public/forms/sheet", { sheet, notes: gapNotes(sheet), pdf: `/forms/${name}.pdf` });
}

async function send(c: Ctx, sheets: ReturnType<typeof drawn>): Promise<Response> {
  const name = (c.req.param("form") ?? "").slice(0, -ENDING.length);
  const form = formNamed(name);
  const isp = ispOf(c);
  const bytes = await sheets.of(`${name} ${isp}`, () => sheetPdf(form.draw(isp), new Date()));
  return c.body(new Uint8Array(bytes), 200, {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="${name}.pdf"`,
    "cache-control": `public, max-age=${KEPT}`,
  });
}
