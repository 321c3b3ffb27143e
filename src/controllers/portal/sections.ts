import { Hono } from "hono";
import { type Act, changedKeys, readSection, type SectionForm, startingValues } from "../../forms/section.ts";
import { readBody, texts } from "../../middleware/body.ts";
import type { Ctx, Env } from "../../middleware/env.ts";
import { fragment, page } from "../../middleware/page.ts";
import { isProved } from "../../models/filing/phone-codes.ts";
import { type Saved, saveSection } from "../../models/filing/save.ts";
import { editable } from "../../models/filing/states.ts";
import { findLocks, withLocked } from "../../models/type-check/locks.ts";
import { filingPath, type Problem } from "../../view.ts";
import { groupsOf } from "../../vocabulary/fields/index.ts";
import { parseMobile } from "../../vocabulary/phone.ts";
import type { Deps } from "../deps.ts";
import { desks, writer } from "../desk.ts";
import { earlyFindings, markOf } from "./section-fields.ts";
import { asStored, type Drawing, findingsFor, headOf, sectionPage } from "./section-page.ts";
import { phoneOf, phoneView, sendCode, tryCode } from "./section-phone.ts";
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

/** What is locked is read on the page of the summary. `?all` comes from there: every finding is shown. */
async function open(c: Ctx, deps: Deps): Promise<Response> {
  const place = await findSection(c, deps);
  const { filing } = place;
  if (!editable.includes(filing.state)) return c.redirect(`${filingPath(filing)}/check`, 303);
  if (!place.section.open) return page(c, "portal/section/shown", await shownPage(place));
  return show(c, deps, place, asStored(place, c.req.query("all") !== undefined));
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
  const form = readSection(await readBody(c), section);
  form.values = withLocked(await findLocks(deps.db, filing, section), section.values, form.values);
  if (form.choosing && form.act === "autosave") return c.body(null, 204);
  // 接入服务提供者 is never typed: it is the provider whose pages these are.
  if (section.kind === "access") form.values.provider = c.var.isp?.name ?? "";
  const { id: sectionId } = section;
  const { version, values } = form;
  const wanted = { filingId: filing.id, sectionId, version, values };
  const saved = await saveSection(deps, writer(c), wanted);
  if (!saved.saved) return overtaken(c, deps, place, form, saved);
  return answers[form.act](c, deps, await findSection(c, deps), form, place);
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
  autosave: async (c, deps, place, form, before) => {
    const changed = changedKeys(place.section.kind, before.section.values, form.values);
    return fragment(c, "portal/section/saved", {
      overtaken: false,
      version: place.section.version,
      at: place.section.updatedAt,
      marks: await freshMarks(deps, place, form, changed, texts(await readBody(c), "shown")),
      phone: await changedPhone(deps, place, form, changed),
      path: (await headOf(place)).path,
    });
  },
  update: (c, deps, place, { values, typed, code }) =>
    show(c, deps, place, { values, typed, code, findings: "early", problems: undefined }),
  code: async (c, deps, place, { values, typed }) => {
    const problem = await sendCode(deps, place, values);
    const drawing = { values, typed, findings: "early", sent: !problem } as const;
    return show(c, deps, place, { ...drawing, problems: problem ? [problem] : [] }, problem ? 422 : 200);
  },
  draft: async (c, deps, place, form) => {
    const wrong = await tryCode(deps, place, form);
    const { values, typed, code } = form;
    const problems = wrong ? [{ field: "code", text: wrong }] : [];
    if (wrong) return show(c, deps, place, { values, typed, code, findings: "early", problems }, 422);
    return c.redirect((await headOf(place)).path, 303);
  },
  continue: async (c, deps, place, form) => {
    const problems = await codeProblems(c, deps, place, form);
    const { values, typed, code } = form;
    const findings = await findingsFor(deps, place, values);
    const isFine = problems.length === 0 && !findings.some(({ severity }) => severity === "error");
    if (isFine) return c.redirect((await headOf(place)).next, 303);
    return show(c, deps, place, { values, typed, code, findings: "all", problems }, 422);
  },
};

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

/** What is now said of the fields just changed, and of those that something was said of before, as far as they are shown. */
async function freshMarks(
  deps: Deps,
  place: SectionPlace,
  { values }: SectionForm,
  changed: ReadonlySet<string>,
  shown: readonly string[],
) {
  const all = await findingsFor(deps, place, values);
  const early = earlyFindings(place.section.kind, all, values, changed);
  const here = groupsOf(place.section.kind, values).flatMap(({ fields }) => fields.map(({ key }) => key));
  const keys = here.filter((key) => changed.has(key) || shown.includes(key));
  return keys.map((key) => ({
    key,
    marks: (shown.includes(key) ? all : early)
      .filter(({ field }) => field === key)
      .map((finding) => markOf(finding, values)),
  }));
}

/** Another number wants another code; while it is the same, what is typed beside it is left alone. */
async function changedPhone(
  deps: Deps,
  place: SectionPlace,
  { values }: SectionForm,
  changed: ReadonlySet<string>,
) {
  const phone = await phoneView(deps, place, values, {});
  return phone && changed.has(phone.field) ? phone : undefined;
}
