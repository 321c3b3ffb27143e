import { Hono } from "hono";
import { type Act, readSection, type SectionForm, startingValues } from "../../forms/section.ts";
import { readBody } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { fragment, page } from "../../middleware/page.ts";
import { isProved } from "../../models/filing/phone-codes.ts";
import { type Saved, saveSection } from "../../models/filing/save.ts";
import { editable } from "../../models/filing/states.ts";
import { findLocks, withLocked } from "../../models/type-check/locks.ts";
import { filingPath, type Problem } from "../../view.ts";
import { parseMobile } from "../../vocabulary/phone.ts";
import type { Deps } from "../deps.ts";
import { desks, writer } from "../desk.ts";
import { autosaved } from "./section-autosave.ts";
import { findingsFor } from "./section-findings.ts";
import { nextHref } from "./section-next.ts";
import { withOffer } from "./section-offers.ts";
import { asStored, type Drawing, headOf, sectionPage } from "./section-page.ts";
import { phoneOf, sendCode, tryCode } from "./section-phone.ts";
import { findSection, type SectionPlace } from "./section-place.ts";
import { shownPage } from "./section-shown.ts";

const paths = ["/subject", "/websites/:n", "/websites/:n/accesses/:m", "/reason"] as const;

/** 信息录入: the forms of the subject, of each website and each access, and of why something is cancelled. */
export function sections(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  for (const { filing, who } of desks(deps))
    for (const path of paths)
      app.get(filing + path, ...who, (c) => open(c, deps)).post(filing + path, ...who, (c) => save(c, deps));
  return app;
}

/**
 * What is locked is read on the page of the summary. `?at` comes from its report and names a control: every finding is
 * shown, as with `?all`. `?neat` names fields whose spelling was just changed.
 */
async function open(c: Ctx, deps: Deps): Promise<Response> {
  const place = await findSection(c, deps);
  const { filing } = place;
  if (!editable.includes(filing.state)) return c.redirect(`${filingPath(filing)}/check`, 303);
  if (!place.section.open) return page(c, "portal/section/shown", await shownPage(place));
  const { all, at = "", neat } = c.req.query();
  const findings = all !== undefined || at !== "" ? "all" : "early";
  return show(c, deps, place, asStored(place, { findings, at, rewritten: neat?.split(",") ?? [] }));
}

const show = async (
  c: Ctx,
  deps: Deps,
  place: SectionPlace,
  drawing: Drawing,
  status: 200 | 409 | 422 = 200,
): Promise<Response> =>
  page(c, "portal/section/page", await sectionPage(deps, place, drawing, c.var.isp?.name ?? ""), status);

/** Saves first, whatever was asked for; what is wrong with the content is said afterwards. */
async function save(c: Ctx, deps: Deps): Promise<Response> {
  const place = await findSection(c, deps);
  const { filing, section } = place;
  if (!section.open) return c.redirect(c.req.path, 303);
  const body = await readBody(c);
  const { form, filled } = await withOffer(deps, place, body, readSection(body, section));
  form.values = withLocked(await findLocks(deps.db, filing, section), section.values, form.values);
  if (form.choosing && form.act === "autosave") return c.body(null, 204);
  // 接入服务提供者 is never typed: it is the provider whose pages these are.
  if (section.kind === "access") form.values.provider = c.var.isp?.name ?? "";
  const { version, values } = form;
  const wanted = { filingId: filing.id, sectionId: section.id, version, values };
  const saved = await saveSection(deps, writer(c), wanted);
  if (!saved.saved) return overtaken(c, deps, place, form, saved);
  const now = await findSection(c, deps);
  if (filled) return show(c, deps, now, { ...drawingOf(form), problems: undefined, filled });
  return answers[form.act](c, deps, now, form, place);
}

/** Another window was first: nothing is written, both readings are shown, and the next save is a knowing one. */
function overtaken(
  c: Ctx,
  deps: Deps,
  place: SectionPlace,
  form: SectionForm,
  { theirs }: Extract<Saved, { saved: false }>,
): Promise<Response> | Response {
  if (form.act === "autosave") return fragment(c, "portal/section/saved", { overtaken: true });
  const { values, typed } = form;
  const saved = { values: startingValues(theirs), version: theirs.version };
  return show(c, deps, place, { values, typed, findings: "early", problems: [], theirs: saved }, 409);
}

type Answer = (
  c: Ctx,
  deps: Deps,
  place: SectionPlace,
  form: SectionForm,
  before: SectionPlace,
) => Promise<Response>;

const answers: Record<Act, Answer> = {
  autosave: autosaved,
  update: (c, deps, place, form) => {
    const findings = form.at ? "all" : "early";
    return show(c, deps, place, { ...drawingOf(form), findings, problems: undefined });
  },
  code: async (c, deps, place, form) => {
    const problem = await sendCode(deps, place, form.values);
    const drawing = { ...drawingOf(form), sent: !problem };
    return show(c, deps, place, { ...drawing, problems: problem ? [problem] : [] }, problem ? 422 : 200);
  },
  draft: async (c, deps, place, form) => {
    const wrong = await wrongCode(c, deps, place, form);
    if (wrong) return wrong;
    const neat = form.rewritten.filter(({ told }) => told).map(({ key }) => key);
    const { path } = await headOf(place);
    return c.redirect(neat.length > 0 ? `${path}?neat=${neat.join(",")}` : path, 303);
  },
  next: async (c, deps, place, form) =>
    (await wrongCode(c, deps, place, form)) ??
    c.redirect(await nextHref(deps, writer(c), place, form.at), 303),
  continue: async (c, deps, place, form) => {
    const problems = await codeProblems(c, deps, place, form);
    const findings = await findingsFor(deps, place, form.values);
    const isFine = problems.length === 0 && !findings.some(({ severity }) => severity === "error");
    if (isFine) return c.redirect((await headOf(place)).next, 303);
    return show(c, deps, place, { ...drawingOf(form), findings: "all", problems }, 422);
  },
};

/** The form as it was sent. */
const drawingOf = ({ values, typed, code, rewritten, at }: SectionForm): Drawing => ({
  ...{ values, typed, code, at, findings: "early", problems: [] },
  rewritten: rewritten.filter(({ told }) => told).map(({ key }) => key),
});

/** The page again where a code was typed that is not right. */
async function wrongCode(
  c: Ctx,
  deps: Deps,
  place: SectionPlace,
  form: SectionForm,
): Promise<Response | undefined> {
  const wrong = await tryCode(deps, place, form);
  if (!wrong) return undefined;
  return show(c, deps, place, { ...drawingOf(form), problems: [{ field: "code", text: wrong }] }, 422);
}

/** A number that nobody has proved is a place to correct, as the workflow will not take the filing with it. */
async function codeProblems(c: Ctx, deps: Deps, place: SectionPlace, form: SectionForm): Promise<Problem[]> {
  const wrong = await tryCode(deps, place, form);
  if (wrong) return [{ field: "code", text: wrong }];
  const phone = phoneOf(place, form.values);
  // For staff a signed paper takes the place of the code; the submission asks for one of the two.
  if (writer(c).kind === "staff") return [];
  if (!phone || !parseMobile(phone.number) || (await isProved(deps, place.filing, phone.number))) return [];
  return [{ field: "code", text: "手机号码还没有验证，请发送验证码，再填写收到的数字" }];
}
